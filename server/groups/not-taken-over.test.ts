import { expect, test } from "vitest";
import type { GroupReading, GroupsReading } from "./group-reading.ts";
import { notTakenOver } from "./not-taken-over.ts";

function reading(brokers: readonly number[], coordinators: Readonly<Record<string, number | null>>): GroupsReading {
  const rest = { type: "classic", state: "empty", protocolType: "", assignor: null, groupEpoch: null } as const;
  const groups = Object.entries(coordinators).map(([group, coordinator]): [string, GroupReading] => [
    group,
    { group, coordinator, members: [], committed: null, ...rest },
  ]);
  const nodes = brokers.map((id) => ({ id, host: "kafka", port: 9092, rack: null }));
  const metadata = { clusterId: null, controllerProxy: null, brokers: nodes, topics: [] };
  return { groups: new Map(groups), ends: new Map(), metadata, missing: [] };
}

test("groups of a broker that is gone are missing until another tells of them", () => {
  const before = reading([1, 2], { a: 1, b: 2, c: 2 });
  expect(notTakenOver(before, reading([1], { a: 1 }))).toEqual([
    expect.objectContaining({ part: "2 groups that broker 2 coordinated", code: "broker-unreachable", brokerId: 2 }),
  ]);
  expect(notTakenOver(before, reading([1], { a: 1, b: 1, c: 1 }))).toEqual([]);
});

test("groups that were deleted, or whose coordinator nobody knew, are not", () => {
  expect(notTakenOver(reading([1, 2], { a: 1, b: 2, c: null }), reading([1, 2], { a: 1 }))).toEqual([]);
});
