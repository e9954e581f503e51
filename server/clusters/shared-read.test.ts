import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ProblemError } from "#lib/problem.ts";
import { SharedRead } from "./shared-read.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const nobodyLeaves = () => new AbortController().signal;

/** A reading that ends when told. */
function controlled(maxAgeMs = 0) {
  const calls: { resolve: (value: string) => void; reject: (error: unknown) => void; signal: AbortSignal }[] = [];
  const read = new SharedRead<string>(
    (signal) => new Promise((resolve, reject) => calls.push({ resolve, reject, signal })),
    maxAgeMs,
  );
  return { read, calls };
}

test("viewers who ask at the same time cost one reading", async () => {
  const { read, calls } = controlled();
  const answers = Promise.all([read.get(nobodyLeaves()), read.get(nobodyLeaves()), read.get(nobodyLeaves())]);
  calls[0]?.resolve("once");
  expect((await answers).map(({ value }) => value)).toEqual(["once", "once", "once"]);
  expect(calls.length).toBe(1);
});

test("an answer says when its reading began, and is used again only as long as allowed", async () => {
  const { read, calls } = controlled(10_000);
  const first = read.get(nobodyLeaves());
  await vi.advanceTimersByTimeAsync(500);
  calls[0]?.resolve("old");
  expect(await first).toEqual({ value: "old", observedAtMs: 1_000_000 });
  await vi.advanceTimersByTimeAsync(9_000);
  expect((await read.get(nobodyLeaves())).value).toBe("old");
  await vi.advanceTimersByTimeAsync(1_000);
  const second = read.get(nobodyLeaves());
  calls[1]?.resolve("new");
  expect((await second).value).toBe("new");
});

test("a viewer who leaves doesn't take the reading from the others; the last one ends it", async () => {
  const { read, calls } = controlled();
  const [leaves, stays] = [new AbortController(), new AbortController()];
  const one = read.get(leaves.signal);
  const other = read.get(stays.signal);
  leaves.abort();
  await expect(one).rejects.toMatchObject({ code: "cancelled" });
  expect(calls[0]?.signal.aborted).toBe(false);
  stays.abort();
  await expect(other).rejects.toMatchObject({ code: "cancelled" });
  expect(calls[0]?.signal.aborted).toBe(true);
  void read.get(nobodyLeaves());
  expect(calls.length).toBe(2);
});

test("a failure is shared too, and not kept", async () => {
  const { read, calls } = controlled(10_000);
  const answers = [read.get(nobodyLeaves()), read.get(nobodyLeaves())];
  calls[0]?.reject(new ProblemError("cluster-unreachable", "Nobody answers."));
  for (const answer of answers) await expect(answer).rejects.toMatchObject({ code: "cluster-unreachable" });
  void read.get(nobodyLeaves());
  expect(calls.length).toBe(2);
});

test("after a change, a reading that began before it is not shared with those who ask afterwards", async () => {
  const { read, calls } = controlled(10_000);
  const before = read.get(nobodyLeaves());
  read.forget();
  const after = read.get(nobodyLeaves());
  calls[1]?.resolve("after");
  calls[0]?.resolve("before");
  expect([(await before).value, (await after).value]).toEqual(["before", "after"]);
  expect((await read.get(nobodyLeaves())).value).toBe("after");
});

test("a page's patience ends before a slow reading: the last answer with its age, and the reading goes on", async () => {
  const { read, calls } = controlled(1_000);
  const first = read.get(nobodyLeaves());
  calls[0]?.resolve("old");
  await first;
  await vi.advanceTimersByTimeAsync(5_000);
  const impatient = read.getWithin(nobodyLeaves(), 2_000, "the sizes");
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await impatient).toMatchObject({
    reading: { value: "old", observedAtMs: 1_000_000 },
    problem: { code: "deadline-exceeded" },
  });
  expect(calls[1]?.signal.aborted).toBe(false);
  calls[1]?.resolve("new");
  await vi.advanceTimersByTimeAsync(0);
  expect(read.last?.value).toBe("new");
});

test("with patience, a failure comes with the last answer; a mistake of ours is thrown", async () => {
  const { read, calls } = controlled();
  const failing = read.getWithin(nobodyLeaves(), 2_000, "the quorum");
  calls[0]?.reject(new ProblemError("kafka-forbidden", "Needs a right."));
  expect(await failing).toMatchObject({ reading: null, problem: { code: "kafka-forbidden" } });
  const wrong = read.getWithin(nobodyLeaves(), 2_000, "the quorum");
  calls[1]?.reject(new TypeError("ours"));
  await expect(wrong).rejects.toThrow("ours");
});

test("a viewer who leaves while being patient is told so", async () => {
  const { read } = controlled();
  const leaves = new AbortController();
  const waiting = read.getWithin(leaves.signal, 2_000, "the quorum");
  leaves.abort();
  await expect(waiting).rejects.toMatchObject({ code: "cancelled" });
});
