import { expect, test } from "vitest";
import {
  differenceText,
  filterMoves,
  furthestBack,
  headlineOf,
  headlineText,
  namedPartitions,
  notesOf,
  skippedBy,
  skippingMoves,
  skipsNothingAt,
  targetText,
} from "./plan-words.ts";
import { sampleMove, samplePlan } from "./sample-plan.ts";

const headline = (...moves: Parameters<typeof samplePlan>[0]) => {
  const { before, skips, after } = headlineOf(samplePlan(moves));
  return `${before}${skips === null ? "" : `[${skips}]`}${after}`;
};
const replay = sampleMove({ from: "60344", to: "100" });
const skip = sampleMove({ partition: 3, from: "10", to: "3007" });

test("the headline counts what is replayed, and sets apart what is skipped", () => {
  expect(headline(replay, skip)).toBe("Replays 60,244 messages, [skips 2,997 never processed].");
  expect(headline(replay)).toBe("Replays 60,244 messages, skips none.");
  expect(headline(skip)).toBe("[Skips 2,997 messages never processed].");
  expect(headline(sampleMove({ to: "99" }))).toBe("Replays 1 message, skips none.");
});

test("a plan that neither replays nor skips says what it does", () => {
  expect(headline(sampleMove({ from: null }))).toMatch(/^Commits 1.partition for the first time\.$/);
  expect(headline(sampleMove({ to: null }))).toMatch(/^Takes the commit of 1.partition away\.$/);
  expect(headline(sampleMove({ to: "100" }))).toBe("Nothing to move: every partition is there already.");
  expect(headline(sampleMove({ to: "100", flags: ["unreadable"] }))).toBe("Nothing can be moved now.");
  expect(headline()).toBe("There is no partition to move.");
});

test("what an undo gives back is no skip, and no first commit", () => {
  const forward = sampleMove({ from: "0", to: "100", flags: ["restored"] });
  const again = sampleMove({ partition: 1, from: null, to: "40", flags: ["no-commit", "restored"] });
  const plan = samplePlan([forward, again]);
  const { before, skips } = headlineOf({ ...plan, totals: { ...plan.totals, skipped: "0" } });
  expect([before, skips]).toEqual([
    expect.stringMatching(/^Gives 2.partitions back what they had; replays none\.$/),
    null,
  ]);
  expect([skippedBy(forward), skippedBy(again)]).toEqual([0n, 0n]);
  expect(notesOf(forward)).toEqual([{ text: "as before the change", tone: "plain" }]);
});

test("an undo to where the log no longer reaches is no first commit", () => {
  const said = (...moves: Parameters<typeof samplePlan>[0]) =>
    headlineText(headlineOf(samplePlan(moves), true)).replaceAll("\u00a0", " ");
  const near = sampleMove({ from: null, to: "20", flags: ["no-commit", "clamped-to-start"] });
  expect(said(near)).toBe("Puts 1 partition as near to where it had been as the log still allows; replays none.");
  const back = sampleMove({ partition: 1, from: "0", to: "0", direction: "restore", flags: ["restored"] });
  expect(said(near, back)).toBe(
    "Gives 1 partition back what it had, puts 1 partition as near to where it had been as the log still allows; replays none.",
  );
  expect(headline(near)).toMatch(/^Commits 1.partition for the first time\.$/);
});

test("lines of a file that are left out are told in the headline", () => {
  const problem = (line: number | null) => ({ line, topic: null, partition: null, detail: "" });
  const said = (...lines: (number | null)[]) =>
    headlineText(headlineOf(samplePlan([replay], { problems: lines.map(problem) }))).replaceAll("\u00a0", " ");
  expect(said(3)).toBe("Replays 60,244 messages, skips none. 1 line of the file is left out.");
  expect(said(5, 4, null)).toBe("Replays 60,244 messages, skips none. 2 lines of the file are left out.");
  expect(said(null)).toBe("Replays 60,244 messages, skips none.");
});

test("numbers past 2^53 are counted exactly", () => {
  expect(headline(sampleMove({ from: "9223372036854775807", to: "0" }))).toContain("9,223,372,036,854,775,807");
  expect(differenceText("-9223372036854775807")).toBe("−9,223,372,036,854,775,807");
});

test("skips are told largest first, with the moment before which nothing is skipped", () => {
  const moves = [
    sampleMove({ partition: 1, from: "0", to: "5", fromTimestampMs: 900 }),
    replay,
    sampleMove({ partition: 2, from: "0", to: "50", fromTimestampMs: 700 }),
  ];
  const skipping = skippingMoves(moves);
  expect(skipping.map(({ partition }) => partition)).toEqual([2, 1]);
  expect(skipsNothingAt(skipping)).toBe(700);
  expect(skipsNothingAt([...skipping, skip])).toBeNull();
  expect(skipsNothingAt([])).toBeNull();
});

test("what retention deleted isn't skipped, and before a first commit lies what was never read", () => {
  expect(skippedBy(sampleMove({ from: "10", to: "30", logStartOffset: "30" }))).toBe(0n);
  expect(skippedBy(sampleMove({ from: "10", to: "35", logStartOffset: "30" }))).toBe(5n);
  const first = sampleMove({ from: null, to: "35", logStartOffset: "30" });
  expect(skippingMoves([first])).toEqual([first]);
  expect(notesOf(first)).toEqual([{ text: "5 before it are never read", tone: "crit" }]);
});

test("how far back it goes is told where times are known", () => {
  const far = sampleMove({ partition: 4, fromTimestampMs: 300_000, toTimestampMs: 60_000 });
  expect(furthestBack([replay, far])).toMatch(/^4.min, on orders-4$/);
  expect(furthestBack([replay, skip])).toBeNull();
});

test("each flag has its words, and a skip comes first", () => {
  expect(notesOf(skip)).toEqual([{ text: "never processed", tone: "crit" }]);
  expect(notesOf(sampleMove({ from: "10", logStartOffset: "30", flags: ["past-retention"] }))[1]?.text).toBe(
    "20 deleted before they were read",
  );
  expect(notesOf(sampleMove({ flags: ["clamped-to-start", "edited"] })).map(({ text }) => text)).toEqual([
    "log start: the target lies before it",
    "set by hand",
  ]);
  expect(notesOf(sampleMove({ from: null, to: "0", flags: ["no-commit"] }))).toEqual([]);
});

test("the record says what the moves were worked out from", () => {
  const scope = { of: "group" } as const;
  const text = (target: Parameters<typeof targetText>[0]["target"]) => targetText({ scope, target }, null, null);
  expect(text({ to: "timestamp", timestampMs: 1_795_141_200_000 })).toBe("to 2026-11-20T02:20:00.000Z");
  expect(text({ to: "shift", by: "-1000" })).toBe("by −1,000 messages");
  expect(text({ to: "group", group: "g".repeat(2_000) })).toHaveLength(500);
  expect(
    targetText(
      { scope, target: { to: "csv", csv: "" }, edits: [{ topic: "orders", partition: 1, offset: null }] },
      "offsets.csv",
      null,
    ),
  ).toBe("to the offsets of offsets.csv, 1 by hand");
});

test("the record says what a move comes to, and never calls a moment a way back", () => {
  const request = { scope: { of: "group" }, target: { to: "ago", durationMs: 90_000 } } as const;
  const plan = samplePlan([replay, skip], { observedAtMs: 1_795_141_200_000 });
  expect(targetText(request, null, plan).replaceAll("\u00a0", " ")).toBe(
    "to 1 min 30 s before 2026-11-20T02:20:00.000Z; replays 60,244, skips 2,997",
  );
  const long = { ...request, target: { to: "group", group: "g".repeat(2_000) } } as const;
  expect(targetText(long, null, plan)).toMatch(/^to where g{4}.{400,}g; replays 60,244, skips 2,997$/);
  expect(targetText(long, null, plan)).toHaveLength(500);
});

test("many partitions are named in short, never with only one left out", () => {
  const moves = Array.from({ length: 12 }, (_, partition) => sampleMove({ partition }));
  expect(namedPartitions(moves)).toEqual({ names: ["orders-0", "orders-1", "orders-2"], more: 9 });
  expect(namedPartitions(moves.slice(0, 4))).toMatchObject({ more: 0 });
});

test("long plans are narrowed to what matters", () => {
  const stays = sampleMove({ partition: 5, to: "100" });
  const moves = [replay, skip, stays];
  expect(filterMoves(moves, "all")).toBe(moves);
  expect(filterMoves(moves, "skips")).toEqual([skip]);
  expect(filterMoves(moves, "moves")).toEqual([replay, skip]);
  expect(filterMoves(moves, "notes")).toEqual([skip]);
});
