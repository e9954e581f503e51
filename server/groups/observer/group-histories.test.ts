import { expect, test } from "vitest";
import { groupReading, groupsReading, type Scene } from "#scripts/testing/group-story.ts";
import { GroupHistories } from "./group-histories.ts";

const MIB = 1_048_576;
const BEGIN_MS = 1_700_000_000_000;

function scene(partitions: number, committed: bigint): Scene {
  const all = Array.from({ length: partitions }, (_, partition) => partition);
  return { committed: all.map(() => committed), high: all.map(() => committed + 10n), members: [all] };
}

function named(prefix: string, count: number, one: Scene) {
  return Array.from({ length: count }, (_, i) => groupReading(`${prefix}${i}`, one));
}

/** Samples these groups, 10 s apart. */
function sample(histories: GroupHistories, from: number, samples: number, groups: number, partitions: number): number {
  for (let i = from; i < from + samples; i++) {
    const one = scene(partitions, BigInt(i * 10));
    histories.add(groupsReading(named("g", groups, one), one), BEGIN_MS + i * 10_000);
  }
  return from + samples;
}

test("an hour is held: 360 samples and no more", () => {
  const histories = new GroupHistories();
  sample(histories, 0, 400, 1, 3);
  const totals = histories.history("g0")?.totals() ?? [];
  expect(totals).toHaveLength(360);
  expect(totals[0]?.atMs).toBe(BEGIN_MS + 40 * 10_000);
  expect(histories.history("g0")?.sinceMs).toBe(BEGIN_MS + 40 * 10_000);
  expect(totals.every(({ lag }) => lag === 30n)).toBe(true);
});

test("with more partitions than the budget holds for an hour the history is shorter, and right", () => {
  const histories = new GroupHistories(MIB);
  let at = sample(histories, 0, 100, 10, 20);
  at = sample(histories, at, 100, 60, 20);
  const totals = histories.history("g0")?.totals() ?? [];
  expect(totals.length).toBeGreaterThanOrEqual(36);
  expect(totals.length).toBeLessThan(100);
  expect(totals.every(({ lag }) => lag === 200n)).toBe(true);
  expect(totals.at(-1)?.atMs).toBe(BEGIN_MS + (at - 1) * 10_000);
  expect(histories.history("g0")?.partition("t", 7)?.producedPerSecond).toBe(1);
  expect(histories.bytes).toBeLessThanOrEqual(MIB);
});

test("room that is free again is used again, and what was given up meanwhile isn't made up", () => {
  const histories = new GroupHistories(MIB);
  let at = sample(histories, 0, 100, 60, 20);
  at = sample(histories, at, 200, 5, 20);
  const totals = histories.history("g0")?.totals() ?? [];
  expect(totals.length).toBeGreaterThan(200);
  expect(totals.length).toBeLessThan(300);
  expect(totals.every(({ lag }) => lag === 200n)).toBe(true);
});

test("what doesn't fit even in 6 minutes is not remembered, those known stay, and the budget holds", () => {
  const histories = new GroupHistories(MIB);
  const at = sample(histories, 0, 40, 10, 20);
  sample(histories, at, 40, 1_000, 20);
  expect(histories.history("g0")?.totals().length).toBeGreaterThanOrEqual(36);
  expect(histories.history("g999")).toBeNull();
  expect(histories.bytes).toBeLessThanOrEqual(MIB);
});

test("a group that is gone keeps its samples for 10 minutes, as its coordinator may be away", () => {
  const histories = new GroupHistories();
  const at = sample(histories, 0, 10, 2, 1);
  sample(histories, at, 60, 1, 1);
  expect(histories.history("g1")?.totals().at(-1)?.lag).toBeNull();
  expect(histories.history("g1")?.totals()[0]?.lag).toBe(10n);
  sample(histories, at + 60, 1, 1, 1);
  expect(histories.history("g1")).toBeNull();
  expect(histories.history("g0")).not.toBeNull();
});

test("topics that no group reads any more are forgotten", () => {
  const histories = new GroupHistories();
  sample(histories, 0, 2, 1, 50);
  const held = histories.bytes;
  const nobody = { committed: [], high: [5n] };
  for (let i = 2; i < 70; i++) histories.add(groupsReading([], nobody), BEGIN_MS + i * 10_000);
  expect(histories.topicId("t")).toBeNull();
  expect(histories.bytes).toBeLessThan(held / 10);
});

test("two thousand groups of five partitions fit into 48 MiB for an hour, nearly", () => {
  const histories = new GroupHistories();
  const at = sample(histories, 0, 3, 2_000, 5);
  sample(histories, at, 1, 2_000, 5);
  expect(histories.bytes).toBeLessThan(48 * MIB);
  expect(histories.history("g1999")?.totals()).toHaveLength(4);
});

test("the same reading twice is one sample", () => {
  const histories = new GroupHistories();
  const one = scene(1, 5n);
  const reading = groupsReading(named("g", 1, one), one);
  histories.add(reading, BEGIN_MS);
  histories.add(reading, BEGIN_MS);
  expect(histories.history("g0")?.totals()).toHaveLength(1);
});

test("a sample is added little by little, and until it is whole every history ends with the one before", () => {
  const histories = new GroupHistories();
  const at = sample(histories, 0, 365, 5, 3);
  const whole = histories.history("g0")?.totals() ?? [];
  expect(whole).toHaveLength(360);
  const one = scene(3, BigInt(at * 10) + 1n);
  const late = scene(3, 5n);
  const reading = groupsReading([...named("g", 5, one), ...named("late", 1, late)], one);
  let pieces = 0;
  for (const _ of histories.adding(reading, BEGIN_MS + at * 10_000)) {
    pieces++;
    for (const group of ["g0", "g4"]) {
      const seen = histories.history(group);
      // The oldest has made room for the one that comes.
      expect([whole.slice(1), whole]).toContainEqual(seen?.totals());
      expect(seen?.newestLags().map(({ lag }) => lag)).toEqual([10n, 10n, 10n]);
    }
    expect(histories.history("late0")).toBeNull();
  }
  expect(pieces).toBeGreaterThanOrEqual(12);
  expect(histories.history("g0")?.totals().at(-1)?.atMs).toBe(BEGIN_MS + at * 10_000);
  expect(histories.history("late0")?.totals()).toHaveLength(1);
});

test("what groups whose coordinator is away read alone counts as well: the budget holds meanwhile", () => {
  const histories = new GroupHistories(MIB);
  const [small, large] = [scene(1, 5n), scene(300, 5n)];
  const elsewhere = groupReading("away", large);
  const ends = (one: Scene) => groupsReading([], one).ends.get("t");
  for (let i = 0; i < 250; i++) {
    const reading = groupsReading(named("g", 1, small), small);
    const other = {
      ...elsewhere,
      committed: new Map([["u", elsewhere.committed?.get("t") ?? new Map()]]),
      members: [],
    };
    const whole = {
      ...reading,
      groups: new Map([...reading.groups, ["away", other]]),
      ends: new Map([
        ...reading.ends,
        ["u", ends(large) ?? { logStartOffsets: [], highWatermarks: [], lastStableOffsets: [] }],
      ]),
    };
    histories.add(i % 50 === 0 ? whole : reading, BEGIN_MS + i * 10_000);
    expect(histories.bytes).toBeLessThanOrEqual(MIB);
  }
  expect(histories.history("away")?.newestLags()).toHaveLength(300);
  // 300 partitions take 17 bytes a sample.
  expect(histories.history("g0")?.totals().length).toBeLessThan(MIB / (300 * 17));
});
