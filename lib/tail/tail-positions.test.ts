import { expect, test } from "vitest";
import { TailPositions } from "./tail-positions.ts";

const ID = "AAAAAAAAAAAAAAAAAAAAAA";
const topics = [{ name: "orders", topicId: ID, partitions: 2 }];

test("there is no cursor before a stream told its partitions; without any there is one", () => {
  const positions = new TailPositions();
  expect(positions.cursor()).toBeNull();
  positions.beginStream();
  positions.adopt({ topics: [], partitions: [], order: "exact" });
  expect(positions.cursor()).toBe("-");
});

test("a partition is in the cursor once its place is known, and later tables don't move it back", () => {
  const positions = new TailPositions();
  positions.beginStream();
  const tell = (...firsts: (string | null)[]) =>
    positions.adopt({ topics, partitions: firsts.map((first, partition) => [0, partition, first]), order: "exact" });
  tell("5", null);
  expect(positions.cursor()).toBe(`orders=${ID}*2:0@5`);
  expect(positions.passed).toBe(0n);
  positions.advance([[0, "8"]]);
  tell("5", "70");
  expect(positions.cursor()).toBe(`orders=${ID}*2:0@8,1@70`);
  positions.advance([[1, "71"]]);
  tell("5", "70", "0");
  expect(positions.cursor()).toBe(`orders=${ID}*2:0@8,1@71,2@0`);
  expect(positions.passed).toBe(4n);
});

test("a new stream says anew where it begins, and how many partitions there were", () => {
  const positions = new TailPositions();
  positions.beginStream();
  positions.adopt({ topics, partitions: [[0, 0, "5"]], order: "exact" });
  positions.beginStream();
  positions.adopt({
    topics: [{ name: "orders", topicId: ID, partitions: 3 }],
    partitions: [[0, 0, "4"]],
    order: "exact",
  });
  expect(positions.cursor()).toBe(`orders=${ID}*3:0@4`);
});
