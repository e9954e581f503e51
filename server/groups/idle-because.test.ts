import { expect, test } from "vitest";
import type { GroupMember } from "./group-reading.ts";
import { idleBecause } from "./idle-because.ts";

const idle: GroupMember = {
  ...{ memberId: "m", instanceId: null, clientId: "c", host: "h", rackId: null, subscribedTopics: ["orders"] },
  ...{ subscribedPattern: null, assigned: new Map(), target: null, memberEpoch: null },
};
const busy: GroupMember = { ...idle, memberId: "busy", assigned: new Map([["orders", [0]]]) };
const group = (differs: Partial<Parameters<typeof idleBecause>[0]> = {}) => ({
  ...({ type: "classic", state: "stable", protocolType: "consumer", assignor: "range" } as const),
  members: [busy, idle],
  ...differs,
});
const partitions = (counts: Record<string, number>) => (topic: string) => counts[topic] ?? null;

test("a member with a partition isn't idle, nor one whose work isn't partitions", () => {
  expect(idleBecause(group(), busy, partitions({ orders: 1 }))).toBeNull();
  expect(idleBecause(group({ protocolType: "connect" }), idle, partitions({}))).toBeNull();
});

test("more members than partitions", () => {
  expect(idleBecause(group(), idle, partitions({ orders: 1 }))).toBe(
    "2 members share 1 partition, and a partition is given to one member only.",
  );
  const eleven = Array.from({ length: 11 }, () => idle);
  expect(idleBecause(group({ members: eleven }), idle, partitions({ orders: 10 }))).toContain(
    "11 members share 10 partitions",
  );
});

test("range gives out each topic by itself: enough partitions in all, too few in each", () => {
  const both = { subscribedTopics: ["orders", "payments"] };
  const members = [
    { ...busy, ...both },
    { ...idle, ...both },
  ];
  const counts = partitions({ orders: 1, payments: 1 });
  expect(idleBecause(group({ members }), { ...idle, ...both }, counts)).toBe(
    "The assignor range gives out each topic by itself, and none of them has more than 1 partition for 2 members.",
  );
  expect(idleBecause(group({ members, assignor: "sticky" }), { ...idle, ...both }, counts)).toBe(
    "The assignor sticky gave it no partition.",
  );
});

test("rebalancing, waiting for others, wanting nothing, wanting what isn't there", () => {
  const one = partitions({ orders: 3 });
  expect(idleBecause(group({ state: "preparing-rebalance" }), idle, one)).toContain("rebalancing");
  expect(idleBecause(group({ type: "consumer" }), { ...idle, target: busy.assigned }, one)).toContain(
    "have yet to give up",
  );
  expect(idleBecause(group(), { ...idle, subscribedTopics: [] }, one)).toBe("It subscribes to no topic.");
  expect(idleBecause(group(), { ...idle, subscribedTopics: ["gone"] }, one)).toContain("gone, which doesn't exist");
  const pattern = { ...idle, subscribedTopics: [], subscribedPattern: "orders.*" };
  expect(idleBecause(group({ type: "consumer" }), pattern, one)).toContain("orders.*");
});

test("members of a share group share partitions: there are never too many", () => {
  expect(idleBecause(group({ type: "share", assignor: null }), idle, partitions({ orders: 1 }))).toBe(
    "No partition was given to it.",
  );
});
