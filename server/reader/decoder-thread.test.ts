import { Worker } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import { chunkOf, kafkajsBatch } from "#scripts/testing/kafkajs-batch.ts";
import type { DecodeTask } from "./decode-task.ts";
import { DecoderThread } from "./decoder-thread.ts";

const { signal } = new AbortController();
const owner = {};

/** A thread whose workers do what a script says, one script after the other. */
function threadOf(...scripts: string[]): DecoderThread {
  const thread = new DecoderThread(5_000, () => new Worker(scripts.shift() ?? "", { eval: true }));
  onTestFinished(() => thread.close());
  return thread;
}

async function task(): Promise<DecodeTask> {
  const batch = await kafkajsBatch({ baseOffset: 0n, records: [{ key: null, value: Buffer.from("x") }] });
  return { kind: "lenses", chunk: chunkOf([batch]), tasks: [] };
}

const answers =
  'require("node:worker_threads").parentPort.on("message", function () { this.postMessage({ kind: "yields", yields: [] }) })';

test("a worker that breaks, or just ends, fails its own task only: the next one has a new worker", async () => {
  const breaks = 'require("node:worker_threads").parentPort.on("message", () => { throw new Error("broke") })';
  const ends = 'require("node:worker_threads").parentPort.on("message", () => process.exit(3))';
  const thread = threadOf(breaks, ends, answers);
  const given = await Promise.all([1, 2, 3].map(async () => thread.run(await task(), owner, signal)));
  expect(given).toMatchObject([
    { kind: "failed", error: { message: "broke" } },
    { kind: "failed", error: { message: "the decoder's thread ended with 3" } },
    { kind: "yields" },
  ]);
});

test("a worker that can't even start fails the task", async () => {
  const thread = new DecoderThread(5_000, () => {
    throw new Error("no thread left");
  });
  expect(await thread.run(await task(), owner, signal)).toMatchObject({ kind: "failed" });
});

test("a worker that hangs is ended at its deadline", async () => {
  const hangs = 'require("node:worker_threads").parentPort.on("message", () => { for (;;); })';
  const scripts = [hangs, answers];
  const thread = new DecoderThread(300, () => new Worker(scripts.shift() ?? "", { eval: true }));
  onTestFinished(() => thread.close());
  expect(await thread.run(await task(), owner, signal)).toMatchObject({ kind: "late" });
  expect(thread.runs).toBe(false);
});
