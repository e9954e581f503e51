import { afterEach, expect, test, vi } from "vitest";
import { commitPace } from "./commit-pace.ts";

afterEach(() => vi.unstubAllGlobals());

/** Frames that come when the test says so. */
function frames() {
  let waiting: (() => void)[] = [];
  vi.stubGlobal("requestAnimationFrame", (callback: () => void) => waiting.push(callback));
  return () => {
    const due = waiting;
    waiting = [];
    for (const callback of due) callback();
  };
}

function spin(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test("the first commit comes with the very next frame", () => {
  const nextFrame = frames();
  const flush = vi.fn();
  commitPace()(flush);
  expect(flush).not.toHaveBeenCalled();
  nextFrame();
  expect(flush).toHaveBeenCalledTimes(1);
});

test("after a dear commit frames are left out, and none is forgotten", async () => {
  const nextFrame = frames();
  const pace = commitPace();
  const flush = vi.fn();
  pace(() => spin(40));
  nextFrame();
  // The frame is painted: its cost is known with the next message.
  await new Promise((resolve) => setTimeout(resolve));
  pace(flush);
  nextFrame();
  expect(flush).not.toHaveBeenCalled();
  await vi.waitFor(() => {
    nextFrame();
    expect(flush).toHaveBeenCalledTimes(1);
  });
});
