import { describe, expect, test } from "vitest";
import { type PlannedTopic, rateQuantity, topicConsequences } from "./topic-consequences.ts";

const GiB = 1n << 30n;
const brokers = [1, 2, 3].map((id) => ({ id, rack: null, state: "up" as const, diskUsableBytes: String(100n * GiB) }));
const planned: PlannedTopic = {
  partitions: 12,
  replicationFactor: 3,
  assignment: null,
  minInsyncReplicas: 2,
  cleanupPolicy: "delete",
  retentionMs: 604_800_000n,
  retentionBytes: -1n,
};
const consequence = (
  key: string,
  change: Partial<PlannedTopic> = {},
  on: Parameters<typeof topicConsequences>[1] = brokers,
) => topicConsequences({ ...planned, ...change }, on, 100_000).find((line) => line.key === key);

const plain = (text: string | undefined) => text?.replaceAll("\u00a0", " ");

test("multiplies partitions by replicas", () => {
  expect(plain(consequence("replicas")?.title)).toBe("12 partitions × 3 replicas = 36 replicas on 3 brokers.");
});

test("says when a broker that is down leaves too few", () => {
  const [one, two, three] = brokers;
  if (!one || !two || !three) throw new Error("three brokers");
  const oneDown = [one, two, { ...three, state: "down" as const }];
  expect(consequence("replicas", {}, oneDown)).toMatchObject({ severity: "warning" });
  expect(consequence("replicas", { replicationFactor: 2 }, oneDown)).toMatchObject({ severity: "note" });
});

test("says first that there are too few brokers for the replicas, and nothing that would follow", () => {
  const lines = topicConsequences({ ...planned, replicationFactor: 9 }, brokers, 1_000);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ severity: "critical", detail: "This cluster has 3, those that are down included." });
});

test.each([
  [3, 2, "note", "survive the loss of 1 broker."],
  [3, 1, "note", "survive the loss of 2 brokers."],
  [3, 3, "warning", "survive the loss of no broker."],
  [1, 1, "warning", "No broker may be lost."],
  [1, 2, "warning", "asks for 2 of 1 replica."],
])("%i replicas with min.insync.replicas %i", (replicationFactor, minInsyncReplicas, severity, end) => {
  const line = consequence("losses", { replicationFactor, minInsyncReplicas });
  expect(line?.severity).toBe(severity);
  expect(plain(line?.title)?.endsWith(end)).toBe(true);
});

describe("with broker 3 down", () => {
  const threeDown = brokers.map((broker) => (broker.id === 3 ? { ...broker, state: "down" as const } : broker));
  test.each([
    [3, 2, "warning", "survive the loss of no other broker."],
    [3, 1, "warning", "survive the loss of 1 more broker."],
    [3, 3, "critical", "are refused from the start."],
    // Both replicas go to brokers that are up.
    [2, 1, "note", "survive the loss of 1 broker."],
  ])("%i replicas with min.insync.replicas %i", (replicationFactor, minInsyncReplicas, severity, end) => {
    const line = consequence("losses", { replicationFactor, minInsyncReplicas }, threeDown);
    expect(line?.severity).toBe(severity);
    expect(plain(line?.title)).toMatch(new RegExp(`${end}$`));
  });

  test("a rack whose brokers are all away gets its replica all the same", () => {
    const racked = threeDown.map((broker) => ({ ...broker, rack: broker.id === 3 ? "b" : "a" }));
    const line = consequence("losses", { replicationFactor: 2, minInsyncReplicas: 1 }, racked);
    expect(plain(line?.title)).toContain("no other broker");
  });

  test("an assignment by hand is as safe as its worst partition", () => {
    const change = { replicationFactor: 2, minInsyncReplicas: 1 };
    const on = (assignment: number[][]) => consequence("losses", { ...change, assignment }, threeDown);
    expect(on([[1, 2]])).toMatchObject({ severity: "note" });
    expect(
      plain(
        on([
          [1, 2],
          [1, 3],
        ])?.title,
      ),
    ).toContain("no other broker");
  });
});

test("disk need is rate × time × replicas, or what retention.bytes allows", () => {
  expect(plain(consequence("disk")?.title)).toBe("At 100 kB/s in, 7 d need 56.3 GiB × 3 = 169 GiB.");
  expect(plain(consequence("disk")?.detail)).toBe("Free on the 3 brokers that are up: 300 GiB.");
  expect(plain(consequence("disk", { retentionBytes: GiB })?.title)).toBe("At most 12.0 GiB × 3 = 36.0 GiB.");
});

test("warns when it doesn't fit, and when nothing limits it", () => {
  expect(consequence("disk", { retentionMs: 6_048_000_000n })).toMatchObject({ severity: "warning" });
  expect(consequence("disk", { retentionMs: -1n })).toMatchObject({
    severity: "warning",
    title: "It grows without a limit.",
  });
});

test("a compacted topic keeps the newest of each key, whatever retention says", () => {
  expect(consequence("disk", { cleanupPolicy: "compact" })?.title).toContain("newest message of each key");
  expect(plain(consequence("disk", { cleanupPolicy: "compact,delete" })?.title)).toContain("7 d need");
});

test("a topic whose cleanup.policy is empty grows whatever retention says", () => {
  expect(consequence("disk", { cleanupPolicy: "" })?.title).toBe("It grows without a limit.");
});

test("unknown numbers leave their line out, never 0", () => {
  expect(topicConsequences({ ...planned, replicationFactor: null }, brokers, 1_000)).toEqual([]);
  expect(consequence("losses", { minInsyncReplicas: null })).toBeUndefined();
  expect(consequence("disk", { retentionMs: null })).toBeUndefined();
  expect(
    plain(
      consequence(
        "disk",
        {},
        brokers.map((broker) => ({ ...broker, diskUsableBytes: null })),
      )?.detail,
    ),
  ).toBe("");
});

test("rates are decimal", () => {
  expect(rateQuantity(1_000_000)).toEqual({ value: "1", unit: "MB/s" });
  expect(rateQuantity(10_000)).toEqual({ value: "10", unit: "kB/s" });
});
