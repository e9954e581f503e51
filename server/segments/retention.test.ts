import { describe, expect, test } from "vitest";
import { type Deletable, type RetentionRules, whatGoes } from "./retention.ts";

const NOW_MS = 1_000_000_000;
const HOUR = 3_600_000;
const rules = (differs: Partial<RetentionRules> = {}): RetentionRules => ({
  cleanupPolicy: "delete",
  retentionMs: -1n,
  retentionBytes: -1n,
  ...differs,
});
const open = { logStartOffset: 0n, highWatermark: 1_000n };
/** Base offsets 0, 100, 200 …, 10 bytes each, the ages of their newest messages in hours. */
const aged = (...hours: (number | null)[]): Deletable[] =>
  hours.map((age, index) => ({
    baseOffset: BigInt(index * 100),
    sizeBytes: 10n,
    maxTimestampMs: age === null ? null : BigInt(NOW_MS - age * HOUR),
  }));
const due = (segments: readonly Deletable[], given: RetentionRules, bounds = open as Parameters<typeof whatGoes>[2]) =>
  whatGoes(segments, given, bounds, NOW_MS).map((goes) => (goes?.dueNow ? goes.because : null));

describe("by time", () => {
  const day = rules({ retentionMs: BigInt(24 * HOUR) });

  test("what is older goes, from the oldest on; a younger one holds up what is behind it", () => {
    expect(due(aged(50, 30, 10, 1), day)).toEqual(["retention.ms", "retention.ms", null, null]);
    expect(due(aged(50, 10, 30, 1), day)).toEqual(["retention.ms", null, null, null]);
  });

  test("at exactly the limit it stays", () => {
    expect(due(aged(24, 1), day)).toEqual([null, null]);
  });

  test("then, when the others go: never before what is older", () => {
    const at = whatGoes(aged(20, 22, 1), day, open, NOW_MS).map((goes) => goes?.atMs);
    expect(at).toEqual([NOW_MS + 4 * HOUR, NOW_MS + 4 * HOUR, NOW_MS + 23 * HOUR]);
  });

  test("what held up another is told with its own time, the other with no earlier one", () => {
    expect(whatGoes(aged(10, 30), day, open, NOW_MS).map((goes) => goes?.atMs)).toEqual([
      NOW_MS + 14 * HOUR,
      NOW_MS + 14 * HOUR,
    ]);
  });

  test("the active one too, when all in it is too old; not when it is empty", () => {
    expect(due(aged(50, 30), day)).toEqual(["retention.ms", "retention.ms"]);
    expect(due([...aged(50), { baseOffset: 100n, sizeBytes: 0n, maxTimestampMs: null }], day)).toEqual([
      "retention.ms",
      null,
    ]);
  });

  test("an unknown timestamp: nothing is told of it, nor of what is behind it", () => {
    expect(whatGoes(aged(null, 50), day, open, NOW_MS)).toEqual([null, null]);
  });

  test("a retention longer than time itself has no date", () => {
    const ever = rules({ retentionMs: 9_223_372_036_854_775_807n });
    expect(whatGoes(aged(50, 1), ever, open, NOW_MS)).toEqual([null, null]);
  });
});

describe("by size", () => {
  test("as many as are wholly too much, and no more", () => {
    expect(due(aged(5, 4, 3, 2), rules({ retentionBytes: 25n }))).toEqual(["retention.bytes", null, null, null]);
    expect(due(aged(5, 4, 3, 2), rules({ retentionBytes: 20n }))).toEqual([
      "retention.bytes",
      "retention.bytes",
      null,
      null,
    ]);
    expect(due(aged(5, 4, 3, 2), rules({ retentionBytes: 40n }))).toEqual([null, null, null, null]);
  });

  test("the others once more is written: no date", () => {
    expect(whatGoes(aged(5, 4), rules({ retentionBytes: 40n }), open, NOW_MS)).toEqual([
      { because: "retention.bytes", dueNow: false, atMs: null },
      { because: "retention.bytes", dueNow: false, atMs: null },
    ]);
  });

  test("and by time: size first, time for what it leaves", () => {
    const both = rules({ retentionBytes: 25n, retentionMs: BigInt(24 * HOUR) });
    expect(due(aged(50, 40, 3, 2), both)).toEqual(["retention.bytes", "retention.ms", null, null]);
  });
});

describe("by the log start offset", () => {
  const bounds = { logStartOffset: 200n, highWatermark: 1_000n };

  test("what lies wholly before it, whatever the policy", () => {
    const gone = ["log-start-offset", "log-start-offset", null, null];
    for (const cleanupPolicy of ["delete", "compact", "compact,delete", ""]) {
      expect(due(aged(5, 4, 3, 2), rules({ cleanupPolicy }), bounds)).toEqual(gone);
    }
    expect(due(aged(5, 4, 3, 2), rules(), { ...bounds, logStartOffset: 199n })).toEqual([
      "log-start-offset",
      null,
      null,
      null,
    ]);
  });

  test("the active one never", () => {
    expect(due(aged(5, 4), rules(), { logStartOffset: 5_000n, highWatermark: 5_000n })).toEqual([
      "log-start-offset",
      null,
    ]);
  });
});

test("a compacted topic keeps what is old and much", () => {
  const compact = rules({ cleanupPolicy: "compact", retentionMs: 1n, retentionBytes: 1n });
  expect(whatGoes(aged(50, 40, 30), compact, open, NOW_MS)).toEqual([null, null, null]);
  expect(due(aged(50, 40), { ...compact, cleanupPolicy: "compact, delete" })).toEqual([
    "retention.bytes",
    "retention.ms",
  ]);
});

test("nothing beyond the high watermark goes", () => {
  const day = rules({ retentionMs: BigInt(24 * HOUR) });
  expect(due(aged(50, 40, 30), day, { logStartOffset: 0n, highWatermark: 150n })).toEqual(["retention.ms", null, null]);
});

test("no segments: nothing", () => {
  expect(whatGoes([], rules({ retentionMs: 1n }), open, NOW_MS)).toEqual([]);
});
