import { expect, test } from "vitest";
import { listTopics as contract } from "#lib/contracts/topics.ts";
import { partition, topic } from "#scripts/testing/cluster-view.ts";
import { compact } from "./list-topic-configs.ts";
import { summarise } from "./list-topics.ts";

test("messages are the sum of high watermark − log start offset, exact beyond 2^53", () => {
  const two = topic("a", [partition(0, [1]), partition(1, [1])]);
  const far = 2n ** 62n;
  expect(summarise(two, [1n, 0n], [far, far]).messages).toBe((far * 2n - 1n).toString());
});

test("messages are unknown when one partition could not be read, and never negative", () => {
  const two = topic("a", [partition(0, [1]), partition(1, [1])]);
  expect(summarise(two, [0n, null], [5n, 5n]).messages).toBeNull();
  expect(summarise(two, [0n, 0n], [5n]).messages).toBeNull();
  expect(summarise(two, [9n, 0n], [5n, 5n]).messages).toBe("5");
});

test("a healthy topic is compact on the wire, and whole again on the other side", () => {
  const summary = summarise(topic("a", [partition(0, [1, 2])]), [0n], [0n]);
  expect(summary).toEqual({ name: "a", partitionCount: 1, replicationFactor: 2, messages: "0" });
  const parsed = contract.response.parse({ topics: [summary], missing: [], observedAtMs: 1 });
  expect(parsed.topics[0]).toMatchObject({ internal: false, offline: 0, underReplicated: 0 });
});

test("replicas in sync by partition, and how many partitions are offline or under-replicated", () => {
  const eleven = Array.from({ length: 11 }, (_, id) => id);
  const summary = summarise(
    topic("a", [
      partition(0, [1, 2, 3]),
      partition(1, [1, 2, 3], { isr: [1, 2] }),
      partition(2, [1, 2, 3], { leader: null, isr: [3] }),
      partition(3, eleven),
    ]),
    [],
    [],
  );
  expect(summary).toMatchObject({ offline: 1, underReplicated: 1, isrByPartition: "320+" });
});

test("configs name once what most topics have; a topic that could not be read has none", () => {
  const usual = { cleanupPolicy: "delete", retentionMs: "604800000", retentionBytes: "-1", minInsyncReplicas: 1 };
  const byTopic = new Map([
    ["a", usual],
    ["b", { ...usual, cleanupPolicy: "compact", minInsyncReplicas: 2 }],
    ["c", usual],
    ["secret", null],
  ]);
  expect(compact(byTopic)).toEqual({
    common: usual,
    topics: { b: { cleanupPolicy: "compact", minInsyncReplicas: 2 }, secret: null },
  });
  expect(compact(new Map([["secret", null]]))).toEqual({ common: null, topics: { secret: null } });
});
