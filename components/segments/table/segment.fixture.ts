import type { ReplicaSegments, Segment } from "#lib/contracts/segments.ts";

/** A rolled segment that nothing is the matter with. */
export function aSegment(given: Partial<Segment> = {}): Segment {
  return {
    baseOffset: "0",
    lastOffset: "99",
    sizeBytes: "1000",
    firstTimestampMs: "1000",
    maxTimestampMs: "2000",
    active: false,
    compacted: null,
    offsetIndex: { entries: 3, usedBytes: "24", fileBytes: "24" },
    timeIndex: { entries: 3, usedBytes: "36", fileBytes: "36" },
    abortedTransactions: null,
    producerSnapshotBytes: null,
    goes: null,
    damage: [],
    ...given,
  };
}

/** A follower whose files are read, with one segment. */
export function aReplica(given: Partial<ReplicaSegments> = {}): ReplicaSegments {
  return {
    brokerId: 1,
    role: "follower",
    inSync: true,
    access: { state: "readable", from: "own", logDir: "/d", away: null },
    sizeBytes: "1000",
    offsetLag: "0",
    directory: "orders-3",
    segments: [aSegment()],
    sideFiles: [],
    damage: [],
    bytesRead: "0",
    ...given,
  };
}
