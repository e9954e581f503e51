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
  expect(details[2]).toMatch(/See whether it is up and keeps up; its replicas catch up by themselves\.$/);
});

test("counts where naming would be a list nobody reads", () => {
  const many = Array.from({ length: 30 }, (_, id) => partition(id, { isr: [1, 3] }));
  expect(verdicts(many)[0]?.title.replace("\u00a0", " ")).toBe("30 partitions are under-replicated.");
});

test("an offline partition waits for a broker that was last in sync, not for another one", () => {
  const offline = { leader: null, replicas: [3, 1], offlineReplicas: [3] };
  const detail = (partitions: Partition[]) => verdicts(partitions).map((verdict) => sentenceText(verdict.detail))[0];
  expect(detail([partition(0, { ...offline, isr: [3] })])).toBe(
    "Nothing can be read or written there until broker 3 returns with its replica, the last in sync. " +
      "The replica on broker 1 had fallen behind: to lead, it would have to give up messages (unclean.leader.election.enable).",
  );
  const allAway = { leader: null, offlineReplicas: [1, 2, 3] };
  expect(detail([partition(0, { ...allAway, isr: [3, 2] })])).toContain("until one of brokers 2 and 3 returns with");
  expect(detail([partition(0, { ...allAway, isr: [3] }), partition(1, { ...allAway, isr: [2] })])).toContain(
    "until each has one of its last replicas in sync back; they are on brokers 2 and 3.",
  );
  expect(detail([partition(0, { ...allAway, isr: [] })])).toContain(
    "until one of brokers 1, 2 and 3 returns with every message; no replica is in sync.",
  );
});

test("while min.insync.replicas is unknown, writes are not said to be accepted", () => {
  const [known] = verdicts([partition(0, { isr: [1, 3] })], 2);
  const [unknown] = verdicts([partition(0, { isr: [1] })], null);
  expect(known && sentenceText(known.detail)).toContain("Everything can still be read and written.");
  expect(unknown && sentenceText(unknown.detail)).toBe(
    "Brokers 2 and 3 are not in sync. Everything can still be read; whether writes with acks=all are accepted can't be told: min.insync.replicas was not read. See whether they are up and keep up; their replicas catch up by themselves.",
  );
});
