import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RateSampler, type WatermarkSample } from "./rate-sampler.ts";

type Topics = Record<string, { id?: string; high: (bigint | null)[] }>;

let now: Topics | null;
let reads: number;
let sampler: RateSampler;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  reads = 0;
  sampler = new RateSampler(async () => {
    reads++;
    if (now === null) throw new Error("no broker answers");
    return sample(now);
  });
});

afterEach(() => {
  sampler.close();
  vi.useRealTimers();
});

function sample(topics: Topics): WatermarkSample {
  return {
    topics: Object.entries(topics).map(([name, { id = "id", high }]) => ({ name, topicId: id, highWatermarks: high })),
  };
}

async function step(topics: Topics | null): Promise<void> {
  now = topics;
  await vi.advanceTimersByTimeAsync(reads === 0 ? 0 : 5_000);
}

async function begin(topics: Topics): Promise<void> {
  now = topics;
  sampler.want();
  await vi.advanceTimersByTimeAsync(0);
}

test("reads nothing until somebody asks, and tells nothing until there are two samples", async () => {
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reads).toBe(0);
  await begin({ a: { high: [10n] } });
  expect(sampler.rates()).toMatchObject({ atMs: [], total: [], sinceMs: null });
});

test("rates are messages a second over each step, by topic and in total", async () => {
  await begin({ a: { high: [0n, 0n] }, b: { high: [7n] } });
  await step({ a: { high: [30n, 20n] }, b: { high: [7n] } });
  const { atMs, byTopic, total, sinceMs } = sampler.rates();
  expect(atMs).toEqual([sinceMs === null ? 0 : sinceMs + 5_000]);
  expect(Object.fromEntries(byTopic)).toEqual({ a: [10], b: [0] });
  expect(total).toEqual([10]);
});

test("offsets beyond 2^53 give exact differences", async () => {
  const far = 2n ** 60n;
  await begin({ a: { high: [far] } });
  await step({ a: { high: [far + 5n] } });
  expect(sampler.rates().byTopic.get("a")).toEqual([1]);
});

test("a topic deleted and made again has no rate over that step, never a negative one", async () => {
  await begin({ a: { id: "first", high: [1_000n] } });
  await step({ a: { id: "second", high: [5n] } });
  await step({ a: { id: "second", high: [10n] } });
  expect(sampler.rates().byTopic.get("a")).toEqual([null, 1]);
});

test("messages lost by an unclean leader are no rate", async () => {
  await begin({ a: { high: [1_000n] } });
  await step({ a: { high: [900n] } });
  expect(sampler.rates().byTopic.get("a")).toEqual([null]);
});

test("a new topic has readings from its second sample on, a deleted one is forgotten", async () => {
  await begin({ a: { high: [0n] } });
  await step({ a: { high: [0n] }, b: { high: [100n] } });
  await step({ b: { high: [105n] } });
  expect(Object.fromEntries(sampler.rates().byTopic)).toEqual({ b: [null, 1] });
});

test("an added partition counts from its beginning", async () => {
  await begin({ a: { high: [10n] } });
  await step({ a: { high: [10n, 5n] } });
  expect(sampler.rates().byTopic.get("a")).toEqual([1]);
});

test("a partition that can't be read makes its topic unknown, not slow; the total keeps what is known", async () => {
  await begin({ a: { high: [0n, 0n] }, b: { high: [0n] } });
  await step({ a: { high: [50n, null] }, b: { high: [5n] } });
  await step({ a: { high: [100n, 50n] }, b: { high: [10n] } });
  await step({ a: { high: [100n, 60n] }, b: { high: [10n] } });
  expect(Object.fromEntries(sampler.rates().byTopic)).toEqual({ a: [null, null, 2], b: [1, 1, 0] });
  expect(sampler.rates().total).toEqual([11, 11, 2]);
});

test("a sample that fails is a step without values", async () => {
  await begin({ a: { high: [0n] } });
  await step(null);
  await step({ a: { high: [10n] } });
  await step({ a: { high: [15n] } });
  expect(sampler.rates()).toMatchObject({ total: [null, null, 1] });
  expect(sampler.rates().byTopic.get("a")).toEqual([null, null, 1]);
});

test("holds sixty steps and no more", async () => {
  await begin({ a: { high: [0n] } });
  for (let i = 1n; i <= 70n; i++) {
    sampler.want();
    await step({ a: { high: [i * 5n] } });
  }
  const { atMs, byTopic, total } = sampler.rates();
  expect([atMs.length, byTopic.get("a")?.length, total.length]).toEqual([60, 60, 60]);
});

test("stops three minutes after somebody last asked, and begins anew when asked again", async () => {
  await begin({ a: { high: [0n] } });
  await vi.advanceTimersByTimeAsync(181_000);
  const stoppedAt = reads;
  await vi.advanceTimersByTimeAsync(600_000);
  expect(reads).toBe(stoppedAt);
  expect(sampler.rates().total.length).toBeGreaterThan(0);
  sampler.want();
  await vi.advanceTimersByTimeAsync(0);
  expect(reads).toBe(stoppedAt + 1);
  expect(sampler.rates().total).toEqual([]);
});

test("close ends it", async () => {
  await begin({ a: { high: [0n] } });
  sampler.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reads).toBe(1);
});
