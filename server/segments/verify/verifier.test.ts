import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { kafkajsBatch } from "#scripts/testing/kafkajs-batch.ts";
import type { Damage } from "../damage.ts";
import { LogDirectory } from "../partition-directory.ts";
import { segmentFileName } from "../segment-names.ts";
import { verifySegment } from "../verify-segment.ts";
import { Verifier } from "./verifier.ts";
import type { VerifyEvent } from "./verify-event.ts";

const SEGMENTS = 3;
const BATCHES = 40;
const FAST = 1e12;
const never = new AbortController().signal;
const logDir = mkdtempSync(join(tmpdir(), "tailrace-verify-"));
const task = { logDir, topic: "t", partition: 0, future: false };
let bytes = 0;

beforeAll(async () => {
  mkdirSync(join(logDir, "t-0"));
  for (let segment = 0; segment < SEGMENTS; segment++) {
    const base = BigInt(segment * BATCHES);
    const batches: Buffer[] = [];
    for (let batch = 0; batch < BATCHES; batch++) {
      const records = [{ key: null, value: randomBytes(150_000) }];
      batches.push(await kafkajsBatch({ baseOffset: base + BigInt(batch), records }));
    }
    const log = Buffer.concat(batches);
    bytes += log.length;
    const time = Buffer.alloc(12);
    time.writeBigInt64BE(1_760_000_000_000n);
    writeFileSync(join(logDir, "t-0", segmentFileName(base, "log")), log);
    writeFileSync(join(logDir, "t-0", segmentFileName(base, "index")), "");
    writeFileSync(join(logDir, "t-0", segmentFileName(base, "timeindex")), time);
  }
});
afterAll(() => rmSync(logDir, { recursive: true }));

function verifierOf(options: ConstructorParameters<typeof Verifier>[0]): Verifier {
  const verifier = new Verifier(options);
  onTestFinished(() => verifier.close());
  return verifier;
}

async function all(events: AsyncIterable<VerifyEvent>): Promise<VerifyEvent[]> {
  const list: VerifyEvent[] = [];
  for await (const event of events) list.push(event);
  return list;
}

/** Files of the log dir that this process, whose threads share them, has open. */
const openFiles = () =>
  readdirSync("/proc/self/fd").flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`);
      return path.startsWith(logDir) ? [path] : [];
    } catch {
      return [];
    }
  });

test("tells how far it is with each segment, and the whole at the end", async () => {
  const events = await all(verifierOf({ bytesPerSecond: FAST }).verify(task, never));
  expect(events[0]).toEqual({ kind: "started", segments: SEGMENTS, bytes });
  const progress = events.filter((event) => event.kind === "progress");
  expect(new Set(progress.map(({ baseOffset }) => baseOffset))).toEqual(new Set([0n, 40n, 80n]));
  expect(progress.at(-1)).toMatchObject({ bytesDone: bytes, batches: BATCHES, records: BigInt(BATCHES) });
  expect(events.at(-1)).toMatchObject({
    kind: "end",
    how: "complete",
    segments: SEGMENTS,
    batches: SEGMENTS * BATCHES,
    records: BigInt(SEGMENTS * BATCHES),
    indexEntries: SEGMENTS,
    bytes,
    findings: 0,
    vanished: 0,
  });
  expect(openFiles()).toEqual([]);
});

test("reads no faster than it may", async () => {
  const began = performance.now();
  const events = await all(verifierOf({ bytesPerSecond: bytes * 2 }).verify(task, never));
  expect(performance.now() - began).toBeGreaterThan(450);
  expect(events.at(-1)).toMatchObject({ bytes });
});

test("whoever stops to listen, or aborts, ends the thread and closes its files", async () => {
  const verifier = verifierOf({ bytesPerSecond: 100_000 });
  const reading = () => vi.waitFor(() => expect(openFiles()).not.toEqual([]), { interval: 5, timeout: 10_000 });
  for await (const { kind } of verifier.verify(task, never)) {
    expect(kind).toBe("started");
    await reading();
    break;
  }
  expect(openFiles()).toEqual([]);
  const aborting = new AbortController();
  const aborted = all(verifier.verify(task, aborting.signal)).catch((error: unknown) => error);
  await reading();
  aborting.abort(new Error("enough"));
  expect(await aborted).toMatchObject({ message: "enough" });
  expect(openFiles()).toEqual([]);
});

/** A thread takes its time on a machine that is busy with other tests. */
const STARTS_WITHIN = { timeout: 10_000 };

test("one at a time; four wait, no more; one that gives up waiting lets the next one in", async () => {
  const started: number[] = [];
  const verifier = verifierOf({ bytesPerSecond: 100_000 });
  const controllers = Array.from({ length: 6 }, () => new AbortController());
  const runs = controllers.map(async (controller, number) => {
    for await (const { kind } of verifier.verify(task, controller.signal)) if (kind === "started") started.push(number);
  });
  const ends = runs.map((run) => run.then(String, (error: unknown) => (error as Error).message));
  expect(await ends[5]).toContain("4 wait for it already");
  await vi.waitFor(() => expect(started).toEqual([0]), STARTS_WITHIN);
  controllers[1]?.abort(new Error("gave up"));
  expect(await ends[1]).toBe("gave up");
  controllers[0]?.abort(new Error("cancelled"));
  expect(await ends[0]).toBe("cancelled");
  await vi.waitFor(() => expect(started).toEqual([0, 2]), STARTS_WITHIN);
  await verifier.close();
  expect(await Promise.all([ends[2], ends[3], ends[4]])).toEqual(
    Array(3).fill(expect.stringContaining("shutting down")),
  );
  await expect(all(verifier.verify(task, never))).rejects.toMatchObject({ code: "shutting-down" });
  expect(openFiles()).toEqual([]);
});

test("a directory that isn't there, and a thread that breaks, fail their own verification", async () => {
  const scripts = ["throw new Error('broke')", "process.exit(3)"];
  const broken = verifierOf({ startWorker: () => new Worker(scripts.shift() ?? "", { eval: true }) });
  await expect(all(broken.verify(task, never))).rejects.toThrow("broke");
  await expect(all(broken.verify(task, never))).rejects.toThrow("without a word");
  const verifier = verifierOf({ bytesPerSecond: FAST });
  await expect(all(verifier.verify({ ...task, topic: "gone" }, never))).rejects.toMatchObject({ reason: "vanished" });
  expect((await all(verifier.verify(task, never))).at(-1)).toMatchObject({ how: "complete" });
});

test("a thread that doesn't hear is ended all the same", async () => {
  const deaf = `const { parentPort } = require("node:worker_threads");
    parentPort.postMessage({ kind: "event", event: { kind: "started", segments: 1, bytes: 1 } });
    setTimeout(() => { for (;;); }, 1);`;
  const verifier = verifierOf({ startWorker: () => new Worker(deaf, { eval: true }) });
  for await (const event of verifier.verify(task, never)) {
    expect(event.kind).toBe("started");
    break;
  }
});

test("a segment that goes away is counted, not taken for damaged", async () => {
  // The last segment's turn comes after three seconds: it is gone by then also where this thread is told late of the beginning.
  const verifier = verifierOf({ bytesPerSecond: 4_000_000 });
  const events: VerifyEvent[] = [];
  for await (const event of verifier.verify(task, never)) {
    events.push(event);
    if (event.kind === "started") rmSync(join(logDir, "t-0", segmentFileName(40n, "log")));
  }
  expect(events.filter(({ kind }) => kind === "damage")).toMatchObject([{ damage: { kind: "vanished" } }]);
  expect(events.at(-1)).toMatchObject({ how: "complete", segments: 2, vanished: 1, findings: 1 });
});

test("one that the broker cuts while it is read went away, too: what is missing isn't damaged", async () => {
  const directory = await (await LogDirectory.open(logDir)).partition("t", 0);
  const damage: Damage[] = [];
  const verified = verifySegment(
    directory,
    { baseOffset: 80n, active: false },
    {
      lastOffset: -1n,
      endsBefore: null,
      signal: never,
      onDamage: (one) => damage.push(one),
      onProgress: async () => truncateSync(join(logDir, "t-0", segmentFileName(80n, "log")), 1_000),
    },
  );
  await expect(verified).rejects.toMatchObject({ reason: "vanished" });
  expect(damage).toEqual([]);
});
