import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kafkajsBatch } from "#scripts/testing/kafkajs-batch.ts";
import { readLeaderEpochs, readPartitionCheckpoint, readProperties } from "./checkpoint.ts";
import { countSegment } from "./count-segment.ts";
import { describeSegment } from "./describe-segment.ts";
import { listSegmentFiles } from "./list-segment-files.ts";
import { locate } from "./locate.ts";
import type { Target } from "./location.ts";
import { openSegment } from "./open-segment.ts";
import { pageBatches } from "./page-batches.ts";
import { LogDirectory, type PartitionDirectory } from "./partition-directory.ts";
import { nameOf, segmentFileName } from "./segment-names.ts";
import { keyOrder } from "./sparse-index.ts";
import type { VerifyEvent } from "./verify/verify-event.ts";
import { verifyPartition } from "./verify/verify-partition.ts";

const RUNS = 150;
const BASE = 100n;
const { signal } = new AbortController();
const logDir = mkdtempSync(join(tmpdir(), "tailrace-arbitrary-"));
const path = join(logDir, "t-0");
let directory: PartitionDirectory;
let sound = Buffer.alloc(0);

beforeAll(async () => {
  mkdirSync(path);
  directory = await (await LogDirectory.open(logDir)).partition("t", 0);
  const batches = Array.from({ length: 8 }, (_, i) =>
    kafkajsBatch({
      baseOffset: BASE + BigInt(i * 3),
      records: Array.from({ length: 3 }, () => ({ key: null, value: Buffer.from(`value ${i}`) })),
    }),
  );
  sound = Buffer.concat(await Promise.all(batches));
});
afterAll(() => rmSync(logDir, { recursive: true }));

/** Bytes of any kind, or sound batches with some bytes of them changed, cut or filled up. */
const logs = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc
    .tuple(
      fc.array(fc.tuple(fc.nat(1_000), fc.nat(255)), { maxLength: 6 }),
      fc.nat(1_200),
      fc.uint8Array({ maxLength: 90 }),
    )
    .map(([changes, length, tail]) => {
      const bytes = Buffer.from(sound);
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      return Buffer.concat([bytes.subarray(0, length), tail]);
    }),
);
const indexes = fc.oneof(
  fc.uint8Array({ maxLength: 100 }),
  fc.array(fc.tuple(fc.nat(40), fc.nat(1_200)), { maxLength: 10 }).map((entries) =>
    Buffer.concat(
      entries.map(([offset, position]) => {
        const bytes = Buffer.alloc(8);
        bytes.writeUInt32BE(offset, 0);
        bytes.writeUInt32BE(position, 4);
        return bytes;
      }),
    ),
  ),
);
const targets: fc.Arbitrary<Target> = fc.oneof(
  fc.bigInt({ min: 0n, max: 200n }).map((offset) => ({ offset })),
  fc.bigInt({ min: -1n, max: 2n ** 63n - 1n }).map((timestampMs) => ({ timestampMs })),
);

test("whatever the files hold, each reading ends, reads a bounded amount, and finds nothing but damage", async () => {
  const files = fc.tuple(logs, indexes, fc.uint8Array({ maxLength: 100 }), fc.boolean(), targets, fc.nat(1_300));
  await fc.assert(
    fc.asyncProperty(files, async ([log, index, times, active, target, position]) => {
      writeFileSync(join(path, segmentFileName(BASE, "log")), log);
      writeFileSync(join(path, segmentFileName(BASE, "index")), index);
      writeFileSync(join(path, segmentFileName(BASE, "timeindex")), times);
      const [files] = (await listSegmentFiles(directory)).segments;
      if (files === undefined) throw new Error("no segment");
      const place = { ...files, active };
      const all = log.length + index.length + times.length;
      const described = await describeSegment(directory, place);
      expect(described?.sizeBytes).toBe(log.length);
      expect(described?.bytesRead).toBeLessThan(60 * all + 5_000);
      const counted = await countSegment(directory, { baseOffset: BASE, active }, signal);
      expect(counted.gaps).toBeGreaterThanOrEqual(0n);
      const page = await pageBatches(directory, place, { position }, 5, signal);
      expect(page.batches.every((batch) => batch.position >= position)).toBe(true);
      expect(page.nextPosition ?? log.length).toBeGreaterThanOrEqual(Math.min(position, log.length));
      const location = await locate(directory, target, async () => null, signal);
      expect(location.record).toBeNull();
      const events: VerifyEvent[] = [];
      await verifyPartition(directory, Number.POSITIVE_INFINITY, (event) => events.push(event), signal);
      expect(events.at(-1)).toMatchObject({ kind: "end", how: "complete", vanished: 0 });
      for (const { file, position: at } of described?.damage ?? []) {
        expect(file.startsWith(segmentFileName(BASE, "log").slice(0, 20))).toBe(true);
        expect(at ?? 0).toBeLessThanOrEqual(Math.max(log.length, index.length, times.length));
      }
    }),
    { numRuns: RUNS },
  );
});

test("an index look-up finds the largest entry at or before the target, in as many probes as bisection needs", async () => {
  writeFileSync(join(path, segmentFileName(BASE, "log")), sound);
  writeFileSync(join(path, segmentFileName(BASE, "timeindex")), "");
  const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 61, max: 999 })), {
    maxLength: 60,
  });
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(60), fc.bigInt({ min: 0n, max: 700n }), async (grows, preallocated, target) => {
      let offset = 0;
      let position = 0;
      const entries = grows.map(([by, bytes]) => {
        offset += by;
        position += bytes;
        return { offset: BASE + BigInt(offset), position };
      });
      const bytes = Buffer.alloc((entries.length + preallocated) * 8);
      for (const [number, entry] of entries.entries()) {
        bytes.writeUInt32BE(Number(entry.offset - BASE), number * 8);
        bytes.writeUInt32BE(entry.position, number * 8 + 4);
      }
      writeFileSync(join(path, segmentFileName(BASE, "index")), bytes);
      const segment = await openSegment(directory, { baseOffset: BASE, active: true });
      try {
        expect(segment.offsets?.entries).toBe(entries.length);
        const { found, probes } = (await segment.offsets?.lookUp((entry) => keyOrder(entry.offset, target))) ?? {};
        expect(found?.entry ?? null).toEqual(entries.findLast((entry) => entry.offset <= target) ?? null);
        // Two looks tell the part of the index that is halved then.
        expect(probes?.length).toBeLessThanOrEqual(2 + Math.ceil(Math.log2(entries.length + 1)));
        expect(await segment.offsets?.last()).toEqual(entries.at(-1) ?? null);
      } finally {
        await segment.close();
      }
    }),
    { numRuns: RUNS },
  );
});

test("checkpoints and names: any text is read or refused", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string(), (text, topic) => {
      readPartitionCheckpoint(text, topic, 0);
      readLeaderEpochs(text);
      readProperties(text);
      nameOf(text);
    }),
  );
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), (offset) => {
      expect(nameOf(segmentFileName(offset, "log"))).toEqual({ kind: "log", baseOffset: offset });
      expect(readPartitionCheckpoint(`0\n2\nt 1 5\nt 0 ${offset}\n`, "t", 0)).toBe(offset);
    }),
  );
  expect(nameOf("99999999999999999999.log")).toEqual({ kind: "other" });
  expect(nameOf("00000000000000000000.log.deleted")).toEqual({ kind: "deleted" });
  expect(readPartitionCheckpoint("0\n1\nt 1 5\n", "t", 0)).toBeNull();
  expect(readPartitionCheckpoint("1\n0\n", "t", 0)).toBeUndefined();
  expect(readPartitionCheckpoint("0\n1\nt 0 -5\n", "t", 0)).toBeUndefined();
  expect(readLeaderEpochs("0\n2\n0 0\n3 17\n")).toEqual([
    { epoch: 0, startOffset: 0n },
    { epoch: 3, startOffset: 17n },
  ]);
  expect(readLeaderEpochs("0\n1\n0 x\n")).toBeUndefined();
});
