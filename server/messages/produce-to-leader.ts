import { setTimeout as sleep } from "node:timers/promises";
import { ProblemError } from "#lib/problem.ts";
import type { ClusterContext } from "../context.ts";
import { abortProblem } from "../kafka/deadline.ts";
import { type Produced, produce } from "../kafka/produce.ts";
import type { MetadataTopic } from "../kafka/read-metadata.ts";
import { findTopic } from "../topics/find-topic.ts";
import { refusedMessage } from "./refused-message.ts";

/** A leader that has just moved: the broker that was asked stored nothing, so the next one can be asked. */
const NOT_THE_LEADER = new Set([3, 5, 6]);
const MOST_TRIES = 4;
const BETWEEN_TRIES_MS = 250;

/**
 * Asks the leader that metadata names to store a batch (acks=all), and a few times anew while the leader moves. Never twice
 * when it may be stored.
 * @throws {ProblemError} message-refused, topic-not-found, kafka-forbidden, broker-unreachable and deadline-exceeded (both:
 *   it may be stored all the same), cancelled
 */
export async function produceToLeader(
  ctx: Pick<ClusterContext, "kafka" | "signal">,
  topic: MetadataTopic,
  partition: number,
  records: Uint8Array,
): Promise<Produced> {
  const batch = { topic: topic.name, partition, records };
  let known = topic;
  for (let left = MOST_TRIES; ; left--) {
    const leader = known.partitions[partition]?.leader ?? null;
    if (leader !== null) {
      const answer = await produce(ctx.kafka, leader, batch, ctx.signal).catch((error: unknown) => {
        throw unanswered(error, topic.name, partition);
      });
      if (answer?.errorCode === 0) return answer;
      const refusal = answer ?? { errorCode: -1, errorMessage: null };
      if (left <= 1 || !NOT_THE_LEADER.has(refusal.errorCode)) throw refusedMessage(topic.name, partition, refusal);
    } else if (left <= 1) {
      throw new ProblemError(
        "broker-unreachable",
        `${topic.name}-${partition} has no leader: nothing was sent. Start a broker that holds one of its replicas, or choose another partition.`,
      );
    }
    await sleep(BETWEEN_TRIES_MS, undefined, { signal: ctx.signal }).catch(() => {
      throw abortProblem(ctx.signal);
    });
    known = await findTopic(ctx, topic.name);
  }
}

/** What the leader did with a message whose answer never came is unknown. */
function unanswered(error: unknown, topic: string, partition: number): unknown {
  if (!(error instanceof ProblemError)) return error;
  if (error.code !== "broker-unreachable" && error.code !== "deadline-exceeded") return error;
  return new ProblemError(
    error.code,
    `${error.message} The message may be stored all the same: look at the newest messages of ${topic}-${partition} before sending it again.`,
    { cause: error },
  );
}
