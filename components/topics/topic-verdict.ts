import type { Sentence } from "#lib/contracts/kafka.ts";
import type { TopicDetail } from "#lib/contracts/topics.ts";
import { plural } from "#lib/format.ts";
import { type PartitionState, partitionState } from "./partition-state.ts";

/** One thing wrong with a topic: the fact, then its cause and consequence. */
export interface TopicVerdict {
  readonly severity: "critical" | "warning";
  readonly title: string;
  readonly detail: Sentence;
}

const NAMED_PARTITIONS = 6;

/** What is wrong with a topic's partitions, worst first; empty when nothing is. */
export function topicVerdicts({ partitions, minInsyncReplicas }: TopicDetail): TopicVerdict[] {
  const inState = (wanted: PartitionState) =>
    partitions.filter((partition) => partitionState(partition, minInsyncReplicas) === wanted);
  const verdicts: TopicVerdict[] = [];

  const offline = inState("offline");
  if (offline.length > 0) {
    const brokers = uniqueSorted(offline.flatMap(({ replicas }) => replicas));
    verdicts.push({
      severity: "critical",
      title: `${subject(offline)} ${offline.length === 1 ? "is" : "are"} offline.`,
      detail: [
        "No replica that may lead is up: nothing can be read or written there until ",
        ...brokersPhrase(brokers, "or"),
        brokers.length === 1 ? " returns." : " return.",
      ],
    });
  }
  const underMin = inState("under-min-isr");
  if (underMin.length > 0) {
    verdicts.push({
      severity: "critical",
      title: `${subject(underMin)} ${underMin.length === 1 ? "refuses" : "refuse"} writes with acks=all.`,
      detail: [
        "Fewer replicas are in sync than ",
        { config: "min.insync.replicas" },
        ` (${minInsyncReplicas}) asks for; reading still works. `,
        ...missingPhrase(underMin),
      ],
    });
  }
  const under = inState("under-replicated");
  if (under.length > 0) {
    verdicts.push({
      severity: "warning",
      title: `${subject(under)} ${under.length === 1 ? "is" : "are"} under-replicated.`,
      detail: [...missingPhrase(under), " Everything can still be read and written."],
    });
  }
  return verdicts;
}

function subject(partitions: TopicDetail["partitions"]): string {
  const ids = partitions.map(({ partition }) => partition);
  if (ids.length > NAMED_PARTITIONS) return plural(ids.length, "partition");
  return `${ids.length === 1 ? "Partition" : "Partitions"} ${list(ids)}`;
}

function missingPhrase(partitions: TopicDetail["partitions"]): Sentence {
  const missing = uniqueSorted(
    partitions.flatMap(({ replicas, isr }) => replicas.filter((replica) => !isr.includes(replica))),
  );
  return [...brokersPhrase(missing, "and", "B"), missing.length === 1 ? " is not in sync." : " are not in sync."];
}

/** "brokers 1, 2 and 3", each of them a subject that can be linked. */
function brokersPhrase(ids: readonly number[], conjunction: "and" | "or", initial: "b" | "B" = "b"): Sentence {
  return [
    ids.length === 1 ? `${initial}roker ` : `${initial}rokers `,
    ...ids.flatMap((broker, index) => {
      if (index === 0) return [{ broker }];
      return [index === ids.length - 1 ? ` ${conjunction} ` : ", ", { broker }];
    }),
  ];
}

function list(ids: readonly number[]): string {
  if (ids.length < 2) return ids.join("");
  return `${ids.slice(0, -1).join(", ")} and ${ids.at(-1)}`;
}

function uniqueSorted(ids: readonly number[]): number[] {
  return [...new Set(ids)].sort((a, b) => a - b);
}
