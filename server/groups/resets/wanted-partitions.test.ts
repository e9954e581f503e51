import { expect, test } from "vitest";
import { MAX_MOVES } from "#lib/contracts/offset-resets.ts";
import type { MetadataTopic } from "../../kafka/read-metadata.ts";
import { WantedPartitions } from "./wanted-partitions.ts";

function topic(name: string, count: number): MetadataTopic {
  const replicas = { leaderEpoch: 0, replicas: [1], isr: [1], offlineReplicas: [] };
  const partitions = Array.from({ length: count }, (_, partition) => ({ partition, leader: 1, ...replicas }));
  return { name, topicId: "id", internal: false, errorCode: 0, partitions };
}

const nowhere = () => null;

test("topics in order, partitions in order, and only those that are wanted have a leader to ask", () => {
  const wanted = new WantedPartitions();
  wanted.add("b", [3, 1]);
  wanted.add("b", [0]);
  wanted.addTopic("a");
  const { found, problems } = wanted.among([topic("b", 5), topic("a", 2)], nowhere);
  expect(problems).toEqual([]);
  expect(found.map((one) => [one.topic.name, one.partitions])).toEqual([
    ["a", [0, 1]],
    ["b", [0, 1, 3]],
  ]);
  expect(found[1]?.topic.partitions.map(({ leader }) => leader)).toEqual([1, 1, null, 1, null]);
});

test("a topic as a whole holds whatever partition is named beside it", () => {
  const wanted = new WantedPartitions();
  wanted.addTopic("a");
  wanted.add("a", [9]);
  expect(wanted.has("a", 1)).toBe(true);
  expect(wanted.among([topic("a", 2)], nowhere)).toMatchObject({ found: [{ partitions: [0, 1] }], problems: [] });
});

test("what isn't there is a problem at its line, and what may not be seen says which right is missing", () => {
  const wanted = new WantedPartitions();
  wanted.add("gone", [0, 1]);
  wanted.add("short", [0, 7]);
  wanted.addTopic("hidden");
  const hidden = { ...topic("hidden", 0), errorCode: 29 };
  const line = (name: string, partition: number) => (name === "hidden" ? null : 10 + partition);
  const { problems } = wanted.among([topic("short", 1), hidden], line);
  expect(problems.map((one) => [one.topic, one.partition, one.line])).toEqual([
    ["gone", 0, 10],
    ["gone", 1, 11],
    ["hidden", null, null],
    ["short", 7, 17],
  ]);
  expect(problems[2]?.detail).toContain("Describe on Topic hidden");
});

test("more partitions than are moved in one go are refused", () => {
  const wanted = new WantedPartitions();
  wanted.addTopic("a");
  expect(wanted.among([topic("a", MAX_MOVES)], nowhere).found[0]?.partitions).toHaveLength(MAX_MOVES);
  wanted.add("b", [0]);
  expect(() => wanted.among([topic("a", MAX_MOVES), topic("b", 1)], nowhere)).toThrow("10,001 partitions");
});
