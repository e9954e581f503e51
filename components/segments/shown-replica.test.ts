import { expect, test } from "vitest";
import type { ReplicaSegments, SegmentList } from "#lib/contracts/segments.ts";
import { shownReplica, whyAnother } from "./shown-replica.ts";

const replica = (brokerId: number, differs: Partial<ReplicaSegments> = {}): ReplicaSegments => ({
  brokerId,
  role: "follower",
  inSync: true,
  access: { state: "readable", from: "own", logDir: "/logs", away: null },
  sizeBytes: "0",
  offsetLag: "0",
  directory: "t-0",
  segments: [],
  sideFiles: [],
  damage: [],
  bytesRead: "0",
  ...differs,
});
const away = { access: { state: "unreadable", reason: "not-here", detail: "It is elsewhere." } } as const;
const list = (...replicas: ReplicaSegments[]): SegmentList => ({
  topic: "t",
  partition: 0,
  topicId: null,
  replicas,
  logStartOffset: null,
  highWatermark: null,
  retention: null,
  committed: [],
  missing: [],
  observedAtMs: 0,
});

test("the replica asked for is shown; else the leader's, else one that can be read; never one that is being made", () => {
  const all = list(replica(1, { role: "leader" }), replica(2), replica(2, { role: "future" }));
  expect(shownReplica(all, 2)).toMatchObject({ brokerId: 2, role: "follower" });
  expect(shownReplica(all, null)?.brokerId).toBe(1);
  expect(shownReplica(list(replica(1, away), replica(2)), null)?.brokerId).toBe(2);
  expect(shownReplica(list(replica(1, away), replica(1, { role: "future" })), null)).toBeNull();
});

test("that another one is shown than was asked for has a reason", () => {
  const some = list(replica(1, { role: "leader" }), replica(2, away), replica(2, { role: "future" }));
  const why = (broker: number | null) => {
    const shown = shownReplica(some, broker);
    return shown && whyAnother(some, broker, shown);
  };
  expect(why(2)).toBe("It is elsewhere.");
  expect(why(9)).toBe("Broker 9 holds no replica of this partition.");
  expect(why(1)).toBeNull();
  expect(why(null)).toBeNull();
});
