import { ProblemError } from "#lib/problem.ts";
import { codeProblem } from "../kafka/kafka-problem.ts";
import type { PartitionPosition, Trouble } from "./partition-position.ts";

/** Kafka's codes as a leader answers them for a partition: https://kafka.apache.org/protocol#protocol_error_codes */
export const OFFSET_OUT_OF_RANGE = 1;
const TOPIC_FORBIDDEN = 29;
/** Leaders move, and brokers learn of it one after another: asked again soon, after a look at who leads now. */
const passing: ReadonlySet<number> = new Set([
  3, // no such topic or partition: it is new to this broker, or going
  5, // no leader
  6, // not the leader
  9, // no replica
  74, // the epoch is too old
  75, // the epoch is too new
  78, // the offsets are not known yet
  100, // no such topic id
  103, // the id is of another topic
]);

const SOON_MS = 100;
const LATER_MS = 1_000;

/** True when who leads, or what topics there are, has changed. */
export function tellsOfChange(errorCode: number): boolean {
  return passing.has(errorCode);
}

/** What a refusal means for a partition, and when it is worth asking again. */
export function troubleOf(position: PartitionPosition, errorCode: number): Trouble {
  const { topic, partition, trouble } = position;
  const asking = { what: `the records of ${topic}-${partition}`, needs: `Read on the topic ${topic}` };
  const why = codeProblem(errorCode, null, asking) ?? noLeader(position);
  return since(trouble, why, passing.has(errorCode) ? SOON_MS : LATER_MS);
}

/** For a user who may see the topic, but not read it. */
export function readForbidden(topic: string): ProblemError {
  const asking = { what: `the records of ${topic}`, needs: `Read on the topic ${topic}` };
  return codeProblem(TOPIC_FORBIDDEN, null, asking) ?? new ProblemError("kafka-forbidden", asking.needs);
}

export function noLeader({ topic, partition }: PartitionPosition): ProblemError {
  return new ProblemError(
    "broker-unreachable",
    `${topic}-${partition} has no leader: the brokers that hold it are down. It is read when one of them is back.`,
  );
}

export function unanswered({ topic, partition }: PartitionPosition, leader: string): ProblemError {
  return new ProblemError(
    "broker-unreachable",
    `${leader} doesn't say where ${topic}-${partition} begins and ends. It is asked again, and read when it answers.`,
  );
}

export function damaged({ topic, partition, next }: PartitionPosition): ProblemError {
  return new ProblemError(
    "kafka-refused",
    `What the broker sends of ${topic}-${partition} from offset ${next} is no record batch: its segment may be damaged. Look at the broker's log.`,
  );
}

/** The same trouble since it began, with its newest reason. */
export function since(before: Trouble | null, why: ProblemError, againInMs: number): Trouble {
  const now = performance.now();
  return { why, sinceMs: before?.sinceMs ?? now, untilMs: now + againInMs };
}
