import { expect, test } from "vitest";
import type { LocateStep } from "#lib/contracts/segment-look-ups.ts";
import type { LocateTarget } from "#lib/queries/segments.ts";
import { entry, indexStep, recordStep, scanStep, segmentStep } from "./look-up.fixture.ts";
import { phraseText } from "./phrase.ts";
import type { Probe } from "./probe-rows.ts";
import { stepWords, tookText } from "./step-words.ts";

const byOffset: LocateTarget = { offset: "163" };
const byTime: LocateTarget = { timestampMs: "1795000000000" };

function words(target: LocateTarget, steps: readonly LocateStep[], index = steps.length - 1) {
  const { title, sentence } = stepWords({ target, steps, baseOffsets: ["0", "100", "200"] }, index);
  return { title: phraseText(title), sentence: phraseText(sentence) };
}

test("by offset, the segment is found by its name", () => {
  const { title, sentence } = words(byOffset, [segmentStep()]);
  expect(title).toBe("Segment: the largest base offset ≤ 163");
  expect(sentence).toMatch(/^00000000000000000100\.log, segment 2 of 3\. A file is named/);
  expect(words(byOffset, [segmentStep({ baseOffset: "300", active: true })]).sentence).toMatch(
    /^00000000000000000300\.log, one of 3, the active one\. /,
  );
});

test("by time, it says why just this segment: it reaches the time, is still written, or doesn't tell", () => {
  const looked = [
    { baseOffset: "0", maxTimestampMs: "1" },
    { baseOffset: "100", maxTimestampMs: "1795000000001" },
  ];
  expect(words(byTime, [segmentStep({ looked })])).toEqual({
    title: "Segment: the first to reach 1795000000000",
    sentence: expect.stringContaining("this is the first one to reach the target"),
  });
  expect(words(byTime, [segmentStep({ active: true, looked: looked.slice(0, 1) })]).sentence).toContain(
    "still written",
  );
  expect(words(byTime, [segmentStep()]).sentence).toContain("doesn't tell its largest timestamp");
});

test("an index says what its entry means, that none is there, or that it is empty", () => {
  const found = entry(3, "150");
  expect(words(byOffset, [segmentStep(), indexStep("offset-index", found)])).toEqual({
    title: "Offset index: 1\u00a0probe in 8\u00a0entries",
    sentence: expect.stringMatching(/^The largest entry ≤ 163 is offset 150 at byte 4096\. It names the last offset/),
  });
  expect(words(byOffset, [segmentStep(), indexStep("offset-index", null)]).sentence).toBe(
    "Its first entry is beyond 163 already, so the scan begins at the start of the segment.",
  );
  expect(words(byOffset, [segmentStep(), indexStep("offset-index", null, 0)]).title).toBe("Offset index: no entries");
});

test("by time, the offset index is searched for what the time index said", () => {
  const time = indexStep("time-index", entry(2, "140", { timestampMs: "1794999999000", position: null }));
  expect(words(byTime, [segmentStep(), time]).sentence).toBe(
    "The last entry not later: up to offset 140, no timestamp is beyond 1794999999000. The search goes on from that offset.",
  );
  const steps = [segmentStep(), time, indexStep("offset-index", entry(1, "130"), 8, { wanted: "140" })];
  expect(words(byTime, steps).sentence).toMatch(/^The largest entry ≤ 140 is offset 130/);
  expect(words(byTime, [segmentStep(), indexStep("time-index", null)]).sentence).toContain("later already");
});

test("a scan says where it began and how it ended: at the batch, at the next segment, at nothing", () => {
  const scan = scanStep([
    ["150", "159"],
    ["160", "171"],
  ]);
  const passed = { ...scan, ended: "file" } as const;
  const hit = words(byOffset, [segmentStep(), scan, recordStep("163")], 1);
  expect(hit.title).toBe("Log: 2\u00a0batch headers from byte 4096");
  expect(hit.sentence).toContain("to the first one whose last offset reaches the target");
  expect(words(byOffset, [segmentStep(), passed, scanStep([["200", "201"]], "file", "0")], 1).sentence).toContain(
    "next segment",
  );
  expect(words(byOffset, [segmentStep(), scan, scanStep([["200", "201"]], "file", "0")]).title).toBe(
    "Next segment, 00000000000000000100.log: 1\u00a0batch header from the start",
  );
  expect(words(byOffset, [segmentStep(), passed]).sentence).toContain("none holds it");
  expect(words(byOffset, [segmentStep(), scanStep([])]).title).toBe("Log: nothing to scan");
  expect(words(byTime, [segmentStep(), scan, recordStep("163")], 1).sentence).toContain("largest timestamp reaches it");
});

test("a scan that stopped never says that none holds it", () => {
  const stopped = (ended: "checksum" | "stopped", batches: [string, string][] = [["160", "171"]]) =>
    words(byOffset, [segmentStep(), scanStep(batches, ended)]).sentence;
  expect(stopped("checksum")).toBe(
    "From batch to batch, by the length in each header, to the first one whose last offset reaches the target. Its checksum is wrong, so it isn't unpacked.",
  );
  expect(stopped("stopped")).toContain("up to where it can't be read on");
  expect(stopped("stopped", [])).toBe("No batch can be read there.");
});

test("an index's first look is named: for its warm end, which may be all of it", () => {
  const of = (probes: Probe[], found: Probe | null) =>
    words(byOffset, [segmentStep(), indexStep("offset-index", found, 2_000, { probes })]).sentence;
  const warm = entry(975, "150", { look: "warm-end" });
  expect(of([warm], warm)).toContain("It lies in the index's warm end, the last 8 KiB, from entry 975 on:");
  expect(of([{ ...warm, compared: "after" }], entry(3, "150"))).toContain(
    "It isn't in the index's warm end, the last 8 KiB, from entry 975 on, where brokers ask first",
  );
  expect(of([{ ...warm, entry: 0 }], warm)).toContain("All of this index is within the last 8 KiB");
});

test("by time, the log start offset is searched for where the time index says less", () => {
  const time = indexStep("time-index", entry(2, "140", { timestampMs: "1794999999000", position: null }));
  const offsets = indexStep("offset-index", entry(1, "160"), 8, { wanted: "161" });
  expect(words(byTime, [segmentStep(), time, offsets]).sentence).toMatch(
    /^That is before the log start offset, 161\. The largest entry ≤ 161 is offset 160/,
  );
});

test("a next segment's index is named as such", () => {
  const passed = scanStep([["150", "159"]], "file");
  const next = indexStep("offset-index", null, 3);
  expect(words(byOffset, [segmentStep(), passed, next, scanStep([["200", "201"]])], 2).title).toMatch(
    /^Next segment's offset index: /,
  );
});

test("a record is named by its place in the batch, with the batch's facts", () => {
  const { title, sentence } = words(byOffset, [recordStep("163", { baseOffset: "160" })]);
  expect(title).toBe("Record 8 of 12 in batch 160");
  expect(sentence).toBe(
    "The whole batch is read and unpacked: zstd, 4.10\u00a0KiB, leader epoch 31, no producer id. CRC-32C 7d1f09c4 agrees. The record's timestamp: 1795000000000.",
  );
  const producer = { producerId: "48113", producerEpoch: 2, transactional: true, codec: "none" };
  expect(words(byOffset, [recordStep("163", producer)]).sentence).toContain(
    "not compressed, 4.10\u00a0KiB, leader epoch 31, producer 48113 epoch 2, transactional.",
  );
});

test.each([
  [0, "< 0.1\u00a0ms"],
  [49, "< 0.1\u00a0ms"],
  [5_900, "5.9\u00a0ms"],
  [41_375, "41\u00a0ms"],
  [2_000_000, "2\u00a0s"],
])("%i µs are %j", (micros, text) => expect(tookText(micros)).toBe(text));
