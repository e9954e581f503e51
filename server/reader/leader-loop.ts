import { setTimeout as delay } from "node:timers/promises";
import { ProblemError } from "#lib/problem.ts";
import { abortProblem } from "../kafka/deadline.ts";
import { errorName } from "../kafka/error-name.ts";
import type { ExclusiveConnection } from "../kafka/exclusive-connection.ts";
import { type FetchAnswer, fetchRequest } from "../kafka/fetch.ts";
import { type Admission, type EventQueue, QUEUE_BYTES, TURN_BYTES } from "./event-queue.ts";
import { FetchSession } from "./fetch-session.ts";
import type { PartitionPosition, Trouble } from "./partition-position.ts";
import type { ReaderConnections } from "./reader-connections.ts";
import { takeAnswer } from "./take-answer.ts";

/** How long a broker may wait for a record before it answers that there is none. */
const MAX_WAIT_MS = 500;
/** The same, while the leaders of a reader are asked one after another. */
const TURN_WAIT_MS = 100;
/** Of one answer; less when many leaders share the queue, or readers the memory. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
/**
 * While records keep coming, an answer is asked for at most this often: each costs broker and reader the same, however
 * little is in it. Nobody sees the difference: a screen shows a frame every 16 ms.
 */
const MIN_INTERVAL_MS = 2;
const FIRST_RETRY_MS = 50;
const MAX_RETRY_MS = 1_000;
/** A broker that leaves a poll unanswered for so long hangs: what it leads can't be read just now. */
const HANGING_MS = MAX_WAIT_MS + 2_500;
/** A broker that asks to be asked less (a quota) is believed up to here. */
const MAX_THROTTLE_MS = 10_000;

/** Codes of the whole answer (KIP-227): the session is unknown, out of step, or mixes ids. */
const NO_SUCH_SESSION = 70;
const sessionErrors: ReadonlySet<number> = new Set([NO_SUCH_SESSION, 71, 106]);

export interface LeaderLoopOptions {
  readonly reading: ReaderConnections;
  readonly brokerId: number;
  readonly isolation: "uncommitted" | "committed";
  readonly queue: EventQueue;
  /** How many loops share the queue now. */
  readonly loops: () => number;
  /** The leader doesn't answer for it: it is not in this loop any more. */
  readonly onRefused: (position: PartitionPosition, errorCode: number) => void;
  /** Its bytes are no record batches: it is not in this loop any more. */
  readonly onDamaged: (position: PartitionPosition) => void;
  /** The broker itself failed: its partitions may have other leaders. */
  readonly onFailed: () => void;
}

/** Reads from one broker the partitions it leads, by one long poll after another, as long as it has any. */
export class LeaderLoop {
  readonly #options: LeaderLoopOptions;
  readonly #session = new FetchSession();
  /** Of the loop while it runs. */
  #running: AbortController | null = null;
  #ended: Promise<void> = Promise.resolve();
  #failures = 0;
  #failure: Trouble | null = null;
  #askedAtMs: number | null = null;
  /** Whether the last answer brought records, so that the next one may be full of them. */
  #expectsRecords = true;

  constructor(options: LeaderLoopOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#session.size;
  }

  /** What keeps all its partitions from being read; null when nothing does. */
  get trouble(): Pick<Trouble, "why" | "sinceMs"> | null {
    if (this.#failure !== null) return this.#failure;
    if (this.#askedAtMs === null || performance.now() - this.#askedAtMs < HANGING_MS) return null;
    const { reading, brokerId } = this.#options;
    const why = new ProblemError(
      "deadline-exceeded",
      `${reading.kafka.nameOf(brokerId)} has not answered for ${HANGING_MS / 1_000} s. It may hang, or the network between is broken; what it leads is read when it answers, or has another leader.`,
    );
    return { why, sinceMs: this.#askedAtMs };
  }

  /** Seen by the next poll: at most half a second later when one is under way. */
  add(position: PartitionPosition): void {
    this.#session.add(position);
    this.#expectsRecords = true;
    if (this.#running === null) this.#ended = this.#run();
  }

  remove(position: PartitionPosition): void {
    this.#session.remove(position);
    if (this.#session.size === 0) void this.stop();
  }

  /** Gives up what is under way, with its socket; resolves when that is gone, without waiting for anybody else. */
  stop(): Promise<void> {
    this.#running?.abort();
    this.#running = null;
    const { reading, brokerId } = this.#options;
    if (this.#session.id !== 0) reading.endSession(brokerId, this.#session.id);
    this.#session.restart({ lost: true });
    this.#failure = null;
    this.#askedAtMs = null;
    this.#failures = 0;
    return this.#ended;
  }

  async #run(): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    const { reading, queue } = this.#options;
    const { signal } = running;
    let connection: ExclusiveConnection | null = null;
    const giveBack = () => {
      if (connection !== null) reading.release(connection);
      connection = null;
    };
    while (!signal.aborted) {
      // A reader that is not read for long should not sit on a connection.
      if (!queue.hasRoom) giveBack();
      const admission = await queue.enter({ maxBytes: this.#share(), reserve: this.#expectsRecords }, signal);
      if (admission === null) break;
      let restMs = 0;
      try {
        connection ??= await reading.lease(this.#options.brokerId, signal);
        restMs = await this.#poll(connection, admission, signal);
      } catch (error) {
        giveBack();
        if (!signal.aborted) restMs = this.#failed(error);
      } finally {
        queue.leave(admission);
      }
      await pause(restMs, signal);
    }
    giveBack();
  }

  /** Of the queue, among the leaders that fill it. */
  #share(): number {
    const share = Math.floor(QUEUE_BYTES / Math.max(1, this.#options.loops()));
    return Math.max(TURN_BYTES, Math.min(MAX_ANSWER_BYTES, share));
  }

  /** @returns how long to rest before the next */
  async #poll(connection: ExclusiveConnection, { maxBytes, isTurn }: Admission, signal: AbortSignal): Promise<number> {
    const { isolation } = this.#options;
    const askedAtMs = performance.now();
    this.#askedAtMs = askedAtMs;
    const input = {
      maxWaitMs: isTurn ? TURN_WAIT_MS : MAX_WAIT_MS,
      maxBytes,
      committed: isolation === "committed",
      ...this.#session.request(),
    };
    const answer = await connection.ask(fetchRequest, input, "records", signal);
    if (signal.aborted) throw abortProblem(signal);
    this.#askedAtMs = null;
    if (sessionErrors.has(answer.errorCode)) {
      this.#session.restart({ lost: answer.errorCode === NO_SUCH_SESSION });
      return 0;
    }
    if (answer.errorCode !== 0) {
      throw new ProblemError("kafka-refused", `Kafka refused to send records: ${errorName(answer.errorCode)}.`);
    }
    this.#failures = 0;
    this.#failure = null;
    this.#session.accepted(answer.sessionId);
    this.#expectsRecords = this.#take(answer);
    const restMs = this.#expectsRecords ? MIN_INTERVAL_MS - (performance.now() - askedAtMs) : 0;
    return Math.max(restMs, Math.min(answer.throttleMs, MAX_THROTTLE_MS));
  }

  /** @returns whether there were any records */
  #take(answer: FetchAnswer): boolean {
    const { queue, isolation, onRefused, onDamaged } = this.#options;
    const taken = takeAnswer(answer, this.#session, isolation);
    for (const { position, errorCode } of taken.refused) {
      this.#session.remove(position);
      onRefused(position, errorCode);
    }
    for (const position of taken.damaged) {
      this.#session.remove(position);
      onDamaged(position);
    }
    if (taken.chunk !== null) queue.push({ kind: "chunk", chunk: taken.chunk });
    if (this.#session.size === 0) void this.stop();
    return taken.chunk !== null;
  }

  /** @returns how long to wait before the next */
  #failed(error: unknown): number {
    this.#askedAtMs = null;
    this.#session.restart();
    const why =
      error instanceof ProblemError
        ? error
        : new ProblemError("internal", "Reading failed by a mistake of Tailrace's own.", { cause: error });
    const now = performance.now();
    const waitMs = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures++);
    this.#failure = { why, sinceMs: this.#failure?.sinceMs ?? now, untilMs: now + waitMs };
    this.#options.onFailed();
    return waitMs;
  }
}

/** Resolves also when `signal` aborts: whoever waits looks at it next. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0) return;
  await delay(ms, undefined, { signal }).catch(() => {});
}
