import { expect, test } from "vitest";
import type { MoveOutcome } from "#lib/contracts/offset-resets.ts";
import { driftOf, type LiveGroup, mergeApplied, movesToSend, pairOutcomes, presenceOf, retryOf } from "./plan-moves.ts";
import { sampleMove, samplePlan } from "./sample-plan.ts";

type Live = NonNullable<LiveGroup>;
const held = (partition: number, committedOffset: string | null, committedRead = true) =>
  ({ topic: "orders", partition, committedOffset, committedRead }) as Live["partitions"][number];
const live = (change: Partial<Live>): Live => ({
  members: [],
  state: "empty",
  partitions: [],
  missing: [],
  observedAtMs: 2_000,
  ...change,
});
const member = { memberId: "m-1", instanceId: null, clientId: "billing-1", host: "10.0.0.1", assigned: [] };
const refusal = {
  code: "group-not-empty",
  detail: "",
  sessionTimeoutMs: 45_000,
  members: [member],
  command: null,
} as const;

test("sends what is moved, with what an undo gives back, and nothing else", () => {
  const moves = [
    sampleMove({ partition: 0, toLeaderEpoch: 7, toMetadata: "m" }),
    sampleMove({ partition: 1, to: "100" }),
    sampleMove({ partition: 2, to: null }),
  ];
  expect(movesToSend(moves)).toEqual([
    { topic: "orders", partition: 0, from: "100", to: "40", toLeaderEpoch: 7, toMetadata: "m" },
    { topic: "orders", partition: 2, from: "100", to: null, toLeaderEpoch: null, toMetadata: "" },
  ]);
});

test("the newer word about members counts", () => {
  const plan = samplePlan([sampleMove()], { refusal: { ...refusal, members: [member] } });
  expect(presenceOf(plan, undefined)).toMatchObject({ kind: "members", observedAtMs: 1_000 });
  expect(presenceOf(plan, live({ observedAtMs: 900 }))).toMatchObject({ kind: "members", observedAtMs: 1_000 });
  expect(presenceOf(plan, live({}))).toEqual({ kind: "empty", emptied: true });
  expect(presenceOf(plan, live({ members: null }))).toMatchObject({ kind: "members" });
  expect(presenceOf(plan, null)).toEqual({ kind: "empty", emptied: true });
  const joined = [{ ...member }] as unknown as Live["members"];
  expect(presenceOf(samplePlan([sampleMove()]), live({ members: joined }))).toMatchObject({ kind: "members" });
});

test("a type that isn't moved here stays refused whatever its members do", () => {
  const plan = samplePlan([], {
    refusal: { ...refusal, members: [], code: "group-type-unsupported", command: "kafka-share-groups.sh" },
  });
  expect(presenceOf(plan, live({}))).toMatchObject({ kind: "unsupported", command: "kafka-share-groups.sh" });
});

test("partitions that left the plan's ground are named with what they hold", () => {
  const plan = samplePlan([
    sampleMove({ partition: 0 }),
    sampleMove({ partition: 1 }),
    sampleMove({ partition: 2, from: null }),
    sampleMove({ partition: 3, to: "100" }),
    sampleMove({ partition: 4 }),
  ]);
  const now = live({
    partitions: [held(0, "100"), held(1, "104"), held(2, "5"), held(3, "999"), held(4, null, false)],
  });
  expect([...driftOf(plan, now)]).toEqual([
    ["orders-1", "104"],
    ["orders-2", "5"],
  ]);
  expect(driftOf(plan, { ...now, observedAtMs: 500 }).size).toBe(0);
  expect(driftOf(plan, undefined).size).toBe(0);
});

test("a partition that isn't listed has no commit, unless part of the answer is missing", () => {
  const plan = samplePlan([sampleMove()]);
  expect([...driftOf(plan, live({}))]).toEqual([["orders-0", null]]);
  expect(driftOf(plan, live({ missing: [{ part: "offsets", code: "x", detail: "" }] })).size).toBe(0);
});

test("a retry sends what is where it was, settles what arrived, and gives up what somebody else moved", () => {
  const moves = movesToSend([0, 1, 2, 3].map((partition) => sampleMove({ partition })));
  const outcome = (partition: number, kind: MoveOutcome["outcome"]): MoveOutcome => ({
    topic: "orders",
    partition,
    outcome: kind,
    committedOffset: null,
    detail: null,
  });
  const applied = pairOutcomes(moves, [outcome(0, "moved"), outcome(1, "failed"), outcome(2, "unknown")]);
  expect(applied[3]?.outcome.outcome).toBe("unknown");
  const retry = retryOf(applied, live({ partitions: [held(1, "100"), held(2, "40"), held(3, "77")] }));
  expect(retry.send.map(({ partition }) => partition)).toEqual([1]);
  expect(retry.settled.map(({ move }) => move.partition)).toEqual([2]);
  expect(retry.lost.map(({ move }) => move.partition)).toEqual([3]);
  const merged = mergeApplied(applied, [...retry.settled, ...retry.lost]);
  expect(merged.map(({ outcome: { outcome: kind } }) => kind)).toEqual(["moved", "failed", "moved", "overwritten"]);
});
