import type { ReplicaSegments, SegmentList } from "#lib/contracts/segments.ts";

/** A replica whose files this server reads. */
export type ReadableReplica = ReplicaSegments & { readonly access: { readonly state: "readable" } };

/** The replica that the table, the look-up and the check are about: the one asked for, else the leader's, else any that can be read. */
export function shownReplica({ replicas }: SegmentList, broker: number | null): ReadableReplica | null {
  const current = replicas.filter(({ role }) => role !== "future").filter(isReadable);
  return current.find(({ brokerId }) => brokerId === broker) ?? current[0] ?? null;
}

export function isReadable(replica: ReplicaSegments): replica is ReadableReplica {
  return replica.access.state === "readable";
}
