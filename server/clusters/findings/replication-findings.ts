import type { Sentence } from "#lib/contracts/kafka.ts";
import type { ClusterView } from "../cluster-view.ts";
import { count, listed, number } from "../words.ts";
import type { Finding } from "./finding.ts";

const MOST_NAMED = 5;

/** Partitions that have a leader but not all replicas in sync: whose replicas are missing, and whether that broker is up. */
export function replicationFindings(view: ClusterView): Finding[] {
  const behind = new Map<number, number>();
  let partitions = 0;
  for (const topic of view.metadata.topics) {
    for (const { leader, replicas, isr } of topic.partitions) {
      if (leader === null || isr.length >= replicas.length) continue;
      partitions++;
      for (const id of replicas) if (!isr.includes(id)) behind.set(id, (behind.get(id) ?? 0) + 1);
    }
  }
  if (partitions === 0) return [];
  return [
    {
      key: "under-replicated",
      kind: "under-replicated",
      severity: "warning",
      title: [`${count(partitions, "partition")} ${partitions === 1 ? "is" : "are"} under-replicated.`],
      detail: cause(view, behind, partitions),
      target: { topicsWithHealth: "under-replicated" },
    },
  ];
}

function cause(view: ClusterView, behind: ReadonlyMap<number, number>, partitions: number): Sentence {
  const state = new Map(view.brokers.map(({ id, state }) => [id, state]));
  const away = [...behind].filter(([id]) => state.get(id) !== "up");
  const lagging = [...behind].filter(([id]) => state.get(id) === "up");
  const parts: Sentence = [];
  const [only] = away;
  if (away.length === 1 && only) {
    const [id, missing] = only;
    const share = partitions === 1 ? "it" : missing === partitions ? `all ${number(missing)}` : number(missing);
    parts.push(
      "Broker ",
      { broker: id },
      ` is ${state.get(id) ?? "down"}: the replica it holds of ${share} is out of sync, and catches up by itself once it is back.`,
    );
  } else if (away.length > 1) {
    parts.push(
      "Brokers ",
      ...listed(
        away.map(([broker]) => ({ broker })),
        MOST_NAMED,
      ),
      " are not up: the replicas they hold are out of sync, and catch up by themselves once they are back.",
    );
  }
  if (lagging.length > 0) {
    if (parts.length > 0) parts.push(" ");
    const [first] = lagging;
    if (lagging.length === 1 && first) {
      parts.push(
        "Broker ",
        { broker: first[0] },
        ` is up, but ${count(first[1], "of its replicas", "of its replicas")} ${first[1] === 1 ? "is" : "are"} catching up or can't follow.`,
      );
    } else {
      parts.push(
        "Brokers ",
        ...listed(
          lagging.map(([broker]) => ({ broker })),
          MOST_NAMED,
        ),
        " are up, but some of their replicas are catching up or can't follow.",
      );
    }
    parts.push(` If that goes on, look at ${lagging.length === 1 ? "its" : "their"} load, disks and log.`);
  }
  return parts;
}
