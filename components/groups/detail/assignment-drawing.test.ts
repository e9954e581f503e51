import { expect, test } from "vitest";
import {
  chosenMembers,
  drawnMembers,
  MAX_DRAWN_MEMBERS,
  stripPaths,
  topicSpans,
  unheld,
} from "./assignment-drawing.ts";
import { groupOf, memberOf, partitionOf, verdictOf } from "./group.fixture.ts";
import { lagRows } from "./lag-rows.ts";

function rowsOf(count: number, topic = "orders") {
  const partitions = Array.from({ length: count }, (_, partition) => partitionOf(topic, partition, { lag: "5" }));
  return lagRows(groupOf({ partitions }), "high-watermark", null);
}

const assigned = (...partitions: number[]) => [{ topic: "orders", partitions }];

test("a member holds what it is assigned; what KIP-848 takes and gives is told apart", () => {
  const members = [memberOf("a", { assigned: assigned(0, 1), target: assigned(1, 2) }), memberOf("b")];
  const [a, b] = drawnMembers(members, rowsOf(4), []);
  expect([...(a?.holds ?? [])]).toEqual([
    ["orders-0", "leaving"],
    ["orders-1", "held"],
    ["orders-2", "coming"],
  ]);
  expect(a).toMatchObject({ count: 2, lag: 10n });
  expect(b).toMatchObject({ count: 0, lag: 0n });
  expect(unheld(drawnMembers(members, rowsOf(4), []), rowsOf(4)).map(({ key }) => key)).toEqual(["orders-3"]);
});

test("where positions aren't offsets, what a member holds is counted, and its lag is unknown", () => {
  expect(drawnMembers([memberOf("a", { assigned: assigned(0, 1) })], [], [])[0]).toMatchObject({ count: 2, lag: null });
});

test("of hundreds of members, those that a verdict names are drawn, then the first, in their order", () => {
  const members = Array.from({ length: 300 }, (_, index) => memberOf(`m${index}`));
  const all = drawnMembers(members, rowsOf(2), [verdictOf({ memberId: "m280" })]);
  const chosen = chosenMembers(all);
  expect(chosen).toHaveLength(MAX_DRAWN_MEMBERS);
  expect(chosen.at(-1)?.member.memberId).toBe("m280");
  expect(chosen[0]?.member.memberId).toBe("m0");
});

test("a strip has a tick for each partition; among many, neighbours are one block", () => {
  const holdsOf = (held: number[], count: number) =>
    drawnMembers([memberOf("a", { assigned: assigned(...held) })], rowsOf(count), [])[0]?.holds ?? new Map();
  expect(stripPaths(holdsOf([0, 1, 3], 20), rowsOf(20)).plain).toBe("M0 3h0.8v7h-0.8zM1 3h0.8v7h-0.8zM3 3h0.8v7h-0.8z");
  expect(stripPaths(holdsOf([0, 1, 3], 400), rowsOf(400)).plain).toBe("M0 3h2v7h-2zM3 3h1v7h-1z");
  const thousands = Array.from({ length: 5_000 }, (_, partition) => partition);
  expect(stripPaths(holdsOf(thousands, 5_000), rowsOf(5_000)).plain).toBe("M0 3h5000v7h-5000z");
});

test("topics as spans of the rows", () => {
  expect(topicSpans([...rowsOf(2, "a"), ...rowsOf(3, "b")])).toEqual([
    { topic: "a", count: 2 },
    { topic: "b", count: 3 },
  ]);
});

test("a member's lag is told only where that of each of its partitions is known", () => {
  const partitions = [partitionOf("orders", 0, { lag: "5" }), partitionOf("orders", 1, { lag: null })];
  const [member] = drawnMembers(
    [memberOf("a", { assigned: [{ topic: "orders", partitions: [0, 1] }] })],
    lagRows(groupOf({ partitions }), "high-watermark", null),
    [],
  );
  expect(member).toMatchObject({ count: 2, lag: null });
});
