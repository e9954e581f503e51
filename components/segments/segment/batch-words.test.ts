import { describe, expect, test } from "vitest";
import type { TailRow } from "#lib/contracts/message-row.ts";
import { aSegment } from "../table/segment.fixture.ts";
import {
  controlWord,
  crcInDecimal,
  markerSentence,
  missingSentence,
  movedSentence,
  ratioText,
  sequencesText,
  servedWords,
  unservedSentences,
} from "./batch-words.ts";
import { storedBatch } from "./stored-batch.fixture.ts";

test("a ratio has three digits", () => {
  expect([null, 1.9461, 12.34, 99.96, 1234].map(ratioText)).toEqual([null, "×1.95", "×12.3", "×100", "×1,234"]);
});

test("sequences run with the offsets and wrap at the largest int32", () => {
  expect(sequencesText(storedBatch({}))).toBeNull();
  expect(sequencesText(storedBatch({ baseSequence: 5 }))).toBe("5 to 14");
  expect(sequencesText(storedBatch({ baseSequence: 5, lastOffset: "0" }))).toBe("5");
  expect(sequencesText(storedBatch({ baseSequence: 2_147_483_647 }))).toBe("2147483647 to 8");
  expect(sequencesText(storedBatch({ baseSequence: -1 }))).toBeNull();
});

test("a checksum in the decimal of Kafka's tool", () => {
  expect(["00000000", "69da7db9", "ffffffff"].map(crcInDecimal)).toEqual(["0", "1775926713", "4294967295"]);
});

test("whose messages are shown: never taken for those of another broker's file", () => {
  expect(servedWords(3, 3)).toBe("as broker 3, the leader, serves them");
  expect(servedWords(1, 3)).toBe("as broker 3, the leader, serves them, not from broker 1's file");
  expect(servedWords(1, null)).toBe("as Kafka serves them, read from the leader");
});

test("a page that begins elsewhere than was asked for says so", () => {
  const page = [storedBatch({ position: "372", baseOffset: "30", lastOffset: "39" })];
  const asked = (position: string | null, from: string | null = null) => movedSentence(page, { position, from });
  expect(asked("77")).toBe("No batch begins at byte 77: shown from byte 372 on, where the next one does.");
  expect([asked("372"), asked("0372"), asked(null), asked(null, "30"), asked(null, "35")]).toEqual(Array(5).fill(null));
  expect(asked(null, "29")).toBe("No batch of this file holds offset 29: shown from offset 30 on, the next.");
  expect(movedSentence([], { position: "77", from: null })).toBeNull();
});

test("why no segment begins at an offset: by where it lies", () => {
  expect(missingSentence({ at: "deleted", logStartOffset: "100" }, "5")).toMatch(/before the log start offset, 100/);
  expect(missingSentence({ at: "unwritten", end: "8123" }, "12345")).toBe(
    "Nothing has been written at offset 12345 yet: the partition's next offset is 8123.",
  );
  expect(missingSentence({ at: "within", segment: aSegment({ baseOffset: "0" }) }, "5")).toContain("in segment 0.");
});

describe("a marker", () => {
  const marker = storedBatch({ control: true, transactional: true, producerId: "4000", producerEpoch: 2, records: 1 });
  const rows = (ends: { commits?: number; aborts?: number }): TailRow[] => [
    { gap: [0, "0", "0"], reason: "markers", ...ends },
  ];
  test("says what it does when Kafka told", () => {
    expect(markerSentence(marker, rows({ commits: 1, aborts: 0 }))).toMatch(/^Commit: .* producer 4000, epoch 2/);
    expect(markerSentence(marker, rows({ commits: 0, aborts: 1 }))).toMatch(/^Abort: /);
  });
  test("says it by its own bytes, whatever Kafka serves there", () => {
    expect(markerSentence({ ...marker, controlType: "commit" }, [])).toMatch(/^Commit: /);
    expect(markerSentence({ ...marker, controlType: "abort" }, rows({ commits: 1 }))).toMatch(/^Abort: /);
    expect(markerSentence(storedBatch({ control: true, controlType: "leader-change" }), [])).toContain(
      "(leader change)",
    );
  });
  test("has a word of its own", () => {
    const words = ["abort", "commit", "snapshot-header", "unknown (7)", null].map((controlType) =>
      controlWord({ ...marker, controlType }),
    );
    expect(words).toEqual(["abort", "commit", "snapshot header", "control (7)", "marker"]);
    expect(controlWord(storedBatch({ control: true }))).toBe("control");
  });
  test("claims nothing when neither told", () => {
    expect(markerSentence(marker, [])).toContain("couldn't be read");
    expect(markerSentence(marker, [{ gap: [0, "0", "0"], reason: "compacted" }])).toContain("couldn't be read");
    expect(markerSentence(storedBatch({ control: true }), [])).toContain("outside of any transaction");
  });
});

describe("what Kafka doesn't serve of a batch", () => {
  const batch = storedBatch({ baseOffset: "10", lastOffset: "12", records: 3 });
  const message = (offset: string): TailRow => [0, offset, 0, null, "v"];
  const all = ["10", "11", "12"].map(message);
  const log = { logStartOffset: "0", highWatermark: "100" };
  test("nothing is said when all of it is there", () => {
    expect(unservedSentences(batch, log, all)).toEqual([]);
  });
  test("before the log start offset, wholly or in part", () => {
    expect(unservedSentences(batch, { ...log, logStartOffset: "13" }, [])).toEqual([
      expect.stringMatching(/^All of it lies before the log start offset, 13/),
    ]);
    expect(unservedSentences(batch, { ...log, logStartOffset: "11" }, all.slice(1))).toEqual([
      expect.stringMatching(/^Offsets up to 10 lie before/),
    ]);
  });
  test("beyond the high watermark", () => {
    expect(unservedSentences(batch, { ...log, highWatermark: "12" }, all.slice(0, 2))).toEqual([
      expect.stringMatching(/^Offsets from 12 on lie at or beyond/),
    ]);
  });
  test("compacted away where it is served from", () => {
    const [first] = all;
    const rows: TailRow[] = first === undefined ? [] : [first, { gap: [0, "11", "12"], reason: "compacted" }];
    expect(unservedSentences(batch, log, rows)).toEqual([expect.stringContaining("3\u00a0records; Kafka serves 1")]);
  });
  test("a batch that couldn't be read says so itself", () => {
    const unread: TailRow = { problem: [0, "10", "12"], code: "corrupt", detail: "Its CRC differs.", records: 3 };
    expect(unservedSentences(batch, log, [unread])).toEqual([]);
  });
});
