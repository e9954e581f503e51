import { expect, test } from "vitest";
import type { Overview } from "#lib/contracts/clusters.ts";
import { problemsText } from "./problems-text.ts";
import { vitalSigns } from "./vital-signs.ts";

const broker = (id: number, rest: Partial<Overview["brokers"][number]> = {}): Overview["brokers"][number] => ({
  id,
  host: "h",
  port: 9092,
  rack: null,
  state: "up",
  isController: id === 1,
  leaderCount: 1,
  replicaCount: 3,
  outOfSyncCount: 0,
  sizeBytes: "1",
  diskTotalBytes: "1000",
  diskUsableBytes: "600",
  diskUsedPercent: 40,
  process: null,
  ...rest,
});

const overview = (rest: Partial<Overview> = {}): Overview => ({
  cluster: {
    name: "c",
    displayName: "C",
    production: false,
    readOnly: false,
    local: false,
    bootstrap: "h:9092",
    security: { protocol: "PLAINTEXT", saslMechanism: null },
  },
  groups: null,
  clusterId: "id",
  kafkaVersion: "4.3",
  controllerId: 1,
  quorum: {
    leaderId: 1,
    leaderEpoch: 7,
    highWatermark: "10",
    voters: [
      { id: 1, lag: "0", lastFetchMs: null },
      { id: 2, lag: "0", lastFetchMs: 99_000 },
    ],
  },
  verdict: { severity: "ok", title: ["All well."], detail: [] },
  problems: [],
  brokers: [broker(1), broker(2)],
  brokersUp: 2,
  brokersExpected: 2,
  topicCount: 1,
  partitions: { total: 9, offline: 0, underMinIsr: 0, underReplicated: 0 },
  messagesIn: [],
  ages: [],
  missing: [],
  observedAtMs: 100_000,
  ...rest,
});

const sign = (key: string, of: Overview) => vitalSigns(of, null).find((one) => one.key === key);

test("healthy has no colour", () => {
  expect(vitalSigns(overview(), null).map(({ tone }) => tone)).toEqual(Array(8).fill("plain"));
});

test("trouble has a shape and a colour, and leads to its filtered list", () => {
  const sick = overview({ partitions: { total: 9, offline: 1, underMinIsr: 2, underReplicated: 3 } });
  expect(sign("offline", sick)).toMatchObject({
    value: "1",
    tone: "crit",
    glyph: "octagon",
    href: "/clusters/c/topics?health=offline",
  });
  expect(sign("under-min-isr", sick)).toMatchObject({ value: "2", tone: "crit" });
  expect(sign("under-replicated", sick)).toMatchObject({ value: "3", tone: "warn", glyph: "triangle" });
});

test("what could not be read is unknown, not 0", () => {
  const partly = overview({
    partitions: { total: 9, offline: 0, underMinIsr: null, underReplicated: 0 },
    brokers: [broker(1, { diskUsedPercent: null })],
    quorum: null,
  });
  expect(sign("under-min-isr", partly)).toMatchObject({ value: "—", glyph: "dash" });
  expect(sign("disk", partly)).toMatchObject({ value: "—", glyph: "dash" });
  expect(sign("controller", partly)).toMatchObject({ value: "1", aside: "quorum not read" });
});

test("the fullest disk is named, amber at the mark and red near its end", () => {
  const full = (percent: number) => overview({ brokers: [broker(1), broker(2, { diskUsedPercent: percent })] });
  expect(sign("disk", full(84))).toMatchObject({ value: "84", aside: "broker 2", tone: "plain" });
  expect(sign("disk", full(85))).toMatchObject({ value: "85", tone: "warn" });
  expect(sign("disk", full(96))).toMatchObject({ value: "96", tone: "crit", href: "/clusters/c/brokers/2" });
});

test("stuck and abandoned groups lead to themselves; while they are not read they are unknown, not 0", () => {
  expect(sign("groups", overview())).toMatchObject({ value: "—", glyph: "dash", tone: "plain" });
  expect(sign("groups", overview({ groups: { total: 48, stuck: 0, abandoned: 0, warned: 0 } }))).toMatchObject({
    value: "0",
    aside: "of 48\u00a0groups",
    glyph: "tick",
  });
  expect(sign("groups", overview({ groups: { total: 48, stuck: 2, abandoned: 1, warned: 0 } }))).toMatchObject({
    value: "3",
    aside: "2 stuck, 1 abandoned",
    // As the list of problems has it.
    tone: "warn",
    href: "/clusters/c/groups?verdict=stuck-or-abandoned",
  });
  expect(sign("groups", overview({ groups: { total: 1, stuck: 0, abandoned: 1, warned: 0 } }))).toMatchObject({
    tone: "warn",
    glyph: "triangle",
  });
});

test("a voter that fell silent is not counted into the quorum", () => {
  const voters = [
    { id: 1, lag: "0", lastFetchMs: null },
    { id: 2, lag: "9", lastFetchMs: 80_000 },
  ];
  expect(
    sign("controller", overview({ quorum: { leaderId: 1, leaderEpoch: 7, highWatermark: "10", voters } })),
  ).toMatchObject({
    aside: "epoch 7 · quorum 1 of 2",
    tone: "warn",
  });
});

test("voters of which the protocol doesn't tell when they fetched are not called silent", () => {
  const voters = [1, 2, 3].map((id) => ({ id, lag: null, lastFetchMs: null }));
  expect(
    sign("controller", overview({ quorum: { leaderId: 1, leaderEpoch: 7, highWatermark: "10", voters } })),
  ).toMatchObject({ aside: "epoch 7 · 3\u00a0voters", tone: "plain", glyph: "tick" });
});

test("the copy carries the zone, the verdict and each problem with its cause", () => {
  const text = problemsText(
    overview({
      verdict: { severity: "critical", title: ["Broker ", { broker: 2 }, " is down."], detail: [] },
      problems: [
        {
          key: "offline",
          kind: "offline",
          severity: "critical",
          title: ["1 partition is offline: ", { topic: "orders", partition: 3 }, "."],
          detail: ["Its only replica is on broker ", { broker: 2 }, "."],
          sinceMs: 0,
          target: null,
        },
      ],
    }),
    "UTC",
  );
  expect(text).toBe(
    [
      "C, 1970-01-01 00:01:40 UTC: Broker 2 is down.",
      "- critical: 1 partition is offline: orders-3. Its only replica is on broker 2. (seen since 1970-01-01 00:00:00)",
    ].join("\n"),
  );
});
