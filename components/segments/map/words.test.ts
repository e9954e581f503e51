import { expect, test } from "vitest";
import type { Segment } from "#lib/contracts/segments.ts";
import { differencesOf } from "./differences.ts";
import { edgesOf } from "./edges.ts";
import { behindWords, groupMarks } from "./group-marks.ts";
import { layoutLane } from "./lane-layout.ts";
import { madeUpRetention, madeUpSegment } from "./made-up-segments.fixture.ts";
import { mapSegments } from "./map-segment.ts";
import { segmentSentence } from "./segment-words.ts";
import { fullSize, messageCount, movedSentences, nextToGo } from "./summary.ts";

const NOW = Date.parse("2026-11-21T10:00:00Z");
const context = { zone: "UTC", nowMs: NOW, retention: madeUpRetention };
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");
const segments = (...parts: Partial<Segment>[]) =>
  mapSegments(parts.map((part, index) => madeUpSegment(index * 100, part)));

test("messages are at most the offsets from log start to high watermark where some have none", () => {
  const list = { logStartOffset: "50", highWatermark: "300", retention: madeUpRetention };
  expect(messageCount(list, segments({}, {}, {}))).toEqual({ count: 250n, atMost: false });
  expect(messageCount(list, segments({ lastOffset: "80" }, {}))).toEqual({ count: 250n, atMost: true });
  expect(messageCount(list, segments({ abortedTransactions: 0 }, {}))).toEqual({ count: 250n, atMost: true });
  expect(
    messageCount({ ...list, retention: { ...madeUpRetention, cleanupPolicy: "compact" } }, segments({}))?.atMost,
  ).toBe(true);
  expect(messageCount({ ...list, highWatermark: null }, segments({}))).toBeNull();
});

test("full height is segment.bytes, or the largest segment where one is larger or configs aren't known", () => {
  expect(fullSize([segments({})], { ...madeUpRetention, segmentBytes: "2000" })).toMatchObject({ bytes: 2_000n });
  expect(plain(fullSize([segments({})], { ...madeUpRetention, segmentBytes: "500" }).words)).toBe(
    "the largest one, 1000 B; segment.bytes is 500 B",
  );
  expect(fullSize([segments({ sizeBytes: "0" })], null).bytes).toBe(1n);
});

test("what goes next is said, when and why", () => {
  const by = (goes: Segment["goes"], retention = madeUpRetention) =>
    plain(nextToGo(segments({ goes }, { active: true }), retention, context));
  expect(by({ because: "retention.ms", dueNow: true, atMs: null })).toBe(
    "1 segment (1000 B) is past retention.ms: it goes at the broker's next check, every 5 min.",
  );
  expect(by({ because: "retention.ms", dueNow: false, atMs: NOW + 3_600_000 })).toBe(
    "The oldest segment goes in 1 h (2026-11-21 11:00:00) by retention.ms.",
  );
  expect(
    by({ because: "retention.bytes", dueNow: false, atMs: null }, { ...madeUpRetention, retentionBytes: "1800" }),
  ).toBe("The oldest segment goes by retention.bytes once 800 B more are written.");
  const both = { ...madeUpRetention, retentionMs: "7200000", retentionBytes: "1800" };
  expect(by({ because: "retention.ms", dueNow: false, atMs: NOW + 3_600_000 }, both)).toBe(
    "The oldest segment goes in 1 h (2026-11-21 11:00:00) by retention.ms; sooner by retention.bytes (1.76 KiB) once 800 B more are written.",
  );
  expect(by({ because: "retention.bytes", dueNow: false, atMs: null }, both)).toBe(
    "The oldest segment goes by retention.bytes once 800 B more are written. When retention.ms deletes it isn't known: it has no timestamp to tell.",
  );
  const goes = { because: "retention.ms", dueNow: false, atMs: NOW + 3_600_000 } as const;
  expect(plain(nextToGo(segments({ goes, active: true }), both, context))).toBe(
    "The active segment goes in 1 h (2026-11-21 11:00:00) by retention.ms, unless more is written to it; sooner by retention.bytes (1.76 KiB) once it has rolled and 1.76 KiB are written after it.",
  );
  expect(by(null)).toBe("Nothing goes: retention.ms and retention.bytes are unlimited.");
  expect(plain(nextToGo(segments({ sizeBytes: "0", active: true }), madeUpRetention, context))).toContain(
    "the partition is empty",
  );
  expect(nextToGo(segments({}), null, context)).toContain("isn't known");
  expect(nextToGo(segments({}), { ...madeUpRetention, tiered: true }, context)).toContain("local.retention.*");
});

test("of a compacted topic it is said how far cleaning came", () => {
  const retention = { ...madeUpRetention, cleanupPolicy: "compact" };
  expect(
    plain(nextToGo(segments({ compacted: true }, { compacted: false }, { active: true }), retention, context)),
  ).toBe("1 of 2 rolled segments is cleaned. Nothing is deleted by age or size: cleanup.policy is compact.");
});

test("a segment's facts make one sentence", () => {
  const [mapped] = segments({ firstTimestampMs: String(NOW), maxTimestampMs: String(NOW + 1_000), active: true });
  expect(mapped && plain(segmentSentence(mapped, 0, 3, context))).toBe(
    "Segment 1 of 3, offsets 0 to 99, 1000 B, 2026-11-21 10:00:00 to 2026-11-21 10:00:01, active",
  );
});

test("a segment's states are in its sentence; a timestamp that no calendar has is told as its number", () => {
  const damage = [{ file: "0.log", position: "0", kind: "crc", detail: "" }] as const;
  const goes = { because: "retention.bytes", dueNow: true, atMs: null } as const;
  const [mapped] = segments({
    damage: [...damage],
    compacted: false,
    goes,
    firstTimestampMs: "0",
    maxTimestampMs: String(2n ** 63n - 1n),
  });
  expect(mapped && plain(segmentSentence(mapped, 0, 1, context))).toBe(
    "Segment 1 of 1, offsets 0 to 99, 1000 B, 1970-01-01 00:00:00 to timestamp 9223372036854775807, damaged, over size, goes within 5 min, not yet cleaned",
  );
});

test("a follower that rolled, deleted or cleaned otherwise differs, and that is no fault", () => {
  const leader = mapSegments([madeUpSegment(100), madeUpSegment(200), madeUpSegment(300)]);
  const own = mapSegments([madeUpSegment(0), madeUpSegment(100), madeUpSegment(250), madeUpSegment(300)]);
  const { sentences, suspicious, marked } = differencesOf(own, leader, { compacts: false });
  expect(sentences.map(plain)).toEqual([
    "1 segment is older than the leader's first: not deleted here yet.",
    "Other boundaries: 1 base offset that the leader doesn't have, 1 of the leader's missing. Each broker rolls and cleans its own files, so that is no fault.",
  ]);
  expect(suspicious).toBe(false);
  expect([...marked]).toEqual(["0", "250"]);
  expect(differencesOf(leader, leader, { compacts: false })).toMatchObject({ sentences: [], suspicious: false });
});

test("another size of the same rolled segment is suspicious, unless compaction runs; the active one may differ", () => {
  const leader = segments({}, {}, { active: true });
  const own = segments({ sizeBytes: "900" }, {}, { active: true, sizeBytes: "10" });
  expect(differencesOf(own, leader, { compacts: false })).toMatchObject({ suspicious: true, marked: new Set(["0"]) });
  expect(differencesOf(own, leader, { compacts: true }).suspicious).toBe(false);
});

const bounds = { logStartOffset: 100n, highWatermark: 1_000n };
const place = (group: string, offset: bigint, x: number, ageMs: bigint | null = null) => ({ group, offset, x, ageMs });

test("groups at nearly the same place have one label, those outside the log their own", () => {
  const marks = groupMarks(
    [
      place("a", 1_000n, 500),
      place("b", 990n, 496),
      place("lost", 40n, 0),
      place("slow", 100n, 2),
      place("ahead", 2_000n, 500),
    ],
    bounds,
    8,
  );
  expect(
    marks.map(({ groups, outside, words, more }) => [groups.map(({ group }) => group), outside, words + more]),
  ).toEqual([
    [["lost"], "before", "60 before the log start: those messages are gone"],
    [["slow"], null, "900 behind"],
    [["b", "a"], null, "up to 10 behind"],
    [["ahead"], "beyond", "1,000 beyond the end"],
  ]);
});

test("how far behind a group is, in messages and about in time", () => {
  expect(plain(behindWords(place("a", 400n, 0, 7_200_000n), bounds))).toBe("600 behind · about 2 h");
  expect(behindWords(place("a", 1_000n, 0, 5n), bounds)).toBe("at the end");
  expect(behindWords(place("a", 400n, 0), { ...bounds, highWatermark: null })).toBe("");
});

test("edges stand where retention cuts, and where the log begins and ends", () => {
  const mapped = segments({}, {}, {}, { active: true });
  const lane = layoutLane(
    mapped,
    [0, 1, 2, 3].map((i) => ({ from: i / 4, to: (i + 1) / 4 })),
    400,
  );
  const edges = edgesOf(
    lane,
    { retention: { ...madeUpRetention, retentionBytes: "1500" }, logStartOffset: "50", highWatermark: "350" },
    null,
    BigInt(NOW),
  );
  expect(edges.map(({ key, x }) => [key, x])).toEqual([
    ["retention.bytes", 250],
    ["log-start", 50],
    ["high-watermark", 350],
  ]);
  expect(edges.every(({ look }) => look === "line")).toBe(true);
});

test("what divides nothing of a lane is named at its ends, without a line over it", () => {
  const lane = layoutLane(segments({ firstTimestampMs: "0", maxTimestampMs: "1000" }), [{ from: 0, to: 1 }], 400);
  const retention = { ...madeUpRetention, retentionMs: "604800000", retentionBytes: "5000" };
  const bounds = { retention, logStartOffset: "0", highWatermark: "100" };
  for (const axis of [null, { from: 0n, to: 1_000n }]) {
    expect(edgesOf(lane, bounds, axis, 2_000n).map(({ key, x, look, name }) => [key, x, look, plain(name)])).toEqual([
      ["log-start", 0, "tick", "log start"],
      ["high-watermark", 400, "tick", "high watermark"],
      ["beyond", 0, "none", "← retention.ms 7 d, retention.bytes 4.88 KiB"],
    ]);
  }
  expect(edgesOf(lane, { ...bounds, highWatermark: "150" }, null, 2_000n).at(1)).toMatchObject({
    look: "tick",
    meaning: "this replica ends before it",
  });
  expect(edgesOf(lane, { retention: null, logStartOffset: null, highWatermark: null }, null, 2_000n)).toEqual([]);
});

test("the edge by time is on every scale, once something is as old", () => {
  const retention = { ...madeUpRetention, retentionMs: "1000" };
  const mapped = segments(
    { firstTimestampMs: "0", maxTimestampMs: "1000" },
    { firstTimestampMs: "1000", maxTimestampMs: "3000" },
  );
  const lane = layoutLane(
    mapped,
    [
      { from: 0, to: 0.5 },
      { from: 0.5, to: 1 },
    ],
    400,
  );
  const bounds = { retention, logStartOffset: "0", highWatermark: "200" };
  expect(edgesOf(lane, bounds, null, 3_000n)).toMatchObject([{ key: "retention.ms", x: 300, look: "line" }, {}, {}]);
  expect(edgesOf(lane, bounds, null, 900n)).toMatchObject([{}, {}, { key: "beyond", look: "none" }]);
  const compacted = { ...bounds, retention: { ...retention, cleanupPolicy: "compact" } };
  expect(edgesOf(lane, compacted, null, 3_000n).map(({ key }) => key)).toEqual(["log-start", "high-watermark"]);
});

test("what isn't drawn where its timestamps say is said", () => {
  const some = segments({}, {}, {});
  expect(movedSentences({ unknown: 0, outOfOrder: 0, future: 0 }, some)).toEqual([]);
  expect(movedSentences({ unknown: 3, outOfOrder: 0, future: 0 }, some)).toHaveLength(1);
  expect(movedSentences({ unknown: 1, outOfOrder: 1, future: 1 }, some)).toHaveLength(3);
});
