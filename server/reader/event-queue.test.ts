import { expect, test } from "vitest";
import { ProblemError } from "#lib/problem.ts";
import { EventQueue, QUEUE_BYTES, TURN_BYTES } from "./event-queue.ts";
import { ReadAhead } from "./read-ahead.ts";
import type { ReaderEvent } from "./reader-event.ts";

const MIB = 1024 * 1024;
const chunk = (bytes: number): ReaderEvent => ({
  kind: "chunk",
  chunk: { bytes: new Uint8Array(bytes), partitions: [] },
});
const waiting: ReaderEvent = { kind: "waiting", waiting: null };
const { signal } = new AbortController();
const wanted = { maxBytes: 2 * MIB, reserve: true };

/** What became of it by now; undefined while it waits. */
function now<T>(promise: Promise<T>): Promise<T | undefined> {
  return Promise.race([promise, new Promise<undefined>((resolve) => setImmediate(resolve, undefined))]);
}

/** Asks as often as it is let, and nobody takes what comes. */
async function fillUp(queue: EventQueue): Promise<void> {
  const leaving = new AbortController();
  for (;;) {
    const admission = await now(queue.enter(wanted, leaving.signal));
    if (!admission) return leaving.abort();
    queue.push(chunk(admission.maxBytes));
    queue.leave(admission);
  }
}

test("a full queue lets nobody in until something is taken; nothing is dropped", async () => {
  const shared = new ReadAhead();
  const queue = new EventQueue(shared);
  await fillUp(queue);
  expect([queue.bytes, shared.bytes]).toEqual([QUEUE_BYTES, QUEUE_BYTES]);
  expect(await now(queue.take())).toMatchObject({ kind: "chunk" });
  expect([queue.bytes, shared.bytes]).toEqual([QUEUE_BYTES - 2 * MIB, QUEUE_BYTES - 2 * MIB]);
});

test("a thousand readers that nobody reads hold one budget, and at most one small answer each beyond", async () => {
  const shared = new ReadAhead(64 * MIB);
  const queues = Array.from({ length: 200 }, () => new EventQueue(shared));
  for (const queue of queues) await fillUp(queue);
  expect(shared.bytes).toBeLessThanOrEqual(64 * MIB + 200 * TURN_BYTES);
  for (const queue of queues) expect(queue.bytes).toBeGreaterThan(0);
  for (const queue of queues) queue.end();
  expect(shared.bytes).toBe(0);
});

test("while the budget is used up, a reader that is read goes on: its leaders one after another, in order", async () => {
  const shared = new ReadAhead(4 * MIB);
  const stuck = new EventQueue(shared);
  await fillUp(stuck);
  const queue = new EventQueue(shared);
  const order: number[] = [];
  const leader = async (id: number) => {
    for (let round = 0; round < 3; round++) {
      const admission = await queue.enter(wanted, signal);
      expect(admission).toMatchObject({ isTurn: true, maxBytes: TURN_BYTES });
      order.push(id);
      queue.push(chunk(10));
      if (admission !== null) queue.leave(admission);
    }
  };
  const leaders = Promise.all([leader(1), leader(2), leader(3)]);
  for (let taken = 0; taken < 9; taken++) expect(await queue.take()).toMatchObject({ kind: "chunk" });
  await leaders;
  expect(order).toEqual([1, 2, 3, 1, 2, 3, 1, 2, 3]);
  // Who holds nothing and expects nothing isn't counted.
  expect(await now(queue.enter({ maxBytes: MIB, reserve: false }, signal))).toMatchObject({
    isTurn: false,
    reserved: 0,
  });
});

test("what is given back goes to those who wait longest", async () => {
  const shared = new ReadAhead(4 * MIB);
  const [holder, first, second] = [new EventQueue(shared), new EventQueue(shared), new EventQueue(shared)];
  await fillUp(holder);
  const turns = await Promise.all([first.enter(wanted, signal), second.enter(wanted, signal)]);
  expect(turns).toMatchObject([{ isTurn: true }, { isTurn: true }]);
  const [one, two] = [first.enter(wanted, signal), second.enter(wanted, signal)];
  expect(await Promise.all([now(one), now(two)])).toEqual([undefined, undefined]);
  await holder.take();
  await holder.take();
  expect(await now(one)).toMatchObject({ isTurn: false, maxBytes: 2 * MIB });
  expect(await now(two)).toBeUndefined();
  second.end();
  expect(await now(two)).toBeNull();
});

test("who gives up waiting, and who comes after the end, is let in nowhere", async () => {
  const queue = new EventQueue(new ReadAhead());
  queue.push(chunk(QUEUE_BYTES));
  const leaving = new AbortController();
  const entering = queue.enter(wanted, leaving.signal);
  leaving.abort();
  expect(await entering).toBeNull();
  queue.end();
  expect(await queue.enter(wanted, signal)).toBeNull();
  expect(await queue.take()).toBeNull();
});

test("a failure ends it for whoever takes, now and later; words about waiting don't pile up", async () => {
  const queue = new EventQueue(new ReadAhead());
  queue.push(waiting);
  queue.push(waiting);
  expect(await queue.take()).toEqual(waiting);
  const taking = queue.take();
  const failure = new ProblemError("invalid-request", "too expensive");
  queue.end(failure);
  queue.end();
  await expect(taking).rejects.toBe(failure);
  await expect(queue.take()).rejects.toBe(failure);
});
