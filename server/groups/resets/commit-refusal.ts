import { codeProblem } from "../../kafka/kafka-problem.ts";
import { isMoving } from "./at-coordinator.ts";
import type { Move } from "./commit-moves.ts";

const SUBSCRIBED = 86;
/** ILLEGAL_GENERATION, UNKNOWN_MEMBER_ID, REBALANCE_IN_PROGRESS, NON_EMPTY_GROUP, GROUP_SUBSCRIBED_TO_TOPIC, FENCED_MEMBER_EPOCH, STALE_MEMBER_EPOCH: somebody is in the group. */
const MEMBERS: ReadonlySet<number> = new Set([22, 25, 27, 68, SUBSCRIBED, 110, 113]);
const METADATA_TOO_LARGE = 12;
const COMMIT_TOO_LARGE = 28;
const TOPIC_FORBIDDEN = 29;

/** Whether the coordinator refused because the group runs. */
export function saysMembers(errorCode: number): boolean {
  return MEMBERS.has(errorCode);
}

/** Why a coordinator refused one partition of a change, and what to do. */
export function commitRefusal(errorCode: number, { topic, to }: Pick<Move, "topic" | "to">): string {
  if (errorCode === SUBSCRIBED) return `A member of the group is subscribed to ${topic}. Stop it, and try again.`;
  if (saysMembers(errorCode)) return "A member has joined the group meanwhile. Stop it, and try again.";
  if (isMoving(errorCode)) return "The group's coordinator was moving or loading all the while: try again.";
  switch (errorCode) {
    case METADATA_TOO_LARGE:
      return "What is stored beside the offset is longer than the brokers allow now (offset.metadata.max.bytes).";
    case COMMIT_TOO_LARGE:
      return "The commit is larger than the offsets topic takes (max.message.bytes). Move fewer partitions at a time.";
    case TOPIC_FORBIDDEN:
      return `Kafka refuses this user commits of ${topic}: it needs Read on Topic ${topic}. Grant it with kafka-acls.sh.`;
  }
  const needs = `${to === null ? "Delete" : "Read"} on the group`;
  const asking = { what: `a change of offsets of ${topic}`, needs };
  return codeProblem(errorCode, null, asking)?.message ?? "The coordinator did not say what became of it.";
}
