import { expect, test } from "vitest";
import type { Located } from "#lib/contracts/segment-look-ups.ts";
import type { LocateTarget } from "#lib/queries/segments.ts";
import { answerWords, isUnseen, type Surroundings } from "./answer-words.ts";
import { entry, indexStep, located, recordStep, scanStep, segmentStep } from "./look-up.fixture.ts";
import { phraseText } from "./phrase.ts";

const around: Surroundings = { cleanupPolicy: "delete" };

function words(answer: Located, target: LocateTarget, surroundings = around) {
  const { title, sentence, ...rest } = answerWords(answer, target, surroundings);
  return { ...rest, title: phraseText(title), sentence: phraseText(sentence) };
}

test("an exact hit is found; one of a transaction may be aborted, and that is said", () => {
  const exact = located("exact", [recordStep("163")], "163");
  expect(words(exact, { offset: "163" })).toEqual({ tone: "found", title: "Found", sentence: "", next: null });
  const transactional = located("exact", [recordStep("163", { transactional: true })], "163");
  expect(words(transactional, { offset: "163" }).sentence).toContain("aborted");
});

test("by time, the first at or after it is what was asked for, and how much later is said", () => {
  const answer = located("next", [recordStep("163", {}, "1795000065000")], "163");
  expect(words(answer, { timestampMs: "1795000000000" })).toMatchObject({
    tone: "found",
    sentence: "Its timestamp is 1795000065000, 1\u00a0min\u00a05\u00a0s later.",
  });
});

test("a gap names the next message, and why as far as the batches tell", () => {
  const why = (answer: Located, surroundings = around) => words(answer, { offset: "163" }, surroundings);
  const within = located("next", [recordStep("165", { baseOffset: "160", lastOffset: "170" })], "165");
  expect(why(within)).toMatchObject({ tone: "gap", title: "No message has offset 163; the next is 165" });
  expect(why(within).sentence).toContain("compaction took the message out of it");
  const marker = located(
    "next",
    [
      scanStep([
        ["163", "163"],
        ["164", "170"],
      ]),
      recordStep("164"),
    ],
    "164",
  );
  expect(why(marker).sentence).toContain("marks a transaction's end");
  const emptied = located(
    "next",
    [
      scanStep([
        ["160", "164"],
        ["165", "170"],
      ]),
      recordStep("165"),
    ],
    "165",
  );
  expect(why(emptied).sentence).toContain("holds no message from there on");
  const nothing = located("next", [scanStep([["170", "180"]]), recordStep("170", { lastOffset: "180" })], "170");
  expect(why(nothing).sentence).toContain("what stood there was removed");
  expect(why(nothing, { cleanupPolicy: "compact,delete" }).sentence).toContain("a newer one has its key");
});

test("before the start, the edge is named and offered", () => {
  expect(words(located("before-start", []), { offset: "5" })).toMatchObject({
    title: "Before the log start offset",
    sentence: expect.stringMatching(/^The partition begins at 100: retention/),
    next: { find: "100" },
  });
  const unknown = { logStartOffset: null, highWatermark: null };
  expect(words(located("before-start", [], null, unknown), { offset: "0" }).next).toBe(null);
});

test("at the end of the log, above it and below it are three things", () => {
  const ended = (offset: string, edges: Parameters<typeof located>[3]) =>
    words(located("after-end", [], null, edges), { offset });
  const end = { logEndOffset: "500" };
  expect(ended("500", end)).toMatchObject({
    title: "Not written yet: just the end of the log",
    sentence: expect.stringMatching(/^The next message gets this offset, .* waits\. .* looks into no file\.$/),
    next: { find: "499" },
  });
  expect(ended("501", end)).toMatchObject({
    title: "Out of range: above the end of the log",
    sentence: expect.stringMatching(
      /^The log ends at 500\. .*OFFSET_OUT_OF_RANGE before it looks into an index\. .*auto\.offset\.reset/,
    ),
    next: { find: "499" },
  });
  expect(ended("499", end)).toMatchObject({ title: "No message from there to the end", next: null });
  expect(ended("500", { logEndOffset: "500", highWatermark: "490" }).sentence).toContain(
    "The high watermark is 490: what lies from there on is written, not yet visible.",
  );
  expect(ended("495", { logEndOffset: "490" })).toMatchObject({
    title: "This replica doesn't reach it",
    sentence: expect.stringContaining("Its log ends at 490, while the high watermark is 500"),
  });
  expect(ended("0", { logEndOffset: "0", highWatermark: "0", logStartOffset: "0" }).next).toBe(null);
  expect(ended("500", { logEndOffset: "500", logStartOffset: "500" }).next).toBe(null);
  expect(ended("0", { logEndOffset: null }).title).toBe("Beyond the end");
});

test("what is at or above the high watermark of the look-up is written and not yet visible", () => {
  const answer = located("exact", [recordStep("499")], "499", { highWatermark: "499" });
  expect(words(answer, { offset: "499" }).sentence).toContain(
    "Written, not yet visible: it is at or above the high watermark, 499",
  );
  expect(isUnseen(answer)).toBe(true);
  expect(isUnseen({ ...answer, highWatermark: "500" })).toBe(false);
  expect(isUnseen({ ...answer, highWatermark: null })).toBe(false);
});

test("a time that nothing reaches says how far the index reaches", () => {
  const steps = [segmentStep(), indexStep("time-index", entry(1, "140", { timestampMs: "1794999999000" }))];
  expect(words(located("none", steps), { timestampMs: "1795000000000" })).toMatchObject({
    tone: "nothing",
    title: "No message is of 1795000000000 or later",
    sentence: expect.stringContaining("1794999999000"),
    next: { find: "499" },
  });
});

test("a look-up that stopped at damage claims nothing, and offers a verification", () => {
  expect(words(located("stopped", [segmentStep()]), { offset: "163" })).toMatchObject({
    tone: "unsure",
    next: { verify: true },
  });
});

test("a batch whose checksum fails is named: it holds the offset, is the next one, or the first to reach a time", () => {
  const broken = located("stopped", [
    segmentStep(),
    scanStep(
      [
        ["150", "159"],
        ["160", "170"],
      ],
      "checksum",
    ),
  ]);
  expect(words(broken, { offset: "163" })).toMatchObject({
    tone: "unsure",
    title: "The batch that holds it, 160 … 170, fails its checksum",
    sentence: expect.stringContaining("Find the same in another replica"),
    next: { verify: true },
  });
  expect(words(broken, { offset: "159" }).title).toBe("The next batch after it, 160 … 170, fails its checksum");
  expect(words(broken, { timestampMs: "5" }).title).toBe(
    "The first batch that reaches it, 160 … 170, fails its checksum",
  );
});
