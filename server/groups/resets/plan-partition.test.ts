import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Aim, KEPT, planPartition } from "./plan-partition.ts";
import { planTotals } from "./plan-totals.ts";

const at = (offset: bigint) => ({ offset, leaderEpoch: 7, metadata: "m" });
const facts = (committed: bigint | null, logStartOffset: bigint | null = 10n, highWatermark: bigint | null = 100n) => ({
  ...{ topic: "orders", partition: 3, logStartOffset, highWatermark },
  committed: committed === null ? null : at(committed),
});
const plan = (committed: bigint | null, aim: Aim, edited = false) => planPartition(facts(committed), aim, edited);

test.each<[string, bigint | null, Aim, object]>([
  [
    "back to the start",
    50n,
    { at: "start" },
    { to: "10", direction: "replay", difference: "-40", lagAfter: "90", flags: [] },
  ],
  ["to the end", 50n, { at: "end" }, { to: "100", direction: "skip", difference: "50", lagAfter: "0", flags: [] }],
  ["where it is", 50n, { at: "offset", offset: 50n }, { to: "50", direction: "none", difference: "0", flags: [] }],
  [
    "a first commit",
    null,
    { at: "start" },
    { to: "10", direction: "first-commit", difference: null, flags: ["no-commit"] },
  ],
  ["kept", 50n, KEPT, { to: "50", direction: "none", difference: null, lagAfter: "50", flags: ["kept"] }],
  ["kept without a commit", null, KEPT, { to: null, direction: "none", lagAfter: "90", flags: ["no-commit", "kept"] }],
  ["forgotten", 50n, { at: "no-commit" }, { to: null, direction: "forget", lagAfter: "90", flags: [] }],
  ["nothing to forget", null, { at: "no-commit" }, { to: null, direction: "none", flags: ["no-commit"] }],
  ["since a time", 50n, { at: "since", offset: 20n }, { to: "20", direction: "replay", flags: [] }],
  [
    "since a time beyond the end",
    50n,
    { at: "since", offset: null },
    { to: "100", direction: "skip", flags: ["no-match"] },
  ],
  [
    "a time its leader doesn't tell",
    50n,
    { at: "since", offset: "unread" },
    { to: "50", direction: "none", flags: ["unreadable"] },
  ],
  ["negative", 50n, { at: "offset", offset: -3n }, { to: "10", direction: "replay", flags: ["clamped-to-start"] }],
  ["huge", 50n, { at: "offset", offset: 2n ** 63n - 1n }, { to: "100", direction: "skip", flags: ["clamped-to-end"] }],
  ["kept beyond the end", 120n, KEPT, { to: "120", direction: "none", lagAfter: "0", flags: ["kept"] }],
  ["beneath the log", 5n, { at: "start" }, { to: "10", direction: "skip", difference: "5", flags: ["past-retention"] }],
])("%s", (_, committed, aim, expected) => {
  expect(plan(committed, aim)).toMatchObject(expected);
});

describe("what lies beside the offset", () => {
  test("an undo gives back epoch and metadata", () => {
    const aim: Aim = { at: "offset", offset: 20n, leaderEpoch: 3, metadata: "x" };
    expect(plan(50n, aim)).toMatchObject({ to: "20", toLeaderEpoch: 3, toMetadata: "x" });
  });
  test("the epoch only where the offset is the saved one", () => {
    const aim: Aim = { at: "offset", offset: 5n, leaderEpoch: 3, metadata: "x" };
    expect(plan(50n, aim)).toMatchObject({ to: "10", toLeaderEpoch: null, toMetadata: "x" });
  });
  test("an offset at the very start, or at the very end, is within: nothing of it is clamped away", () => {
    for (const offset of [10n, 100n]) {
      const aim: Aim = { at: "offset", offset, leaderEpoch: 3, metadata: "x", restored: true };
      expect(plan(50n, aim)).toMatchObject({ to: `${offset}`, toLeaderEpoch: 3, toMetadata: "x", flags: ["restored"] });
    }
  });
  test("every other target has neither", () => {
    expect(plan(50n, { at: "start" })).toMatchObject({ toLeaderEpoch: null, toMetadata: "" });
  });
});

test("an empty partition, and one whose ends can't be read", () => {
  expect(planPartition(facts(null, 4n, 4n), { at: "since", offset: null }, false)).toMatchObject({
    ...{ to: "4", direction: "first-commit", lagAfter: "0" },
    flags: ["no-commit", "empty", "no-match"],
  });
  expect(planPartition(facts(7n, null, 9n), { at: "start" }, true)).toMatchObject({
    ...{ to: "7", direction: "none", lagAfter: "2" },
    flags: ["edited", "unreadable"],
  });
});

test("whatever is aimed at, a move ends within the partition", () => {
  const small = fc.bigInt({ min: 0n, max: 60n });
  const any = fc.oneof(small, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }));
  const aim: fc.Arbitrary<Aim> = fc.oneof(
    fc.constantFrom<Aim>({ at: "start" }, { at: "end" }),
    fc.record({ at: fc.constant("since" as const), offset: fc.option(small) }),
    fc.record({ at: fc.constant("offset" as const), offset: any }),
  );
  fc.assert(
    fc.property(small, small, fc.option(any), aim, (start, size, committed, wanted) => {
      const move = planPartition(facts(committed, start, start + size), wanted, false);
      const to = BigInt(move.to ?? "-1");
      expect(to >= start && to <= start + size).toBe(true);
      const { replayed, skipped } = planTotals([move]);
      expect(BigInt(replayed) <= size && BigInt(skipped) <= size).toBe(true);
      expect(BigInt(replayed) >= 0n && BigInt(skipped) >= 0n).toBe(true);
    }),
  );
});

test("totals: deleted messages count nowhere, a first commit skips what lies before it, the unknown stays unknown", () => {
  const replays = plan(50n, { at: "start" });
  const skips = plan(5n, { at: "offset", offset: 30n });
  const first = plan(null, { at: "end" });
  expect(planTotals([replays, skips, first, plan(50n, KEPT)])).toEqual({
    ...{ moved: 3, replayed: "40", skipped: String(20 + 90) },
    lagAfter: String(90 + 70 + 0 + 50),
  });
  expect(planTotals([planPartition(facts(7n, null, null), { at: "start" }, false)]).lagAfter).toBeNull();
});

test("what an undo gives back skips nothing, unless it lies beyond the end", () => {
  const undo = (offset: bigint) => plan(null, { at: "offset", offset, metadata: "", restored: true });
  expect(undo(30n).flags).toContain("restored");
  expect(planTotals([undo(30n)])).toMatchObject({ moved: 1, replayed: "0", skipped: "0" });
  expect(undo(10_000n).flags).not.toContain("restored");
});
