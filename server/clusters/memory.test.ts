import { expect, test } from "vitest";
import { metadata, partition, topic } from "#scripts/testing/cluster-view.ts";
import { FirstSeen } from "./first-seen.ts";
import { LeadershipMemory } from "./leadership-memory.ts";

test("a problem keeps the time it was first seen while it stays, and gets a new one when it comes back", () => {
  const seen = new FirstSeen();
  seen.update(["a"], 100);
  expect(Object.fromEntries(seen.update(["a", "b"], 200))).toEqual({ a: 100, b: 200 });
  seen.update(["b"], 300);
  expect(Object.fromEntries(seen.update(["a", "b"], 400))).toEqual({ a: 400, b: 200 });
});

test("what a broker led is remembered through an orderly shutdown that hands it over first", () => {
  const memory = new LeadershipMemory();
  const usual = metadata([topic("a", [partition(0, [2, 1])])]);
  const handedOver = [topic("a", [partition(0, [2, 1], { leader: 1 })])];
  memory.note(usual, 0);
  memory.note(metadata(handedOver), 1_000);
  memory.note(metadata(handedOver, [1, 3]), 2_000);
  memory.note(metadata(handedOver, [1, 3]), 900_000);
  expect(memory.lastUp(2)).toBe(usual);
  memory.note(metadata(handedOver), 901_000);
  expect(memory.lastUp(2)).not.toBe(usual);
});

test("a broker that has led less for more than a minute led no more than that", () => {
  const memory = new LeadershipMemory();
  const before = metadata([topic("a", [partition(0, [2, 1])])]);
  const now = metadata([topic("a", [partition(0, [1, 2])])]);
  memory.note(before, 0);
  memory.note(now, 61_000);
  memory.note(metadata(now.topics, [1, 3]), 62_000);
  expect(memory.lastUp(2)).toBe(now);
  expect(memory.lastUp(9)).toBeNull();
});

test("remembers no more than ten brokers that are away", () => {
  const memory = new LeadershipMemory();
  const ids = Array.from({ length: 12 }, (_, id) => id);
  memory.note(metadata([], ids), 0);
  memory.note(metadata([], []), 1_000);
  expect(ids.filter((id) => memory.lastUp(id) !== null).length).toBe(10);
});
