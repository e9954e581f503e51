import { createParser } from "eventsource-parser";
import type { MessageRow, TailRow } from "#lib/contracts/message-row.ts";
import { type TailFrame, type TailFrameName, type TailFrames, tailFrames } from "#lib/contracts/tail.ts";
import { TailPositions } from "#lib/tail/tail-positions.ts";

const WAIT_MS = 20_000;

export interface TailedMessage {
  readonly topic: string;
  readonly topicId: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly value: unknown;
}

/** A stream of a tail, read as a browser does: every frame held against its contract, every position merged. */
export class OpenedTail {
  readonly response: Response;
  readonly frames: TailFrame[] = [];
  readonly messages: TailedMessage[] = [];
  readonly positions = new TailPositions();
  /** Ids of events, as they came. */
  readonly ids: string[] = [];
  bytes = 0;
  ended = false;
  /** What was wrong about the order of things; empty: nothing. */
  readonly faults: string[] = [];
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #checks = new Set<() => void>();
  readonly #newest = new Map<string, bigint>();
  #table: TailFrames["ready"] = { topics: [], partitions: [], order: "exact" };
  #reading: Promise<void> = Promise.resolve();

  constructor(response: Response) {
    if (response.body === null) throw new Error("a stream has a body");
    this.response = response;
    this.#reader = response.body.getReader();
    this.positions.beginStream();
  }

  /** Reads from now on, until the end. */
  read(): void {
    this.#reading = this.#read();
  }

  told<Name extends TailFrameName>(name: Name): TailFrames[Name][] {
    return this.frames.flatMap((frame) => (frame.name === name ? [frame.data as TailFrames[Name]] : []));
  }

  get stats(): TailFrames["stats"] | undefined {
    return this.told("stats").at(-1);
  }

  get rows(): TailRow[] {
    return this.told("messages").flatMap(({ rows }) => rows);
  }

  get values(): unknown[] {
    return this.messages.map(({ value }) => value);
  }

  /** @throws Error naming `what` when it doesn't come about in time */
  until(what: string, holds: (me: this) => boolean, ms = WAIT_MS): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = () => {
        if (!holds(this)) return;
        clearTimeout(timer);
        this.#checks.delete(check);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#checks.delete(check);
        const last = JSON.stringify(this.stats);
        reject(new Error(`Waited ${ms / 1_000} s for ${what}; ${this.messages.length} messages, then ${last}`));
      }, ms);
      this.#checks.add(check);
      check();
    });
  }

  /** All that were lost, by the stream's own account. */
  get lost(): number {
    return Object.values(this.stats?.lost ?? {}).reduce((sum, one) => sum + one, 0);
  }

  /** What is wrong about the account; empty: nothing. */
  get imbalances(): string[] {
    const { stats } = this;
    if (stats === undefined) return ["no stats"];
    const wrong = [...this.faults];
    if (stats.matched !== stats.sent + this.lost) wrong.push("matched isn't sent and lost");
    if (stats.in < stats.matched) wrong.push("more matched than came in");
    if (stats.sent !== this.messages.length) wrong.push(`${stats.sent} sent, ${this.messages.length} received`);
    return wrong;
  }

  async close(): Promise<void> {
    await this.#reader.cancel().catch(() => {});
    await this.#reading;
  }

  async #read(): Promise<void> {
    const parser = createParser({
      onEvent: ({ event, data, id }) => {
        if (id) this.ids.push(id);
        this.#take(event ?? "", JSON.parse(data));
      },
    });
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = await this.#reader.read().catch(() => ({ done: true, value: undefined }));
      if (value) this.bytes += value.byteLength;
      if (value) parser.feed(decoder.decode(value, { stream: true }));
      if (done) this.ended = true;
      for (const check of [...this.#checks]) check();
      if (done) return;
    }
  }

  #take(name: string, data: unknown): void {
    const parsed = tailFrames[name as TailFrameName]?.safeParse(data);
    if (!parsed?.success) throw new Error(`${name} isn't what its contract says: ${parsed?.error.message}`);
    const frame = { name, data: parsed.data } as TailFrame;
    this.frames.push(frame);
    if (frame.name === "ready") {
      this.#table = frame.data;
      this.positions.adopt(frame.data);
    }
    if (frame.name === "messages") {
      for (const row of frame.data.rows) if (Array.isArray(row)) this.#message(row as MessageRow);
      this.positions.advance(frame.data.next);
    }
    if (frame.name === "gap") this.positions.advance(frame.data.next);
  }

  #message([place, offset, , , value]: MessageRow): void {
    const [topicPlace = -1, partition = -1] = this.#table.partitions[place] ?? [];
    const { name: topic = "?", topicId = "?" } = this.#table.topics[topicPlace] ?? {};
    const key = `${topicId}/${partition}`;
    const newest = this.#newest.get(key);
    if (newest !== undefined && BigInt(offset) <= newest) {
      this.faults.push(`${topic}-${partition}: ${offset} came after ${newest}`);
    }
    this.#newest.set(key, BigInt(offset));
    this.messages.push({ topic, topicId, partition, offset: BigInt(offset), value });
  }
}
