import { PartitionTable } from "#server/reader/partition-table.ts";
import type { ReaderConnections } from "#server/reader/reader-connections.ts";
import type { ReaderEvent, ReadRequest } from "#server/reader/reader-event.ts";
import { RecordReader } from "#server/reader/record-reader.ts";
import { plainRecords } from "./plain-records.ts";

export interface SeenRecord {
  readonly topic: string;
  readonly topicId: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly value: string;
}

/** All of a topic, from its beginning. */
export const everything = (topic: string): ReadRequest => ({
  selection: { topics: [topic], partitions: null },
  start: { kind: "earliest" },
  isolation: "uncommitted",
});

const WAIT_MS = 20_000;
const POLL_MS = 50;

/** Reads everything that a record reader tells, and checks as it comes that each partition goes on where it stopped. */
export class FollowedReader {
  readonly table: PartitionTable;
  readonly reader: RecordReader;
  readonly events: ReaderEvent[] = [];
  readonly seen: SeenRecord[] = [];
  /** What was wrong about the order of things; empty: nothing. */
  readonly faults: string[] = [];
  readonly #next = new Map<number, bigint>();
  readonly #checks = new Set<() => void>();
  readonly #following: Promise<void>;

  private constructor(table: PartitionTable, reader: RecordReader) {
    this.table = table;
    this.reader = reader;
    this.#following = this.#follow();
  }

  static async open(reading: ReaderConnections, request: ReadRequest): Promise<FollowedReader> {
    const table = new PartitionTable();
    const reader = await RecordReader.open(reading, request, table, new AbortController().signal);
    return new FollowedReader(table, reader);
  }

  /** @throws Error naming `what` after 20 s */
  until(what: string, holds: (me: this) => boolean, ms = WAIT_MS): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer);
        clearInterval(looking);
        this.#checks.delete(check);
      };
      const check = () => {
        if (!holds(this)) return;
        stop();
        resolve();
      };
      // Not all that can be waited for is told by an event: how far behind the reader is, for one.
      const looking = setInterval(check, POLL_MS);
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`Waited ${ms / 1_000} s for ${what}; ${this.seen.length} records seen.`));
      }, ms);
      this.#checks.add(check);
      check();
    });
  }

  /** Of one kind, in order. */
  told<Kind extends ReaderEvent["kind"]>(kind: Kind): Extract<ReaderEvent, { kind: Kind }>[] {
    return this.events.filter((event): event is Extract<ReaderEvent, { kind: Kind }> => event.kind === kind);
  }

  get values(): string[] {
    return this.seen.map(({ value }) => value);
  }

  async close(): Promise<void> {
    await this.reader.close();
    await this.#following;
  }

  async #follow(): Promise<void> {
    for await (const event of this.reader) {
      this.#check(event);
      if (event.kind !== "chunk") this.events.push(event);
      for (const check of [...this.#checks]) check();
    }
  }

  #check(event: ReaderEvent): void {
    if (event.kind === "partitions") for (const { place, from } of event.added) this.#next.set(place, from);
    if (event.kind === "gap") {
      if (event.from >= event.to) this.faults.push(`a gap of ${event.from} to ${event.to}`);
      this.#next.set(event.place, event.to);
    }
    if (event.kind === "gone") for (const place of event.places) this.#next.delete(place);
    if (event.kind !== "chunk") return;
    for (const fetched of event.chunk.partitions) {
      const { place, from, next } = fetched;
      const { topic, topicId, partition } = this.table.at(place);
      if (this.#next.get(place) !== from) {
        this.faults.push(`${topic}-${partition} went on at ${from} and not at ${this.#next.get(place)}`);
      }
      this.#next.set(place, next);
      for (const { offset, value } of plainRecords(event.chunk, fetched)) {
        this.seen.push({ topic, topicId, partition, offset, value });
      }
    }
  }
}
