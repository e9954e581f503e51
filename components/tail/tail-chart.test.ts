import { expect, test } from "vitest";
import { tailBars, tailSlices } from "./tail-chart.ts";

const second = (inPerSecond: number, more = {}) => ({
  atMs: 0,
  inPerSecond,
  matchedPerSecond: inPerSecond / 2,
  lost: 0,
  paused: false,
  ...more,
});

test("the newest second is at the right, its height a share of the highest", () => {
  const { incoming, matched, top } = tailBars([second(50), second(100)]);
  expect(top).toBe(100);
  expect(incoming).toBe("M581.5 100h7v-50h-7zM591.5 100h7v-100h-7z");
  expect(matched).toContain("M591.5 100h7v-50h-7z");
});

test("nothing is drawn for nothing, and little is still seen", () => {
  expect(tailBars([second(0)])).toMatchObject({ incoming: "", matched: "", lost: "", pauseX: null });
  expect(tailBars([second(1_000), second(0.1)]).incoming).toContain("v-1.5");
});

test("a pause is marked from its first second on, while it lasts", () => {
  expect(tailBars([second(1), second(1, { paused: true }), second(1, { paused: true })]).pauseX).toBe(580);
  expect(tailBars([second(1, { paused: true }), second(1)]).pauseX).toBeNull();
  expect(tailBars([second(1, { paused: true })]).pauseX).toBe(590);
});

test("the table has ten seconds a line, newest first", () => {
  const history = [...Array.from({ length: 10 }, () => second(10)), second(30, { lost: 4 }), second(50)];
  expect(tailSlices(history)).toEqual([
    { secondsAgo: 0, inPerSecond: 16, matchedPerSecond: 8, lost: 4 },
    { secondsAgo: 10, inPerSecond: 10, matchedPerSecond: 5, lost: 0 },
  ]);
});
