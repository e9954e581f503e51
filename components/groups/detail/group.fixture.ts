import type { GroupDetail, GroupMember, GroupPartition, GroupVerdict } from "#lib/contracts/groups.ts";

/** A partition at rest: what a test is about is given, the rest is as it should be. */
export function partitionOf(topic: string, partition: number, told: Partial<GroupPartition> = {}): GroupPartition {
  return {
    topic,
    partition,
    memberId: null,
    leader: 1,
    logStartOffset: "0",
    highWatermark: "100",
    lastStableOffset: "100",
    committedOffset: "100",
    committedRead: true,
    committedLeaderEpoch: null,
    committedMetadata: "",
    lag: "0",
    stableLag: "0",
    timeLag: null,
    nothingReadable: null,
    lost: null,
    committedPerSecond: 0,
    producedPerSecond: 0,
    eta: { kind: "caught-up" },
    lastMovedMs: null,
    ...told,
  };
}

export function memberOf(memberId: string, told: Partial<GroupMember> = {}): GroupMember {
  return {
    memberId,
    instanceId: null,
    clientId: memberId,
    host: "10.0.0.1",
    rackId: null,
    subscribedTopics: [],
    subscribedPattern: null,
    assigned: [],
    target: null,
    memberEpoch: null,
    idleBecause: null,
    ...told,
  };
}

export function verdictOf(told: Partial<GroupVerdict>): GroupVerdict {
  return {
    kind: "stuck",
    severity: "critical",
    evidence: [],
    advice: [],
    partitions: [],
    memberId: null,
    sinceMs: null,
    ...told,
  };
}

export function groupOf(told: Partial<GroupDetail>): GroupDetail {
  return {
    group: "billing",
    type: "classic",
    state: "stable",
    protocolType: "consumer",
    assignor: "range",
    coordinator: 1,
    groupEpoch: null,
    members: [],
    partitions: [],
    lag: "0",
    lagUnread: 0,
    uncommitted: 0,
    timeLag: null,
    committedPerSecond: 0,
    producedPerSecond: 0,
    verdicts: [],
    unread: null,
    observedSinceMs: null,
    missing: [],
    observedAtMs: 0,
    ...told,
  };
}
