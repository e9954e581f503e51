import { expect, test } from "vitest";
import { partition, topic } from "#scripts/testing/cluster-view.ts";
import { topicSizes } from "./list-topic-sizes.ts";

const logDirs = (sizes: Record<string, readonly [size: bigint, replicas: number]>) => ({
  byBroker: new Map(),
  topicSizes: new Map(Object.entries(sizes).map(([name, [size]]) => [name, size])),
  topicReplicas: new Map(Object.entries(sizes).map(([name, [, replicas]]) => [name, replicas])),
  failures: [],
});
const two = [partition(0, [1, 2]), partition(1, [2, 3])];

test("a size is whole only when every replica was found in a log dir", () => {
  const found = logDirs({ whole: [2n ** 60n, 4], partly: [5n, 3] });
  expect(topicSizes(found, [topic("whole", two), topic("partly", two)])).toEqual({
    sizes: { whole: "1152921504606846976" },
    atLeast: { partly: "5" },
  });
});

test("a topic of which no replica was found is unknown, not empty", () => {
  expect(topicSizes(logDirs({}), [topic("away", two)])).toEqual({ sizes: {}, atLeast: {} });
});

test("asked for one topic it tells no other", () => {
  const found = logDirs({ a: [1n, 4], b: [2n, 4] });
  expect(topicSizes(found, [topic("a", two)], "a")).toEqual({ sizes: { a: "1" }, atLeast: {} });
});
