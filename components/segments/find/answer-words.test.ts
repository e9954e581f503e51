import { expect, test } from "vitest";
import type { Located } from "#lib/contracts/segment-look-ups.ts";
import type { LocateTarget } from "#lib/queries/segments.ts";
import { answerWords, type Surroundings } from "./answer-words.ts";
import { entry, indexStep, located, recordStep, scanStep, segmentStep } from "./look-up.fixture.ts";
import { phraseText } from "./phrase.ts";

const around: Surroundings = { logStartOffset: "100", highWatermark: "500", cleanupPolicy: "delete" };

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
  expect(why(nothing, { ...around, cleanupPolicy: "compact,delete" }).sentence).toContain("a newer one has its key");
});

test("before the start and beyond the end, the edge is named and offered", () => {
  expect(words(located("before-start", []), { offset: "5" })).toMatchObject({
    title: "Before the log start offset",
    sentence: expect.stringMatching(/^The partition begins at 100: retention/),
    next: { find: "100" },
  });
  expect(words(located("after-end", [segmentStep()]), { offset: "500" })).toMatchObject({
    title: "Not written yet",
    next: { find: "499" },
  });
  expect(words(located("after-end", [segmentStep()]), { offset: "499" })).toMatchObject({
    title: "No message from there to the end",
    next: null,
  });
  const empty = { ...around, highWatermark: "0" };
  expect(words(located("after-end", []), { offset: "0" }, empty).next).toBe(null);
  const unknown = { ...around, highWatermark: null, logStartOffset: null };
  expect(words(located("after-end", []), { offset: "0" }, unknown).title).toBe("Beyond the end");
  expect(words(located("before-start", []), { offset: "0" }, unknown).next).toBe(null);
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
