import { expect, test, vi } from "vitest";
import { ProblemError } from "#lib/problem.ts";
import { withDeadline } from "./deadline.ts";

const never = () => new Promise<never>(() => {});

test("an answer in time comes through, and its signal stays quiet", async () => {
  let inner: AbortSignal | undefined;
  const answer = await withDeadline(new AbortController().signal, 1_000, "it", async (signal) => {
    inner = signal;
    return 7;
  });
  expect(answer).toBe(7);
  expect(inner?.aborted).toBe(false);
});

test("a call that hangs is given up, naming what was asked, and is told so", async () => {
  let inner: AbortSignal | undefined;
  const asked = withDeadline(new AbortController().signal, 20, "the sizes on broker 2 (kafka-2:9092)", (signal) => {
    inner = signal;
    return never();
  });
  await expect(asked).rejects.toMatchObject({
    code: "deadline-exceeded",
    message: expect.stringContaining("the sizes on broker 2 (kafka-2:9092)"),
  });
  expect(inner?.aborted).toBe(true);
});

test("a viewer who leaves ends the wait; a reason that is a problem is passed on", async () => {
  const viewer = new AbortController();
  const asked = withDeadline(viewer.signal, 5_000, "it", never);
  viewer.abort();
  await expect(asked).rejects.toMatchObject({ code: "cancelled" });
  const ended = AbortSignal.abort(new ProblemError("shutting-down", "bye"));
  await expect(withDeadline(ended, 5_000, "it", never)).rejects.toMatchObject({ code: "shutting-down" });
});

test("a failure after the deadline is nobody's: no unhandled rejection", async () => {
  const unhandled = vi.fn();
  process.on("unhandledRejection", unhandled);
  let fail: (error: Error) => void = () => {};
  const late = new Promise<never>((_, reject) => {
    fail = reject;
  });
  await expect(withDeadline(new AbortController().signal, 10, "it", () => late)).rejects.toThrow();
  fail(new Error("too late"));
  await new Promise((resolve) => setImmediate(resolve));
  expect(unhandled).not.toHaveBeenCalled();
  process.off("unhandledRejection", unhandled);
});

test("an error thrown before the first await is a rejection like any other", async () => {
  const asked = withDeadline(new AbortController().signal, 1_000, "it", () => {
    throw new Error("at once");
  });
  await expect(asked).rejects.toThrow("at once");
});
