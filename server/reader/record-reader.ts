import { setTimeout as delay } from "node:timers/promises";
import type { ProblemError } from "#lib/problem.ts";
import type { Metadata } from "../kafka/read-metadata.ts";
import { EventQueue } from "./event-queue.ts";
import { HandedOut } from "./handed-out.ts";
import { LeaderLoop } from "./leader-loop.ts";
import { readTopics } from "./open-selection.ts";
import type { PartitionPosition } from "./partition-position.ts";
import type { PartitionTable } from "./partition-table.ts";
import { PartitionTracker } from "./partition-tracker.ts";
import type { ReaderConnections } from "./reader-connections.ts";
import type { ReaderEvent, ReadRequest } from "./reader-event.ts";
import { damaged, noLeader, OFFSET_OUT_OF_RANGE, since, tellsOfChange, troubleOf, unanswered } from "./refusal.ts";
import { type ResolvedStart, resolveStarts } from "./resolve-start.ts";
import type { TopicSelector } from "./select-topics.ts";
import type { TopicWatch } from "./topic-watch.ts";
import { worstTrouble } from "./waiting.ts";

/** A broker that hangs doesn't hold up what the others lead: its partitions come when it answers. */
const FIRST_STARTS_MS = 1_000;
const RETRY_MS = 500;
const NO_SUCH_TOPIC = 3;

/**
 * Reads records of topics without a group, from each leader over a connection of its own, and goes on through whatever
 * happens to leaders, brokers and topics: no gap that isn't told, nothing twice.
 *
 * Events come in order. Whoever takes them slowly holds the fetching up; nothing is dropped.
 */
export class RecordReader implements AsyncIterable<ReaderEvent> {
  readonly #reading: ReaderConnections;
  readonly #request: ReadRequest;
  readonly #table: PartitionTable;
  readonly #selector: TopicSelector;
  readonly #tracker: PartitionTracker;
  readonly #queue: EventQueue;
  readonly #loops = new Map<number, LeaderLoop>();
  readonly #owners = new Map<PartitionPosition, LeaderLoop>();
  readonly #resolving = new Set<PartitionPosition>();
  /** Places that a `partitions` event told of. */
  readonly #announced = new Set<number>();
  readonly #handed = new HandedOut();
  readonly #ending = new AbortController();
  readonly #openedAtMs = Date.now();
  readonly #watch: TopicWatch;
  #unsubscribe: () => void = () => {};
  #retry: { readonly timer: NodeJS.Timeout; readonly atMs: number } | null = null;
  #waiting: { partitions: number; why: ProblemError } | null = null;
  /** Until then events are collected: the first tells of all partitions that could be found at once. */
  #isOpen = false;
  #resolved: [PartitionPosition, ResolvedStart][] = [];

  private constructor(
    reading: ReaderConnections,
    request: ReadRequest,
    table: PartitionTable,
    selector: TopicSelector,
  ) {
    this.#reading = reading;
    this.#queue = new EventQueue(reading.readAhead);
    this.#request = request;
    this.#table = table;
    this.#selector = selector;
    this.#tracker = new PartitionTracker(request);
    this.#watch = reading.watch(selector.names);
  }

  /**
   * Resolves topics and start positions. A pattern that matches nothing yet is fine: it waits for topics.
   * @param signal of the opening alone; afterwards `close` ends it
   * @throws {ProblemError} topic-not-found, partition-not-found, kafka-forbidden, invalid-request (the pattern),
   *   cluster-unreachable, deadline-exceeded, cancelled
   */
  static async open(
    reading: ReaderConnections,
    request: ReadRequest,
    table: PartitionTable,
    signal: AbortSignal,
  ): Promise<RecordReader> {
    const { selector, metadata } = await readTopics(reading, request.selection, signal);
    const reader = new RecordReader(reading, request, table, selector);
    try {
      await reader.#begin(metadata, signal);
      return reader;
    } catch (error) {
      await reader.close();
      throw error;
    }
  }

  /**
   * The next event; waits for it. Done after `close`.
   * @throws {ProblemError} invalid-request (the pattern takes too long to match), internal: it is closed then
   */
  async next(): Promise<IteratorResult<ReaderEvent, undefined>> {
    const event = await this.#queue.take();
    if (event === null) return { done: true, value: undefined };
    this.#handed.take(event);
    return { done: false, value: event };
  }

  async return(): Promise<IteratorResult<ReaderEvent, undefined>> {
    await this.close();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): AsyncIterator<ReaderEvent, undefined> {
    return this;
  }

  /** By place, the offset after the last one that `next` has handed out. */
  positions(): ReadonlyMap<number, bigint> {
    return this.#handed.positions;
  }

  /**
   * How many offsets lie between what was handed out and the high watermarks (with `committed`, the last stable offsets).
   * Null while one of them is unknown, or can't be read just now.
   */
  behind(): bigint | null {
    return this.#handed.behind(this.#tracker.positions());
  }

  /** The same of the partitions that can be read. */
  readableBehind(): bigint | null {
    return this.#handed.readableBehind(
      this.#tracker.positions(),
      (position) => this.#owners.get(position)?.trouble ?? null,
    );
  }

  /** Whether it is not known yet of some partition where it begins. */
  get hasUnresolved(): boolean {
    return [...this.#tracker.positions()].some(({ start }) => start !== null);
  }

  /** By id, what is read, with the number of partitions each had when the reading began (of a cursor: its own reading). */
  topics(): ReadonlyMap<string, { readonly name: string; readonly partitions: number }> {
    return this.#tracker.topics();
  }

  /** Bytes of records that wait for `next`. */
  get heldBytes(): number {
    return this.#queue.bytes;
  }

  /** At once: no socket, no timer is left. */
  async close(): Promise<void> {
    this.#ending.abort();
    this.#unsubscribe();
    if (this.#retry !== null) clearTimeout(this.#retry.timer);
    this.#queue.end();
    const loops = [...this.#loops.values()];
    this.#loops.clear();
    this.#owners.clear();
    await Promise.all(loops.map((loop) => loop.stop()));
  }

  async #begin(metadata: Metadata, signal: AbortSignal): Promise<void> {
    this.#unsubscribe = this.#watch.subscribe({
      onMetadata: (newer) => this.#observe(newer),
      onFailure: (problem) => {
        this.#queue.end(problem);
        void this.close();
      },
      onProblem: () => this.#review(),
    });
    this.#observe(metadata);
    await this.#firstStarts(AbortSignal.any([signal, this.#ending.signal]));
    signal.throwIfAborted();
    this.#isOpen = true;
    const resolved = this.#resolved;
    this.#resolved = [];
    this.#announce(resolved, { first: true });
    this.#assign();
  }

  async #firstStarts(signal: AbortSignal): Promise<void> {
    const enough = new AbortController();
    const asked = this.#resolveStarts();
    await Promise.race([
      asked,
      delay(FIRST_STARTS_MS, undefined, { signal: AbortSignal.any([signal, enough.signal]) }).catch(() => {}),
    ]);
    enough.abort();
  }

  #observe(metadata: Metadata): void {
    const unsure = metadata.topics.filter(({ errorCode }) => errorCode !== 0 && errorCode !== NO_SUCH_TOPIC);
    const { gone } = this.#tracker.observe(this.#selector.select(metadata), new Set(unsure.map(({ name }) => name)));
    for (const { reason, topic, positions } of gone) {
      const places = positions.flatMap(({ place }) => place ?? []);
      for (const position of positions) this.#disown(position);
      for (const place of places) this.#announced.delete(place);
      this.#queue.push({ kind: "gone", reason, topic, places });
    }
    if (this.#tracker.isDoubtful) this.#watch.lookSoon();
    if (this.#isOpen) this.#goOn();
  }

  /** Does whatever can be done for positions that are not being read. */
  #goOn(): void {
    void this.#resolveStarts();
    this.#assign();
    this.#review();
  }

  /** Asks the leaders of all positions without an offset; each leader by itself, since one may hang. Never rejects. */
  async #resolveStarts(): Promise<void> {
    const now = performance.now();
    const byLeader = new Map<number, PartitionPosition[]>();
    for (const position of this.#tracker.positions()) {
      const { start, leader, trouble } = position;
      if (start === null || this.#resolving.has(position) || (trouble !== null && trouble.untilMs > now)) continue;
      if (leader === null) {
        position.trouble = since(trouble, noLeader(position), RETRY_MS);
        this.#rememberNow(position);
        continue;
      }
      const mine = byLeader.get(leader);
      if (mine === undefined) byLeader.set(leader, [position]);
      else mine.push(position);
      this.#resolving.add(position);
    }
    await Promise.all([...byLeader].map(([leader, positions]) => this.#resolveOf(leader, positions)));
  }

  async #resolveOf(leader: number, positions: readonly PartitionPosition[]): Promise<void> {
    const { signal } = this.#ending;
    const options = { committed: this.#request.isolation === "committed", nowMs: this.#openedAtMs };
    try {
      const starts = await resolveStarts(this.#reading.kafka, leader, positions, options, signal);
      const found: [PartitionPosition, ResolvedStart][] = [];
      for (const position of positions) {
        const start = starts.get(position);
        if (start !== undefined && this.#tracker.tracks(position)) found.push([position, start]);
        else this.#isUnanswered(position);
      }
      if (signal.aborted) return;
      if (this.#isOpen) this.#announce(found);
      else this.#resolved.push(...found);
    } catch {
      if (signal.aborted) return;
      for (const position of positions) this.#isUnanswered(position);
    } finally {
      for (const position of positions) this.#resolving.delete(position);
      if (this.#isOpen && !signal.aborted) this.#assign();
    }
  }

  #isUnanswered(position: PartitionPosition): void {
    const { leader } = position;
    const name = leader === null ? "No leader" : this.#reading.kafka.nameOf(leader);
    position.trouble = since(position.trouble, unanswered(position, name), RETRY_MS);
    this.#rememberNow(position);
    this.#watch.lookSoon();
  }

  /** Where now was is known by the clock alone, once a leader answers later. */
  #rememberNow(position: PartitionPosition): void {
    if (position.start?.kind === "now") position.start = { kind: "at", timestampMs: this.#openedAtMs };
  }

  /** Tells of positions whose offset is known now: new ones as such, the others only when retention took something, or
   * the log was cut off. */
  #announce(resolved: readonly (readonly [PartitionPosition, ResolvedStart])[], { first = false } = {}): void {
    const added: { place: number; from: bigint }[] = [];
    const gaps: ReaderEvent[] = [];
    for (const [position, { from, wanted, end }] of resolved) {
      const { topic, topicId, partition } = position;
      position.place ??= this.#table.placeOf({ topic, topicId, partition });
      position.start = null;
      position.trouble = null;
      position.next = from;
      position.end = end;
      const wasRead = this.#announced.has(position.place) || this.#isInCursor(position);
      if (!this.#announced.has(position.place)) added.push({ place: position.place, from });
      this.#announced.add(position.place);
      if (wanted === null) continue;
      // Beyond the end is where somebody may ask to begin; only what was read already must have been there once.
      if (wanted > from && !wasRead) continue;
      const reason = wanted < from ? "retention" : "truncated";
      gaps.push({ kind: "gap", reason, place: position.place, from: wanted, to: from });
    }
    if (added.length > 0 || first) this.#queue.push({ kind: "partitions", added });
    for (const gap of gaps) this.#queue.push(gap);
  }

  #isInCursor({ topicId, partition }: PartitionPosition): boolean {
    const { start } = this.#request;
    if (start.kind !== "cursor") return false;
    return start.cursor.topics.some((topic) => topic.topicId === topicId && topic.next.has(partition));
  }

  /** Gives each position that can be read to the loop of its leader, and takes it from any other. */
  #assign(): void {
    if (this.#ending.signal.aborted) return;
    const now = performance.now();
    let soonestMs = Number.POSITIVE_INFINITY;
    for (const position of this.#tracker.positions()) {
      const { leader, start, trouble } = position;
      const owner = this.#owners.get(position);
      if (owner !== undefined && (leader === null || owner !== this.#loops.get(leader))) this.#disown(position);
      if (trouble !== null && trouble.untilMs > now) soonestMs = Math.min(soonestMs, trouble.untilMs);
      else if (start !== null) {
        if (!this.#resolving.has(position)) soonestMs = now;
      } else if (leader === null) {
        position.trouble = since(trouble, noLeader(position), RETRY_MS);
      } else if (!this.#owners.has(position)) this.#own(position, leader);
    }
    for (const [id, loop] of this.#loops) if (loop.size === 0) this.#loops.delete(id);
    this.#retryAt(soonestMs);
  }

  #own(position: PartitionPosition, leader: number): void {
    let loop = this.#loops.get(leader);
    if (loop === undefined) {
      loop = this.#loopOf(leader);
      this.#loops.set(leader, loop);
    }
    this.#owners.set(position, loop);
    loop.add(position);
  }

  #disown(position: PartitionPosition): void {
    this.#owners.get(position)?.remove(position);
    this.#owners.delete(position);
  }

  #loopOf(brokerId: number): LeaderLoop {
    return new LeaderLoop({
      reading: this.#reading,
      brokerId,
      isolation: this.#request.isolation,
      queue: this.#queue,
      loops: () => this.#loops.size,
      onRefused: (position, errorCode) => this.#refused(position, errorCode),
      onDamaged: (position) => {
        this.#owners.delete(position);
        position.trouble = since(position.trouble, damaged(position), RETRY_MS);
        this.#retryAt(position.trouble.untilMs);
      },
      onFailed: () => {
        this.#watch.lookSoon();
        this.#review();
      },
    });
  }

  #refused(position: PartitionPosition, errorCode: number): void {
    this.#owners.delete(position);
    if (errorCode === OFFSET_OUT_OF_RANGE) {
      position.start = { kind: "offset", offset: String(position.next) };
    }
    position.trouble = troubleOf(position, errorCode);
    if (tellsOfChange(errorCode)) this.#watch.lookSoon();
    this.#retryAt(position.trouble.untilMs);
  }

  /** Looks at all positions again then, or earlier. */
  #retryAt(atMs: number): void {
    if (atMs === Number.POSITIVE_INFINITY || this.#ending.signal.aborted) return;
    if (this.#retry !== null) {
      if (this.#retry.atMs <= atMs) return;
      clearTimeout(this.#retry.timer);
    }
    const goOn = () => {
      this.#retry = null;
      this.#goOn();
    };
    this.#retry = { atMs, timer: setTimeout(goOn, Math.max(1, Math.ceil(atMs - performance.now()))) };
  }

  /** Says what can't be read, when that has changed. */
  #review(): void {
    if (!this.#isOpen || this.#ending.signal.aborted) return;
    const now = worstTrouble(this.#tracker.positions(), (position) => this.#owners.get(position)?.trouble ?? null);
    const before = this.#waiting;
    if (now?.partitions === before?.partitions && now?.why.message === before?.why.message) return;
    this.#waiting = now;
    this.#queue.push({ kind: "waiting", waiting: now });
  }
}
