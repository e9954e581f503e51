import { afterEach, expect, test, vi } from "vitest";
import { commitPace } from "./commit-pace.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

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

/** Painting is done, and time passes, when the test says so. */
function clock() {
  let now = 1_000;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  const port1: { onmessage: (() => void) | null } = { onmessage: null };
  let painting = false;
  const postMessage = () => {
    painting = true;
  };
  vi.stubGlobal(
    "MessageChannel",
    class {
      port1 = port1;
      port2 = { postMessage };
    },
  );
  return {
    pass: (ms: number) => {
      now += ms;
    },
    painted: () => {
      if (painting) port1.onmessage?.();
      painting = false;
    },
  };
}

test("the first commit comes with the very next frame", () => {
  const nextFrame = frames();
  const flush = vi.fn();
  commitPace()(flush);
  expect(flush).not.toHaveBeenCalled();
  nextFrame();
  expect(flush).toHaveBeenCalledTimes(1);
});

test("after a dear commit frames are left out, and none is forgotten", () => {
  const nextFrame = frames();
  const { pass, painted } = clock();
  const pace = commitPace();
  const flush = vi.fn();
  pace(() => pass(30));
  nextFrame();
  pass(10);
  painted();
  pace(flush);
  nextFrame();
  pass(79);
  nextFrame();
  expect(flush).not.toHaveBeenCalled();
  pass(1);
  nextFrame();
  expect(flush).toHaveBeenCalledTimes(1);
});
