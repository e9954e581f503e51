import type { GroupVerdict } from "#lib/contracts/groups.ts";
import type { Reading } from "../../clusters/shared-read.ts";
import { withDeadline } from "../../kafka/deadline.ts";
import { laterOf } from "../../reader/offset-bounds.ts";
import type { GroupsReading } from "../group-reading.ts";
import { inTurns, type Work } from "../in-turns.ts";
import { judging } from "../verdicts/judge-group.ts";
import { MessageTimesSeen } from "./exact-time-lag.ts";
import { GroupHistories, HISTORY_BUDGET_BYTES } from "./group-histories.ts";
import type { LagTrend } from "./group-history.ts";
import { Looks, type Readers } from "./looks.ts";
import type { SampledHistory } from "./sampled-history.ts";

export const STEP_MS = 10_000;
/** Not while the server is busy starting. */
const FIRST_STEP_AFTER_MS = 3_000;
/** While the cluster doesn't answer: each step waits twice as long, to this. */
const MOST_BETWEEN_STEPS_MS = 60_000;
const READ_DEADLINE_MS = 20_000;
/** A reading that a viewer has just had made will do. */
const RECENT_MS = 2_000;
/** Before it is called stuck, at 3 minutes, it is known whether there is anything to read. */
const LOOK_AFTER_MS = 150_000;
/** The system's clock and the process' own differ by no more from one step to the next, unless one was set or the machine slept. */
const CLOCK_JUMP_MS = 5_000;

type Read = (signal: AbortSignal, maxAgeMs: number) => Promise<Reading<GroupsReading>>;

/**
 * Samples all groups of a cluster every 10 s for an hour, from the server's start on, so that there is a history when somebody
 * comes to look. Nothing of it outlives the process, and nothing waits for it.
 */
export class GroupObserver {
  readonly #read: Read;
  readonly #histories: GroupHistories;
  readonly #looks = new Looks();
  /** When messages were written that groups stand before. */
  readonly messageTimes = new MessageTimesSeen();
  #newest: Reading<GroupsReading> | null = null;
  #judged: ReadonlyMap<string, readonly GroupVerdict[]> = new Map();
  /** Of the samples there are; worked out when first asked for. */
  readonly #trends = new Map<string, LagTrend | null>();
  #clocks: { readonly wallMs: number; readonly processMs: number } | null = null;
  #running: AbortController | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(read: Read, budgetBytes = HISTORY_BUDGET_BYTES) {
    this.#read = read;
    this.#histories = new GroupHistories(budgetBytes);
  }

  /** The newest sample, whole; null before the first. */
  get newest(): Reading<GroupsReading> | null {
    return this.#newest;
  }

  /** The first sample that is still held; null before the first. */
  get sinceMs(): number | null {
    return this.#histories.sinceMs;
  }

  /** Of every group of the newest sample that has any: why it lags. */
  get judged(): ReadonlyMap<string, readonly GroupVerdict[]> {
    return this.#judged;
  }

  /** How many groups of the newest sample there was no room for: they have no history. */
  get unobserved(): number {
    return this.#histories.unobserved;
  }

  /** Null: not sampled yet, or there was no room for it. */
  history(group: string): SampledHistory | null {
    return this.#histories.history(group);
  }

  /**
   * Makes a change of a group's commits, and remembers that it was no consumer that moved them. @throws what `apply` throws
   */
  whileMoving<T>(group: string, apply: () => Promise<T>): Promise<T> {
    return this.#histories.ownMoves.during(group, apply);
  }

  /** Over the hour that is sampled; null until there are two samples. */
  trend(group: string): LagTrend | null {
    const known = this.#trends.get(group);
    if (known !== undefined) return known;
    const history = this.history(group);
    if (history === null) return null;
    const trend = history.trend();
    this.#trends.set(group, trend);
    return trend;
  }

  /** Whether there is nothing but markers and aborted messages left from `committed` to `highWatermark`; null: not looked into. */
  nothingReadable(topic: string, partition: number, committed: bigint, highWatermark: bigint): boolean | null {
    const topicId = this.#histories.topicId(topic);
    const from = laterOf(committed, this.#histories.logStartOffset(topic, partition));
    return this.#looks.nothingReadable({ topic, topicId, partition, committed, from, highWatermark });
  }

  /** Samples until `close()`; its timers keep no process alive. */
  start(readers: Readers): void {
    if (this.#running !== null) return;
    this.#running = new AbortController();
    this.#next(this.#running, readers, FIRST_STEP_AFTER_MS, STEP_MS);
  }

  /** One sample. @throws {ProblemError} what the reading throws; cancelled */
  async sample(signal: AbortSignal, readers: Readers | null = null): Promise<void> {
    try {
      await this.#sample(signal);
    } finally {
      this.#trends.clear();
    }
    if (readers !== null) await this.#lookIntoWaiting(readers, signal);
    if (this.#newest !== null) this.#judged = await inTurns(this.#judging(this.#newest));
  }

  async #sample(signal: AbortSignal): Promise<void> {
    this.#compareClocks();
    try {
      const reading = await withDeadline(signal, READ_DEADLINE_MS, "its groups", (inner) =>
        this.#read(inner, RECENT_MS),
      );
      this.#newest = reading;
      await inTurns(this.#histories.adding(reading.value, reading.observedAtMs));
    } catch (error) {
      await inTurns(this.#histories.adding(null, Date.now()));
      throw error;
    }
  }

  close(): void {
    this.#running?.abort();
    this.#running = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #next(run: AbortController, readers: Readers, inMs: number, stepMs: number): void {
    this.#timer = setTimeout(() => void this.#step(run, readers, stepMs), inMs);
    this.#timer.unref();
  }

  async #step(run: AbortController, readers: Readers, stepMs: number): Promise<void> {
    const startedMs = performance.now();
    // A cluster that doesn't answer is told by every page; here it is a sample without values.
    const answered = await this.sample(run.signal, readers).then(
      () => true,
      () => false,
    );
    if (this.#running !== run) return;
    const step = answered ? STEP_MS : Math.min(MOST_BETWEEN_STEPS_MS, stepMs * 2);
    this.#next(run, readers, Math.max(0, startedMs + step - performance.now()), step);
  }

  #compareClocks(): void {
    const clocks = { wallMs: Date.now(), processMs: performance.now() };
    const before = this.#clocks;
    this.#clocks = clocks;
    if (before === null) return;
    const jump = clocks.wallMs - before.wallMs - (clocks.processMs - before.processMs);
    if (Math.abs(jump) > CLOCK_JUMP_MS) this.#histories.clear();
  }

  async #lookIntoWaiting(readers: Readers, signal: AbortSignal): Promise<void> {
    const waiting = this.#histories.waitingSince(Date.now() - LOOK_AFTER_MS);
    if (waiting.length === 0) return;
    await this.#looks.look(waiting, readers, signal, (one, look) => {
      this.#histories.noteLook(one, look, Date.now());
    });
  }

  *#judging({ value, observedAtMs }: Reading<GroupsReading>): Work<ReadonlyMap<string, readonly GroupVerdict[]>> {
    const judged = new Map<string, readonly GroupVerdict[]>();
    for (const group of value.groups.values()) {
      yield;
      const verdicts = yield* judging({
        reading: group,
        ends: value.ends,
        history: this.history(group.group),
        nothingReadable: (topic, partition) => {
          const committed = group.committed?.get(topic)?.get(partition)?.offset;
          const highWatermark = value.ends.get(topic)?.highWatermarks[partition] ?? null;
          return committed === undefined || highWatermark === null
            ? null
            : this.nothingReadable(topic, partition, committed, highWatermark);
        },
        nowMs: observedAtMs,
      });
      if (verdicts.length > 0) judged.set(group.group, verdicts);
    }
    return judged;
  }
}
