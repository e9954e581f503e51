import { type GroupSummary, verdictKind } from "#lib/contracts/groups.ts";

/** A group with what its row sorts by, worked out once. */
export interface GroupRow extends GroupSummary {
  /** How much it needs a look: severity, kind of the worst verdict, then lag. Greater is worse. */
  readonly concern: bigint;
  /** Null: unknown, or there is no partition to lag on. */
  readonly lagMessages: bigint | null;
  /** No members, and its lag grows: an empty group is as it should be otherwise. */
  readonly growsUnread: boolean;
}

/** A group that grows while nobody reads it stands between. */
const severityRank = { critical: 4n, warning: 3n, unread: 2n, info: 1n } as const;
const kindRank = new Map(verdictKind.options.map((kind, place) => [kind, BigInt(verdictKind.options.length - place)]));
/** Lag is below 2^63. */
const LAG_BITS = 63n;
const KIND_BITS = 8n;

export function groupRows(groups: readonly GroupSummary[]): GroupRow[] {
  return groups.map((group) => {
    const lagMessages = group.lag === null || group.partitionCount === 0 ? null : BigInt(group.lag);
    const growsUnread = group.state === "empty" && group.trend?.direction === "growing";
    return { ...group, lagMessages, growsUnread, concern: concernOf(group, lagMessages, growsUnread) };
  });
}

function concernOf({ verdicts: [worst] }: GroupSummary, lag: bigint | null, growsUnread: boolean): bigint {
  const bySeverity = worst === undefined ? 0n : severityRank[worst.severity];
  const severity = growsUnread && bySeverity < severityRank.unread ? severityRank.unread : bySeverity;
  const kind = worst === undefined ? 0n : (kindRank.get(worst.kind) ?? 0n);
  return (((severity << KIND_BITS) | kind) << LAG_BITS) | (lag ?? 0n);
}
