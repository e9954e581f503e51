import { expect, test } from "vitest";
import type { Retention, Segment } from "#lib/contracts/segments.ts";
import { segmentStates } from "./segment-state.ts";
import { aSegment } from "./table/segment.fixture.ts";

const now = Date.UTC(2026, 10, 21, 12);
const clock = { zone: "UTC", nowMs: now };
const retention: Retention = {
  cleanupPolicy: "delete",
  retentionMs: "604800000",
  retentionBytes: "-1",
  segmentBytes: "1048576",
  segmentMs: "604800000",
  tiered: false,
  checkIntervalMs: "300000",
};
const words = (segment: Partial<Segment>, rules: Retention | null = retention) =>
  segmentStates(aSegment(segment), rules, clock).map(({ word }) => word);
const goes = (because: NonNullable<Segment["goes"]>["because"], dueNow: boolean, atMs: number | null = null) => ({
  goes: { because, dueNow, atMs },
});

test("what the next check deletes, and how far away that can be", () => {
  expect(words(goes("retention.ms", true))).toEqual(["past retention, goes within 5\u00a0min"]);
  expect(words(goes("retention.bytes", true))).toEqual(["over size, goes within 5\u00a0min"]);
  expect(words(goes("log-start-offset", true), null)).toEqual(["below start, goes at the next check"]);
});

test("what goes later: by time a moment, by size as more is written; of the active one nothing is promised", () => {
  expect(words(goes("retention.ms", false, now + 3_600_000))).toEqual(["goes in 1\u00a0h"]);
  // A narrow column has room for one unit of many.
  expect(words(goes("retention.ms", false, now + (23 * 60 + 55) * 60_000))).toEqual(["goes in 23\u00a0h"]);
  expect(words(goes("retention.ms", false, now + 11 * 60_000 + 40_000))).toEqual(["goes in 11\u00a0min"]);
  expect(words(goes("retention.bytes", false))).toEqual(["goes by size"]);
  expect(words({ active: true, ...goes("retention.ms", false, now) })).toEqual(["active"]);
  expect(words({ active: true, ...goes("retention.ms", true) })).toEqual([
    "past retention, goes within 5\u00a0min",
    "active",
  ]);
});

test("compaction: cleaned, not yet, and nothing of the active one; what it emptied", () => {
  expect(words({ compacted: true })).toEqual(["cleaned"]);
  expect(words({ compacted: false })).toEqual(["not yet cleaned"]);
  expect(words({ compacted: false, active: true })).toEqual(["active"]);
  expect(words({ compacted: true, sizeBytes: "0" })).toEqual(["empty", "cleaned"]);
});

test("damage stands first, with its sentence", () => {
  const damage = { file: "00000000000000000000.log", position: "61", kind: "crc" as const, detail: "Byte 61 is bad." };
  const [first] = segmentStates(aSegment({ damage: [damage], active: true }), retention, clock);
  expect(first).toMatchObject({ word: "damaged", sentence: "Byte 61 is bad.", tone: "crit", glyph: "octagon" });
  expect(words({ damage: [damage, damage] })).toEqual(["damaged, 2\u00a0findings"]);
});

test("a segment at rest has none", () => {
  expect(words({})).toEqual([]);
});
