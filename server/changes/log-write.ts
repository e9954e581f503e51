import { setTimeout as sleep } from "node:timers/promises";
import { ProblemError } from "#lib/problem.ts";
import type { ClusterContext } from "../context.ts";
import { withDeadline } from "../kafka/deadline.ts";
import { batchOfOne } from "../kafka/record-to-send.ts";
import { produceToLeader } from "../messages/produce-to-leader.ts";
import { findTopic } from "../topics/find-topic.ts";
import { LOG_PARTITION } from "./read-log.ts";

const BETWEEN_TRIES_MS = 200;
/** A leader that moves, or a broker that went away with the question: asked again. A record that stands there twice is read once. */
const passing = new Set(["broker-unreachable", "cluster-unreachable", "deadline-exceeded"]);

/** Whether it may be stored yet when it is tried again. */
export function isPassing({ code }: ProblemError): boolean {
  return passing.has(code);
}

export interface KeyedRecord {
  readonly key: string;
  readonly json: string;
}

/** Records of the log that are to be stored, in order, each by all replicas in sync. Goes on where it stopped. */
export class LogWrite {
  readonly #ctx: Pick<ClusterContext, "cluster" | "kafka">;
  #left: readonly KeyedRecord[];
  #touched = false;
  #lastProblem: ProblemError | null = null;

  constructor(ctx: Pick<ClusterContext, "cluster" | "kafka">, records: readonly KeyedRecord[]) {
    this.#ctx = ctx;
    this.#left = records;
  }

  get isStored(): boolean {
    return this.#left.length === 0;
  }

  /** Some of it may stand in the log. */
  get mayBeStored(): boolean {
    return this.#touched;
  }

  /**
   * Stores what isn't stored yet; tries again while leaders move, at most `ms`.
   * @throws {ProblemError} topic-not-found (there is no log), message-refused, kafka-forbidden, deadline-exceeded (with the
   *   last reason), broker-unreachable, cluster-unreachable, shutting-down, cancelled
   */
  async run(ms: number, signal: AbortSignal): Promise<void> {
    const topic = this.#ctx.cluster.changesTopic;
    this.#lastProblem = null;
    try {
      await withDeadline(signal, ms, `the record of a change in ${topic}`, (inner) => this.#storeAll(topic, inner));
    } catch (error) {
      // Why it wasn't stored is worth more than how long that was tried.
      const late = error instanceof ProblemError && error.code === "deadline-exceeded";
      throw late && this.#lastProblem !== null ? this.#lastProblem : error;
    }
  }

  async #storeAll(name: string, signal: AbortSignal): Promise<void> {
    const ctx = { kafka: this.#ctx.kafka, signal };
    for (;;) {
      try {
        const topic = await findTopic(ctx, name);
        for (let [next] = this.#left; next !== undefined; [next] = this.#left) {
          this.#touched = true;
          await produceToLeader(ctx, topic, LOG_PARTITION, batchOf(next));
          if (signal.aborted) return;
          this.#left = this.#left.slice(1);
        }
        return;
      } catch (error) {
        if (signal.aborted || !(error instanceof ProblemError) || !isPassing(error)) throw error;
        this.#lastProblem = error;
        await sleep(BETWEEN_TRIES_MS, undefined, { signal });
      }
    }
  }
}

function batchOf({ key, json }: KeyedRecord): Uint8Array {
  return batchOfOne({ key: Buffer.from(key), value: Buffer.from(json), headers: [], timestampMs: Date.now() });
}
