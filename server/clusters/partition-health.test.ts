import { expect, test } from "vitest";
import { partition, topic } from "#scripts/testing/cluster-view.ts";
import { kafkaVersion } from "./kafka-version.ts";
import { countHealth } from "./partition-health.ts";
import { bytes, count, inWords, listed } from "./words.ts";

test("each partition counts as the worst it is; refusing writes is under-replicated too", () => {
  const topics = [
    topic("a", [
      partition(0, [1, 2, 3]),
      partition(1, [1, 2, 3], { isr: [1, 2] }),
      partition(2, [1, 2, 3], { isr: [1] }),
      partition(3, [1], { leader: null }),
    ]),
  ];
  expect(countHealth(topics, () => 2)).toEqual({
    total: 4,
    offline: 1,
    underMinIsr: 1,
    refusing: 1,
    underReplicated: 2,
  });
});

test("under min ISR is unknown only when no topic's configs could be read", () => {
  const topics = [topic("a", [partition(0, [1])]), topic("b", [partition(0, [1])])];
  expect(countHealth(topics, () => null).underMinIsr).toBeNull();
  expect(countHealth(topics, (name) => (name === "a" ? 1 : null)).underMinIsr).toBe(0);
  expect(countHealth([], () => null).underMinIsr).toBe(0);
});

test("under min ISR is unknown when an under-replicated partition's min.insync.replicas is", () => {
  const known = topic("known", [partition(0, [1, 2, 3], { isr: [1] })]);
  const unread = topic("unread", [partition(0, [1, 2, 3], { isr: [1] })]);
  const minIsrOf = (name: string) => (name === "known" ? 2 : null);
  expect(countHealth([known, unread], minIsrOf)).toMatchObject({ underMinIsr: null, refusing: 1, underReplicated: 2 });
  // All replicas in sync are enough for any minimum.
  const well = topic("unread", [partition(0, [1, 2, 3])]);
  expect(countHealth([known, well], minIsrOf)).toMatchObject({ underMinIsr: 1, refusing: 1 });
});

test("the Kafka version follows from the level of metadata.version", () => {
  const of = (level: number) => kafkaVersion(new Map([["metadata.version", level]]));
  expect([14, 19, 20, 21, 25, 27, 29, 30].map(of)).toEqual(["3.6", "3.7", "3.8", "3.9", "4.0", "4.1", "4.2", "4.3"]);
  expect(of(31)).toBe("4.3+");
  expect(of(1)).toBeNull();
  expect(kafkaVersion(new Map())).toBeNull();
});

test("counts, lists and bytes read well", () => {
  expect([count(1, "partition"), count(12_178, "partition"), inWords(3, "broker"), inWords(14, "broker")]).toEqual([
    "1 partition",
    "12,178 partitions",
    "three brokers",
    "14 brokers",
  ]);
  expect(
    [["a"], ["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d", "e"]].map((items) => listed(items, 3).join("")),
  ).toEqual(["a", "a and b", "a, b and c", "a, b, c and 2 more"]);
  expect([0n, 1_023n, 1_536n, 7_900_000_000_000n, 2n ** 60n].map(bytes)).toEqual([
    "0 B",
    "1023 B",
    "1.5 KiB",
    "7.2 TiB",
    "1024 PiB",
  ]);
});
