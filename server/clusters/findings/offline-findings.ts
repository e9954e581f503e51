import type { Sentence } from "#lib/contracts/kafka.ts";
import type { MetadataPartition } from "../../kafka/read-metadata.ts";
import type { ClusterView } from "../cluster-view.ts";
import { count, listed } from "../words.ts";
import type { Finding } from "./finding.ts";

const MOST_NAMED = 4;

interface Offline {
  readonly topic: string;
  readonly partition: MetadataPartition;
}

/** Partitions without a leader: nothing can be read or written there. */
export function offlineFindings(view: ClusterView): Finding[] {
  const offline: Offline[] = view.metadata.topics.flatMap(({ name, partitions }) =>
    partitions.filter(({ leader }) => leader === null).map((partition) => ({ topic: name, partition })),
  );
  if (offline.length === 0) return [];
  const named = listed(
    offline.map(({ topic, partition }) => ({ topic, partition: partition.partition })),
    MOST_NAMED,
  );
  return [
    {
      key: "offline",
      kind: "offline",
      severity: "critical",
      title: [`${count(offline.length, "partition")} ${offline.length === 1 ? "is" : "are"} offline: `, ...named, "."],
      detail: cause(offline, view),
      target: { topicsWithHealth: "offline" },
    },
  ];
}

function cause(offline: readonly Offline[], view: ClusterView): Sentence {
  const up = new Set(view.brokers.filter(({ state }) => state === "up").map(({ id }) => id));
  const one = offline.length === 1;
  const away = [...new Set(offline.flatMap(({ partition }) => partition.replicas.filter((id) => !up.has(id))))].sort(
    (a, b) => a - b,
  );
  const allAway = offline.every(({ partition }) => partition.replicas.every((id) => !up.has(id)));
  const brokers = named(away);
  // Only a replica that was in sync may lead again. Eligible leader replicas (KIP-966) may leave the ISR empty: unknown then.
  const last = [...new Set(offline.flatMap(({ partition }) => partition.isr))].sort((a, b) => a - b);
  const someUseless = offline.every(({ partition }) => partition.isr.length > 0) && last.length < away.length;
  const until = away.length === 1 ? "it returns" : "one of them returns";
  if (allAway && offline.every(({ partition }) => partition.replicas.length === 1)) {
    return [
      `${one ? "Its" : "Their"} only replica is on `,
      ...brokers,
      ` (replication factor 1). Nothing can be read or written there until ${away.length === 1 ? "it returns" : "they return"}.`,
    ];
  }
  if (allAway && someUseless) {
    const until = last.length === 1 ? "that one returns" : one ? "one of those returns" : "each has one of those back";
    return [
      `All ${one ? "its" : "their"} replicas are on `,
      ...brokers,
      `; the last in sync ${last.length === 1 ? "is" : "are"} on `,
      ...named(last),
      `. Nothing can be read or written there until ${until}.`,
    ];
  }
  if (allAway) {
    return [
      `All ${one ? "its" : "their"} replicas are on `,
      ...brokers,
      `. Nothing can be read or written there until ${until}.`,
    ];
  }
  const failedDisk = offline.every(({ partition }) =>
    partition.replicas.every((id) => !up.has(id) || partition.offlineReplicas.includes(id)),
  );
  if (failedDisk) {
    return [
      "Their replicas are on log dirs that failed, or on brokers that are down. Nothing can be read or written there until one of them is back.",
    ];
  }
  return [
    ...(last.length > 0 ? (["The last replicas in sync are on ", ...named(last), ". "] satisfies Sentence) : []),
    "The replicas that are up had fallen behind: to lead, they would have to give up messages (unclean.leader.election.enable). Nothing can be read or written there meanwhile.",
  ];
}

function named(ids: readonly number[]): Sentence {
  const brokers = ids.map((broker) => ({ broker }));
  return [ids.length === 1 ? "broker " : "brokers ", ...listed(brokers, MOST_NAMED)];
}
