import { setImmediate as turn } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { atOnce, inTurns, type Work } from "./in-turns.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

function* counting(to: number, step: (at: number) => void = () => {}): Work<number> {
  for (let at = 0; at < to; at++) {
    yield;
    step(at);
  }
  return to;
}

test("work that takes long lets others have their turn again and again, and gives its result", async () => {
  let nowMs = 0;
  vi.spyOn(performance, "now").mockImplementation(() => nowMs++);
  let othersTurns = 0;
  let done = false;
  const others = (async () => {
    for (; !done; othersTurns++) await turn();
  })();
  expect(await inTurns(counting(200))).toBe(200);
  done = true;
  await others;
  expect(othersTurns).toBeGreaterThanOrEqual(10);
});

test("work that is soon done is done without a break", async () => {
  vi.spyOn(performance, "now").mockReturnValue(0);
  const other = vi.fn();
  setImmediate(other);
  expect(await inTurns(counting(10_000))).toBe(10_000);
  expect(other).not.toHaveBeenCalled();
  expect(atOnce(counting(3))).toBe(3);
});

test("what the work throws is thrown", async () => {
  const failing = counting(5, () => {
    throw new Error("no");
  });
  await expect(inTurns(failing)).rejects.toThrow("no");
});
