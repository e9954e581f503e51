import { expect, test } from "vitest";
import { sentenceText } from "#lib/sentence.ts";
import { clusterView, partition, topic } from "#scripts/testing/cluster-view.ts";
import type { ClusterView } from "./cluster-view.ts";
import { findProblems } from "./find-problems.ts";
import { countHealth } from "./partition-health.ts";
import { verdict } from "./verdict.ts";

function said(view: ClusterView): string {
  const { severity, title, detail } = verdict(view, findProblems(view));
  return `${severity}: ${sentenceText(title)} | ${sentenceText(detail)}`;
}

const six = Array.from({ length: 6 }, (_, id) => partition(id, [1, 2, 3]));

test("all well", () => {
  expect(said(clusterView([topic("a", six)]))).toBe(
    "ok: All 6 partitions are in sync on three brokers. | Each has a leader and accepts every write.",
  );
  expect(said(clusterView([topic("a", [partition(0, [1])])]))).toMatch(/^ok: The one partition is in sync/);
});

test("a cluster without topics", () => {
  expect(said(clusterView([]))).toBe(
    "ok: There are no topics yet on three brokers. | Create a topic, and its health is shown here.",
  );
});

test("min ISR unknown: nothing is claimed about writes", () => {
  expect(said(clusterView([topic("a", six)], { minIsr: null }))).toBe(
    "ok: All 6 partitions are in sync on three brokers. | Each has a leader.",
  );
});

test("a broker down, everything served", () => {
  const now = [
    topic(
      "a",
      six.map((one) => ({ ...one, leader: 1, isr: [1, 3] })),
    ),
  ];
  expect(said(clusterView(now, { up: [1, 3] }))).toBe(
    "critical: Broker 2 is down. 6 partitions are under-replicated. | Every partition is served by the other two brokers. All 6 accept every write.",
  );
});

test("a broker down, with offline and refusing partitions", () => {
  const now = [
    topic("a", [
      partition(0, [2], { leader: null }),
      partition(1, [1, 2], { isr: [1] }),
      partition(2, [1, 2], { isr: [1] }),
      partition(3, [1, 3]),
    ]),
  ];
  expect(said(clusterView(now, { up: [1, 3], minIsr: 2 }))).toBe(
    "critical: Broker 2 is down. 1 partition is offline, 2 are under-replicated and refuse writes. | Everything else is served by the other two brokers. 1 of 4 partitions accept every write.",
  );
});

test("partitions that refuse writes are counted among the under-replicated, as everywhere", () => {
  const two = { isr: [1, 3] };
  const parts = [partition(0, [1, 2, 3], two), partition(1, [1, 2, 3], two), partition(2, [1, 2], { isr: [1] })];
  expect(said(clusterView([topic("a", parts)], { up: [1, 3], minIsr: 2 }))).toContain(
    "3 partitions are under-replicated, 1 of which refuses writes. |",
  );
  expect(said(clusterView([topic("a", parts.slice(2))], { up: [1, 3], minIsr: 2 }))).toContain(
    "1 partition is under-replicated and refuses writes. |",
  );
});

test("a broker down, and the configs of one topic unread: no claim about all writes, and what surely refuses is said", () => {
  const one = (name: string) => topic(name, [partition(0, [1, 2, 3], { isr: [1] })]);
  const minIsrs = new Map([
    ["accepts", 1],
    ["refuses", 2],
  ]);
  const saidWith = (names: string[]) => {
    const topics = names.map(one);
    const minIsrOf = (name: string) => minIsrs.get(name) ?? null;
    return said(clusterView(topics, { up: [1, 3], minIsrOf, health: countHealth(topics, minIsrOf) }));
  };
  expect(saidWith(["accepts", "unread"])).toBe(
    "critical: Broker 2 is down. 2 partitions are under-replicated. | Every partition is served by the other two brokers.",
  );
  expect(saidWith(["refuses", "unread"])).toBe(
    "critical: Broker 2 is down. 2 partitions are under-replicated, 1 of which refuses writes. | Every partition is served by the other two brokers.",
  );
});

test("a broker that is fenced", () => {
  expect(said(clusterView([topic("a", [partition(0, [1])])], { up: [1, 3], fenced: [2] }))).toMatch(
    /^critical: Broker 2 is fenced\./,
  );
});

test("something else wrong: its own sentence, and that the partitions are well", () => {
  const dir = { path: "/data", errorCode: 0, totalBytes: 100n, usableBytes: 10n };
  expect(said(clusterView([topic("a", six)], { volumes: new Map([[2, [dir]]]) }))).toBe(
    "warning: Broker 2's disk is 90% full. | All 6 partitions are in sync on three brokers.",
  );
});

test("only something unread is no alarm", () => {
  const missing = [{ part: "quorum", code: "kafka-forbidden", detail: "Needs a right." }];
  expect(said(clusterView([topic("a", six)], { missing }))).toBe(
    "info: All 6 partitions are in sync on three brokers. | This user may not see everything: quorum.",
  );
});

test("a broker that was killed a moment ago and is still named as leader", () => {
  const view = clusterView([topic("a", [partition(0, [2, 1]), partition(1, [1, 2])])]);
  const brokers = view.brokers.map((one) => (one.id === 2 ? { ...one, state: "down" as const } : one));
  expect(said({ ...view, brokers })).toBe(
    "critical: Broker 2 is down. | 1 partition waits for a new leader. Everything else is served by the other two brokers.",
  );
});
