import { afterEach, expect, test, vi } from "vitest";
import { chunkOf, kafkajsBatch, packings } from "#scripts/testing/kafkajs-batch.ts";
import { messagesOf, problemsOf, testLens } from "#scripts/testing/rows-of.ts";
import { DecoderPool } from "./decoder-pool.ts";
import type { LensTask } from "./lens.ts";

const pools: DecoderPool[] = [];
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())));

function pool(options: ConstructorParameters<typeof DecoderPool>[0] = {}): DecoderPool {
  const made = new DecoderPool({ threads: 1, ...options });
  pools.push(made);
  return made;
}

const { signal } = new AbortController();
const task: LensTask = { lens: testLens(), maxRows: 1_000 };
const chunkWith = async (value: string, packing: (typeof packings)[number] = "none") =>
  chunkOf([await kafkajsBatch({ baseOffset: 0n, records: [{ key: null, value: Buffer.from(value) }], packing })]);
/** What can't be posted to a worker, or breaks it, would be a defect of ours: a lens that isn't one stands in for it. */
const broken = { lens: { ...testLens(), contains: 1 }, maxRows: 1 } as unknown as LensTask;

const workers = () =>
  process.getActiveResourcesInfo().filter((name) => name === "MessagePort" || name === "Worker").length;

test("decodes every codec in its threads, in the order of the tasks, and leaves the chunk to others", async () => {
  const decoder = pool().lease();
  const chunks = await Promise.all(packings.map((packing) => chunkWith(packing, packing)));
  const results = await Promise.all(chunks.map((chunk) => decoder.applyLenses(chunk, [task, task], signal)));
  expect(results.map(([, second]) => second && messagesOf(second)[0]?.[4])).toEqual([...packings]);
  expect(chunks.every(({ bytes }) => bytes.byteLength > 61)).toBe(true);
  const [chunk] = chunks;
  if (chunk === undefined) throw new Error("no chunk");
  const [record] = await decoder.extract(chunk, { place: 0, from: 0n, limit: 1, maxBytes: 1 }, signal);
  expect(Buffer.from(record?.value ?? []).toString()).toBe("none");
});

test("a task that breaks is a problem row; the next one is done", async () => {
  const decoder = pool().lease();
  const chunk = await chunkWith("x");
  const [failed] = await decoder.applyLenses(chunk, [broken], signal);
  expect(failed && problemsOf(failed)).toMatchObject([{ code: "corrupt", records: 1 }]);
  expect(failed?.partitions[0]).toMatchObject({ in: 1, undecodable: 1 });
  const [after] = await decoder.applyLenses(chunk, [task], signal);
  expect(after?.sent).toBe(1);
});

test("a task beyond its deadline is a problem row, its thread is replaced", async () => {
  const slow = pool({ deadlineMs: 1 });
  const decoder = slow.lease();
  const chunk = await chunkWith("x");
  const [late] = await decoder.applyLenses(chunk, [task], signal);
  expect(late && problemsOf(late)[0]?.detail).toContain("0.001 s");
  await expect(decoder.extract(chunk, { place: 0, from: 0n, limit: 1, maxBytes: 1 }, signal)).rejects.toMatchObject({
    code: "deadline-exceeded",
  });
});

test("an aborted task is given up at once, whether it waits or runs; others go on", async () => {
  const decoder = pool().lease();
  const chunk = await chunkWith("x");
  const controller = new AbortController();
  const given = [1, 2].map(() => decoder.applyLenses(chunk, [task], controller.signal));
  const other = decoder.applyLenses(chunk, [task], signal);
  controller.abort(new Error("left"));
  await Promise.all(given.map((one) => expect(one).rejects.toThrow("left")));
  expect((await other)[0]?.sent).toBe(1);
});

test("releasing gives up what waits; closing refuses what comes", async () => {
  const one = pool();
  const decoder = one.lease();
  const other = one.lease();
  const chunk = await chunkWith("x");
  const waiting = decoder.applyLenses(chunk, [task], signal);
  decoder.release();
  await expect(waiting).rejects.toMatchObject({ code: "cancelled" });
  expect((await other.applyLenses(chunk, [task], signal))[0]?.sent).toBe(1);
  const last = other.applyLenses(chunk, [task], signal);
  const refused = expect(last).rejects.toMatchObject({ code: "shutting-down" });
  await one.close();
  await refused;
  await expect(other.applyLenses(chunk, [task], signal)).rejects.toMatchObject({ code: "shutting-down" });
});

test("threads end when nobody has leased one for a while, and come back", async () => {
  const before = workers();
  const idle = pool({ idleMs: 20 });
  const chunk = await chunkWith("x");
  for (const _round of [1, 2]) {
    const decoder = idle.lease();
    await decoder.applyLenses(chunk, [task], signal);
    expect(idle.threads).toBe(1);
    decoder.release();
    await vi.waitFor(() => expect(idle.threads).toBe(0), { timeout: 5_000 });
  }
  await vi.waitFor(() => expect(workers()).toBeLessThanOrEqual(before), { timeout: 5_000 });
});
