import type { GroupSummary, GroupVerdict, VerdictKind } from "#lib/contracts/groups.ts";

/** A healthy group, as the API tells it; tests change what they are about. */
export function groupSummary(rest: Partial<GroupSummary> = {}): GroupSummary {
  return {
    group: "orders-billing",
    type: "consumer",
    state: "stable",
    assignor: "uniform",
    coordinator: 1,
    memberCount: 3,
    topics: ["orders"],
    topicCount: 1,
    partitionCount: 6,
    uncommitted: 0,
    lag: "12",
    lagUnread: 0,
    timeLag: { ms: 200, how: "interpolated", atLeast: false },
    trend: { points: [0, 50, 100], highest: "12", direction: "steady" },
    verdicts: [],
    ...rest,
  };
}

export function groupVerdict(kind: VerdictKind, severity: GroupVerdict["severity"] = "critical"): GroupVerdict {
  return { kind, severity, evidence: ["It is so."], advice: [], partitions: [], memberId: null, sinceMs: null };
}
