import type { ReplicaSegments, SegmentList } from "#lib/contracts/segments.ts";

/** A replica whose files this server reads. */
export type ReadableReplica = ReplicaSegments & { readonly access: { readonly state: "readable" } };

/** The replica that the table, the look-up and the check are about: the one asked for, else the leader's, else any that can be read. */
export function shownReplica({ replicas }: SegmentList, broker: number | null): ReadableReplica | null {
  const current = replicas.filter(({ role }) => role !== "future").filter(isReadable);
  return current.find(({ brokerId }) => brokerId === broker) ?? current[0] ?? null;
}

/** Why another broker's replica is shown than the one asked for; null when it is that one, or none was. */
export function whyAnother({ replicas }: SegmentList, broker: number | null, shown: ReadableReplica): string | null {
  if (broker === null || shown.brokerId === broker) return null;
  const asked = replicas.find(({ brokerId, role }) => brokerId === broker && role !== "future");
  if (asked === undefined) return `Broker ${broker} holds no replica of this partition.`;
  return asked.access.state === "unreadable" ? asked.access.detail : null;
}

export function isReadable(replica: ReplicaSegments): replica is ReadableReplica {
  return replica.access.state === "readable";
}
