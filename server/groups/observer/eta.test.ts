import { expect, test } from "vitest";
import { etaOf } from "./eta.ts";

const pace = { lag: 1_000n, timeLagMs: 60_000, committedPerSecond: 30, producedPerSecond: 10 };

test("at the end it is caught up", () => {
  expect(etaOf({ ...pace, lag: 0n, committedPerSecond: null })).toEqual({ kind: "caught-up" });
});

test("within the time between two commits it is caught up", () => {
  expect(etaOf({ ...pace, lag: 12n, timeLagMs: 2_000, committedPerSecond: 75, producedPerSecond: 75 })).toEqual({
    kind: "caught-up",
  });
  expect(etaOf({ ...pace, timeLagMs: 10_000 })).toEqual({ kind: "caught-up" });
  expect(etaOf({ ...pace, timeLagMs: 10_001 })).toEqual({ kind: "in", ms: 50_000 });
});

test("as long as it takes at this pace, while it is faster than its producers", () => {
  expect(etaOf(pace)).toEqual({ kind: "in", ms: 50_000 });
});

test("never when its producers are as fast, or it stands still, or in more than a year", () => {
  expect(etaOf({ ...pace, producedPerSecond: 30 })).toEqual({ kind: "never" });
  expect(etaOf({ ...pace, committedPerSecond: 0, producedPerSecond: 0, timeLagMs: 10 })).toEqual({ kind: "never" });
  expect(etaOf({ ...pace, lag: 2n ** 62n })).toEqual({ kind: "never" });
});

test("unknown without samples, or without lag", () => {
  expect(etaOf({ ...pace, committedPerSecond: null })).toEqual({ kind: "unknown" });
  expect(etaOf({ ...pace, lag: null })).toEqual({ kind: "unknown" });
});
