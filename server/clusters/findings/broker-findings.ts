import type { Sentence } from "#lib/contracts/kafka.ts";
import type { ClusterView } from "../cluster-view.ts";
import { count, listed, number } from "../words.ts";
import type { Finding } from "./finding.ts";

/** More than these are told as one: when half a cluster is gone, each broker's story hides the whole. */
const MOST_TOLD_APART = 3;
const MOST_NAMED = 5;

type Broker = ClusterView["brokers"][number];

/** Brokers that are expected and not up, with what became of the partitions they led. */
export function brokerFindings(view: ClusterView): Finding[] {
  const away = view.brokers.filter(({ state }) => state !== "up");
  if (away.length > MOST_TOLD_APART) return [manyDown(away.map(({ id }) => id))];
  return away.map(({ id, state, replicaCount, process }) => ({
    key: `broker-down:${id}`,
    kind: "broker-down",
    severity: "critical",
    title: ["Broker ", { broker: id }, state === "fenced" ? " is fenced." : " is down."],
    detail: [
      state === "fenced"
        ? "Its port is open, but the controller keeps clients away from it: it is starting, catching up, or it hangs. "
        : "",
      ...whatBecame(view, id, replicaCount),
      ` ${whatToDo(state, process)}`,
    ].filter((part) => part !== ""),
    target: { broker: id },
  }));
}

/** Where to look first. The launcher of the local cluster knows more than Kafka. */
function whatToDo(state: Broker["state"], process: Broker["process"]): string {
  if (process === "stopped") return "It was stopped from here: start it again.";
  if (process === "starting" || process === "stopping") return `Its process is ${process}: wait for it.`;
  return state === "fenced"
    ? "Look at its log, and at its connection to the controllers."
    : "Look at its process, its host and its network, then start it again.";
}

function manyDown(ids: readonly number[]): Finding {
  return {
    key: "broker-down:many",
    kind: "broker-down",
    severity: "critical",
    title: [
      `${number(ids.length)} brokers are down: `,
      ...listed(
        ids.map((broker) => ({ broker })),
        MOST_NAMED,
      ),
      ".",
    ],
    detail: ["So many at once often share a cause: a rack, a network, a roll-out. Look for that first."],
    target: null,
  };
}

function whatBecame(view: ClusterView, id: number, replicaCount: number): Sentence {
  if (replicaCount === 0) return ["It held no replicas."];
  const held = `a replica of ${count(replicaCount, "partition")}`;
  const lastUp = view.lastUp(id);
  const theirs = (lastUp ?? view.metadata).topics.flatMap(({ name, partitions }) =>
    partitions
      .filter(({ leader, replicas }) => (lastUp === null ? replicas[0] === id : leader === id))
      .map(({ partition }) => ({ name, partition })),
  );
  const leaders = new Map(
    view.metadata.topics.map(({ name, partitions }) => [
      name,
      new Map(partitions.map(({ partition, leader }) => [partition, leader])),
    ]),
  );
  // A topic that was deleted since needs no leader.
  const still = theirs.filter(({ name, partition }) => leaders.get(name)?.has(partition));
  const led = still.length;
  const moved = still.filter(({ name, partition }) => {
    const leader = leaders.get(name)?.get(partition);
    return leader !== null && leader !== undefined && leader !== id;
  }).length;
  if (led === 0) return [lastUp === null ? `It holds ${held}.` : `It held ${held} and led none.`];
  const fate =
    moved === led
      ? led === 1
        ? "it has a new leader"
        : "all have a new leader"
      : moved === 0
        ? led === 1
          ? "it has no new leader yet"
          : "none of those has a new leader yet"
        : `${number(moved)} of those ${moved === 1 ? "has" : "have"} a new leader`;
  return [
    lastUp === null
      ? `It holds ${held} and is the preferred leader of ${number(led)}; ${fate.replace("a new leader", "another leader")}.`
      : `It held ${held} and led ${number(led)}; ${fate}.`,
  ];
}
