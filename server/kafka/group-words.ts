import type { GroupState, GroupType } from "#lib/contracts/groups.ts";

const states = new Map<string, GroupState>([
  ["Stable", "stable"],
  ["Empty", "empty"],
  ["PreparingRebalance", "preparing-rebalance"],
  ["CompletingRebalance", "completing-rebalance"],
  ["Assigning", "assigning"],
  ["Reconciling", "reconciling"],
  ["NotReady", "not-ready"],
  ["Dead", "dead"],
]);

const types = new Map<string, GroupType>([
  ["classic", "classic"],
  ["consumer", "consumer"],
  ["share", "share"],
  ["streams", "streams"],
]);

/** Kafka's name of a group's state ("PreparingRebalance") in our spelling; what a newer Kafka adds is unknown. */
export function groupStateOf(name: string): GroupState {
  return states.get(name) ?? "unknown";
}

/** Kafka's name of a group's type ("consumer"), which brokers write in either case. */
export function groupTypeOf(name: string): GroupType {
  return types.get(name.toLowerCase()) ?? "unknown";
}

/** Brokers tell a member's address as Java prints it: "/10.0.0.7". */
export function hostOf(clientHost: string): string {
  return clientHost.startsWith("/") ? clientHost.slice(1) : clientHost;
}
