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
    verdicts.push({
      severity: "critical",
      title: `${subject(offline)} ${offline.length === 1 ? "is" : "are"} offline.`,
      detail: offlineCause(offline),
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
        whatToDo(underMin),
      ],
    });
  }
  const under = inState("under-replicated");
  if (under.length > 0) {
    verdicts.push({
      severity: "warning",
      title: `${subject(under)} ${under.length === 1 ? "is" : "are"} under-replicated.`,
      detail:
        minInsyncReplicas === null
          ? [
              ...missingPhrase(under),
              " Everything can still be read; whether writes with acks=all are accepted can't be told: ",
              { config: "min.insync.replicas" },
              " was not read.",
              whatToDo(under),
            ]
          : [...missingPhrase(under), " Everything can still be read and written.", whatToDo(under)],
    });
  }
  return verdicts;
}

/**
 * Only a replica that was in sync may lead again: the return of another one helps nobody. Where eligible leader replicas
 * (KIP-966) leave the ISR empty, metadata doesn't tell who that is.
 */
function offlineCause(offline: TopicDetail["partitions"]): Sentence {
  const known = offline.every(({ isr }) => isr.length > 0);
  const last = uniqueSorted(offline.flatMap(({ isr, replicas }) => (known ? isr : replicas)));
  const [where, lastOnes] = [brokersPhrase(last), "with its replica, the last in sync."];
  const until: Sentence = !known
    ? [...(last.length === 1 ? [] : ["one of "]), ...where, " returns with every message; no replica is in sync."]
    : last.length === 1
      ? [...where, ` returns ${lastOnes}`]
      : offline.every(({ isr }) => isr.length === last.length)
        ? ["one of ", ...where, ` returns ${lastOnes}`]
        : ["each has one of its last replicas in sync back; they are on ", ...where, "."];
  const behind = uniqueSorted(
    offline.flatMap(({ isr, replicas, offlineReplicas }) =>
      known ? replicas.filter((id) => !isr.includes(id) && !offlineReplicas.includes(id)) : [],
    ),
  );
  const [replicas, they] = behind.length === 1 ? ["replica", "it"] : ["replicas", "they"];
  return [
    "Nothing can be read or written there until ",
    ...until,
    ...(behind.length === 0
      ? []
      : [
          ` The ${replicas} on `,
          ...brokersPhrase(behind),
          ` had fallen behind: to lead, ${they} would have to give up messages (`,
          { config: "unclean.leader.election.enable" },
          ").",
        ]),
  ];
}

function subject(partitions: TopicDetail["partitions"]): string {
  const ids = partitions.map(({ partition }) => partition);
  if (ids.length > NAMED_PARTITIONS) return plural(ids.length, "partition");
  return `${ids.length === 1 ? "Partition" : "Partitions"} ${list(ids)}`;
}

function missingFrom(partitions: TopicDetail["partitions"]): number[] {
  return uniqueSorted(partitions.flatMap(({ replicas, isr }) => replicas.filter((replica) => !isr.includes(replica))));
}

/** The page of each broker, which the sentence links to, tells the rest. */
function whatToDo(partitions: TopicDetail["partitions"]): string {
  return missingFrom(partitions).length === 1
    ? " See whether it is up and keeps up; its replicas catch up by themselves."
    : " See whether they are up and keep up; their replicas catch up by themselves.";
}

function missingPhrase(partitions: TopicDetail["partitions"]): Sentence {
  const missing = missingFrom(partitions);
  return [...brokersPhrase(missing, "B"), missing.length === 1 ? " is not in sync." : " are not in sync."];
}

/** "brokers 1, 2 and 3", each of them a subject that can be linked. */
function brokersPhrase(ids: readonly number[], initial: "b" | "B" = "b"): Sentence {
  return [
    ids.length === 1 ? `${initial}roker ` : `${initial}rokers `,
    ...ids.flatMap((broker, index) => {
      if (index === 0) return [{ broker }];
      return [index === ids.length - 1 ? " and " : ", ", { broker }];
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
