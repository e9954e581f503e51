import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { DescribedSegment } from "./describe-segment.ts";
import { LogDirectory, type PartitionDirectory } from "./partition-directory.ts";
import { readStored } from "./read-stored.ts";
import type { LogBounds, RetentionRules } from "./retention.ts";

const HOUR = 3_600_000;
const signal = new AbortController().signal;
let logDir: string;
let described: string[];

beforeEach(() => {
  logDir = mkdtempSync(join(tmpdir(), "tailrace-stored-"));
  mkdirSync(join(logDir, "t-0"));
  described = [];
});
afterEach(() => rmSync(logDir, { recursive: true }));

interface Segment {
  readonly bytes: number;
  /** Of its newest message; null: none is known. */
  readonly ageHours: number | null;
  readonly gone?: boolean;
}

const rules = (differs: Partial<RetentionRules> = {}): RetentionRules => ({
  cleanupPolicy: "delete",
  retentionMs: -1n,
  retentionBytes: -1n,
  ...differs,
});
const open: LogBounds = { logStartOffset: 0n, highWatermark: 1_000_000n };

/** Base offsets 0, 100, 200 …; the first message of each an hour older than its newest. */
async function stored(segments: readonly Segment[], with_: RetentionRules | null, bounds = open) {
  const nameOf = (index: number) => `${String(index * 100).padStart(20, "0")}.log`;
  for (const [index, { bytes }] of segments.entries())
    writeFileSync(join(logDir, "t-0", nameOf(index)), Buffer.alloc(bytes));
  const directory = await (await LogDirectory.open(logDir)).partition("t", 0);
  const nowMs = Date.now();
  const look = async (_: PartitionDirectory, { baseOffset, active }: { baseOffset: bigint; active: boolean }) => {
    described.push(String(baseOffset));
    const segment = segments[Number(baseOffset) / 100];
    if (segment === undefined || segment.gone) return null;
    const maxTimestampMs = segment.ageHours === null ? null : BigInt(nowMs - segment.ageHours * HOUR);
    return {
      baseOffset,
      active,
      sizeBytes: segment.bytes,
      firstTimestampMs: maxTimestampMs === null ? null : maxTimestampMs - BigInt(HOUR),
      maxTimestampMs,
      damage: [],
    } as Partial<DescribedSegment> as DescribedSegment;
  };
  const { oldestTimestampMs, ...rest } = await readStored(directory, look, with_, bounds, signal);
  const ageHours = oldestTimestampMs === null ? null : (nowMs - Number(oldestTimestampMs)) / HOUR;
  const inHours = rest.nextGoesAtMs === null ? null : Math.round((rest.nextGoesAtMs - nowMs) / HOUR);
  return { segments: rest.segments, ageHours, deleted: rest.oldestIsDeleted, due: rest.dueBytes, inHours };
}

test("by time: what is too old goes, and when the next one does", async () => {
  const day = rules({ retentionMs: BigInt(24 * HOUR) });
  const segments = [
    { bytes: 10, ageHours: 50 },
    { bytes: 20, ageHours: 30 },
    { bytes: 40, ageHours: 4 },
    { bytes: 80, ageHours: 1 },
  ];
  expect(await stored(segments, day)).toEqual({ segments: 4, ageHours: 51, deleted: false, due: 30n, inHours: 20 });
  expect(new Set(described)).toEqual(new Set(["0", "100", "200"]));
});

test("by size: whole segments only; by time what is left of it", async () => {
  const segments = [
    { bytes: 10, ageHours: 5 },
    { bytes: 20, ageHours: 30 },
    { bytes: 40, ageHours: 4 },
  ];
  expect(await stored(segments, rules({ retentionBytes: 55n }))).toMatchObject({ due: 10n, inHours: null });
  // The first isn't too old, but goes by size: then the second is, and goes too.
  expect(await stored(segments, rules({ retentionBytes: 55n, retentionMs: BigInt(24 * HOUR) }))).toMatchObject({
    due: 30n,
    inHours: 20,
  });
});

test("by log start offset, whatever the policy; what is before it is kept but no longer readable", async () => {
  const segments = [
    { bytes: 10, ageHours: 5 },
    { bytes: 20, ageHours: 4 },
    { bytes: 40, ageHours: 1 },
  ];
  const cut = { ...open, logStartOffset: 150n };
  expect(await stored(segments, rules({ cleanupPolicy: "compact" }), cut)).toMatchObject({ due: 10n, deleted: true });
  expect(await stored(segments, rules(), { ...open, logStartOffset: 200n })).toMatchObject({ due: 30n });
});

test("a compacted topic frees nothing by age; its first message is that of the first segment that holds one", async () => {
  const segments = [
    { bytes: 0, ageHours: null },
    { bytes: 20, ageHours: 400 },
    { bytes: 40, ageHours: 1 },
  ];
  const compacted = rules({ cleanupPolicy: "compact", retentionMs: BigInt(24 * HOUR) });
  expect(await stored(segments, compacted)).toMatchObject({ ageHours: 401, due: 0n, inHours: null });
});

test("an empty log: nothing goes, and it has no oldest message", async () => {
  const day = rules({ retentionMs: BigInt(24 * HOUR) });
  expect(await stored([{ bytes: 0, ageHours: null }], day)).toEqual({
    segments: 1,
    ageHours: null,
    deleted: null,
    due: 0n,
    inHours: null,
  });
});

test("what can't be told is not told: rules unknown, a time unknown, a segment gone, too many that are due", async () => {
  const day = rules({ retentionMs: BigInt(24 * HOUR) });
  const old = { bytes: 10, ageHours: 50 };
  expect(await stored([old, old], null)).toMatchObject({ segments: 2, ageHours: 51, due: null, inHours: null });
  expect(await stored([old, { bytes: 10, ageHours: null }, old], day)).toMatchObject({ ageHours: 51, due: null });
  expect(await stored([{ ...old, gone: true }, old], day)).toMatchObject({ ageHours: 51, due: null });
  const many = Array.from({ length: 60 }, () => old);
  expect(await stored(many, day)).toMatchObject({ segments: 60, due: null, inHours: null });
});
