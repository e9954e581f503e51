import { afterAll, expect, test, vi } from "vitest";
import { ProblemError } from "#lib/problem.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { TopicWatch } from "./topic-watch.ts";

const { ctx, close } = serviceContext();
afterAll(close);

test("a watcher that throws is told its own problem, and those behind it are told of the topics", async () => {
  const watch = new TopicWatch(ctx.kafka, null, () => {});
  const tooExpensive = new ProblemError("invalid-request", "It takes too long to match.");
  const failing = {
    onMetadata: () => {
      throw tooExpensive;
    },
    onFailure: vi.fn(),
    onProblem: vi.fn(),
  };
  const next = { onMetadata: vi.fn(), onFailure: vi.fn(), onProblem: vi.fn() };
  const unsubscribes = [watch.subscribe(failing), watch.subscribe(next)];
  watch.lookSoon();
  await vi.waitFor(() => expect(next.onMetadata).toHaveBeenCalled(), { timeout: 5_000 });
  expect(failing.onFailure).toHaveBeenCalledWith(tooExpensive);
  for (const { onFailure, onProblem } of [next]) {
    expect(onFailure).not.toHaveBeenCalled();
    expect(onProblem).not.toHaveBeenCalled();
  }
  expect(failing.onProblem).not.toHaveBeenCalled();
  for (const unsubscribe of unsubscribes) unsubscribe();
});
