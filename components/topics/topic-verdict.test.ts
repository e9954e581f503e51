import { expect, test } from "vitest";
import type { TopicDetail } from "#lib/contracts/topics.ts";
import { sentenceText } from "#lib/sentence.ts";
import { topicVerdicts } from "./topic-verdict.ts";

type Partition = TopicDetail["partitions"][number];

const partition = (id: number, change: Partial<Partition> = {}): Partition => ({
  partition: id,
  leader: 1,
  leaderEpoch: 0,
  replicas: [1, 2, 3],
  isr: [1, 2, 3],
  offlineReplicas: [],
  logStartOffset: "0",
  highWatermark: "0",
  lastStableOffset: "0",
  sizeBytes: "0",
  ...change,
});
const verdicts = (partitions: Partition[], minInsyncReplicas: number | null = 2) =>
  topicVerdicts({
    name: "orders",
    topicId: null,
    internal: false,
    minInsyncReplicas,
    cleanupPolicy: "delete",
    partitions,
    missing: [],
    observedAtMs: 0,
  });

test("says nothing of a healthy topic", () => {
  expect(verdicts([partition(0), partition(1)])).toEqual([]);
});

test("names the partitions, the brokers that are missing, and what follows; worst first", () => {
  const found = verdicts([
    partition(0, { isr: [1, 3] }),
    partition(1, { isr: [1] }),
    partition(2, { leader: null, isr: [2], replicas: [2] }),
    partition(3, { leader: null, isr: [2], replicas: [2] }),
  ]);
  expect(found.map(({ title }) => title)).toEqual([
    "Partitions 2 and 3 are offline.",
    "Partition 1 refuses writes with acks=all.",
    "Partition 0 is under-replicated.",
  ]);
  const details = found.map(({ detail }) => sentenceText(detail));
  expect(details[0]).toContain("until broker 2 returns");
  expect(details[1]).toContain("Brokers 2 and 3 are not in sync.");
  expect(details[2]).toContain("Broker 2 is not in sync.");
});

test("counts where naming would be a list nobody reads", () => {
  const many = Array.from({ length: 30 }, (_, id) => partition(id, { isr: [1, 3] }));
  expect(verdicts(many)[0]?.title.replace("\u00a0", " ")).toBe("30 partitions are under-replicated.");
});
