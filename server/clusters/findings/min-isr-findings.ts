import type { Sentence } from "#lib/contracts/kafka.ts";
import type { MetadataPartition } from "../../kafka/read-metadata.ts";
import type { ClusterView } from "../cluster-view.ts";
import { partitionState } from "../partition-health.ts";
import { count, listed, number } from "../words.ts";
import type { Finding } from "./finding.ts";

/** More topics than these are told as one. */
const MOST_TOLD_APART = 3;
const MOST_NAMED = 5;

interface Refusing {
  readonly topic: string;
  readonly total: number;
  readonly minIsr: number;
  readonly partitions: readonly MetadataPartition[];
}

/** Partitions whose leader refuses writes with acks=all, because too few replicas are in sync. */
export function minIsrFindings(view: ClusterView): Finding[] {
  const topics: Refusing[] = view.metadata.topics.flatMap(({ name, partitions }) => {
    const minIsr = view.minIsrOf(name);
    const refusing = partitions.filter((partition) => partitionState(partition, minIsr) === "under-min-isr");
    return minIsr === null || refusing.length === 0
      ? []
      : [{ topic: name, total: partitions.length, minIsr, partitions: refusing }];
  });
  return topics.length > MOST_TOLD_APART ? [ofMany(topics, view)] : topics.map((one) => ofOne(one, view));
}

function ofOne({ topic, total, minIsr, partitions }: Refusing, view: ClusterView): Finding {
  const all = partitions.length === total;
  const where =
    total === 1
      ? "."
      : all
        ? ` on all ${number(total)} partitions.`
        : ` on ${number(partitions.length)} of ${number(total)} partitions.`;
  return {
    key: `under-min-isr:${topic}`,
    kind: "under-min-isr",
    severity: "critical",
    title: [{ topic }, ` refuses writes with acks=all${where}`],
    detail: [
      ...inSync(partitions),
      " and ",
      { config: "min.insync.replicas" },
      ` is ${number(minIsr)}. ${CONSEQUENCE} `,
      ...whatToDo(partitions, view),
    ],
    target: { topic },
  };
}

const CONSEQUENCE = "Producers get NOT_ENOUGH_REPLICAS; reading still works.";

/** Brokers whose return is awaited; with all of them up, those that are behind. */
function whatToDo(partitions: readonly MetadataPartition[], { brokers }: ClusterView): Sentence {
  const up = new Set(brokers.filter(({ state }) => state === "up").map(({ id }) => id));
  const missing = [...new Set(partitions.flatMap(({ replicas, isr }) => replicas.filter((id) => !isr.includes(id))))];
  const away = missing.filter((id) => !up.has(id));
  const named = (away.length > 0 ? away : missing).sort((a, b) => a - b);
  const one = named.length === 1;
  const who: Sentence = [
    one ? "broker " : "brokers ",
    ...listed(
      named.map((broker) => ({ broker })),
      MOST_NAMED,
    ),
  ];
  return away.length > 0
    ? ["Bring ", ...who, ` back: ${one ? "its" : "their"} replicas catch up, and writes are accepted again.`]
    : ["Look at the load, disks and log of ", ...who, `, which ${one ? "is" : "are"} up but behind.`];
}

function inSync(partitions: readonly MetadataPartition[]): Sentence {
  const [first] = partitions;
  if (first === undefined) return [];
  const alike = partitions.every(
    ({ isr, replicas }) => isr.length === first.isr.length && replicas.length === first.replicas.length,
  );
  const ids = listed(
    partitions.map(({ partition }) => String(partition)),
    MOST_NAMED,
  );
  const subject: Sentence =
    partitions.length === 1 ? [`Partition ${first.partition} has `] : ["Partitions ", ...ids, " have "];
  return alike
    ? [...subject, `${first.isr.length} of ${count(first.replicas.length, "replica")} in sync`]
    : [...subject, "too few replicas in sync"];
}

function ofMany(topics: readonly Refusing[], view: ClusterView): Finding {
  const partitions = topics.reduce((sum, one) => sum + one.partitions.length, 0);
  return {
    key: "under-min-isr:many",
    kind: "under-min-isr",
    severity: "critical",
    title: [`${count(partitions, "partition")} of ${count(topics.length, "topic")} refuse writes with acks=all.`],
    detail: [
      "Fewer replicas are in sync than ",
      { config: "min.insync.replicas" },
      " asks for: ",
      ...listed(
        topics.map(({ topic }) => ({ topic })),
        MOST_NAMED,
      ),
      `. ${CONSEQUENCE} `,
      ...whatToDo(
        topics.flatMap((one) => one.partitions),
        view,
      ),
    ],
    target: { topicsWithHealth: "under-min-isr" },
  };
}
