import { mkdirSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type CountedSegment, type CountProgress, countSegment } from "./count-segment.ts";
import { LogDirectory, type PartitionDirectory } from "./partition-directory.ts";
import { segmentFileName } from "./segment-names.ts";

const RUNS = 200;
const BASE = 100n;
const { signal } = new AbortController();
const root = mkdtempSync(join(tmpdir(), "count-"));
const path = (kind: "log" | "index" | "timeindex") => join(root, "t-0", segmentFileName(BASE, kind));
let directory: PartitionDirectory;

beforeAll(async () => {
  mkdirSync(join(root, "t-0"));
  directory = await (await LogDirectory.open(root)).partition("t", 0);
});
beforeEach(() => {
  for (const kind of ["log", "index", "timeindex"] as const) writeFileSync(path(kind), "");
});
afterAll(() => rmSync(root, { recursive: true }));

interface Batch {
  readonly records: number;
  /** Offsets that compaction left empty before it. */
  readonly gap: number;
  /** Bytes of records that stand behind the header. */
  readonly bytes: number;
  readonly attributes: number;
  readonly epoch?: number;
  readonly indexed?: boolean;
}
interface Junk {
  readonly junk: number;
}

/** A log of batches (headers alone are looked at) and of bytes that are none, and the index entries of some of its batches. */
function logOf(pieces: readonly (Batch | Junk)[]) {
  let next = BASE;
  const parts: Buffer[] = [];
  const entries: { endsAt: number; bytes: Buffer }[] = [];
  let position = 0;
  for (const piece of pieces) {
    const bytes = "junk" in piece ? Buffer.alloc(piece.junk, 0xff) : Buffer.alloc(61 + piece.bytes);
    if (!("junk" in piece)) {
      next += BigInt(piece.gap);
      bytes.writeBigInt64BE(next, 0);
      bytes.writeInt32BE(bytes.length - 12, 8);
      bytes.writeInt32BE(piece.epoch ?? 0, 12);
      bytes.writeInt8(2, 16);
      bytes.writeUInt32BE(position, 17);
      bytes.writeInt16BE(piece.attributes, 21);
      bytes.writeInt32BE(piece.records - 1, 23);
      bytes.writeInt32BE(piece.records, 57);
      next += BigInt(piece.records);
      const entry = Buffer.alloc(8);
      entry.writeUInt32BE(Number(next - 1n - BASE), 0);
      entry.writeUInt32BE(position, 4);
      if (piece.indexed !== false && position > 0) entries.push({ endsAt: position + bytes.length, bytes: entry });
    }
    parts.push(bytes);
    position += bytes.length;
  }
  return { bytes: Buffer.concat(parts), entries };
}

type Log = ReturnType<typeof logOf>;

/** As a broker appends: to the same file, whole or in the middle of a batch. */
function write({ bytes, entries }: Log, length = bytes.length): void {
  const index = entries.filter(({ endsAt }) => endsAt <= length).map((entry) => entry.bytes);
  writeFileSync(path("log"), bytes.subarray(0, length), { flag: "r+" });
  truncateSync(path("log"), length);
  writeFileSync(path("index"), Buffer.concat(index));
}

interface Step {
  readonly active: boolean;
  readonly from?: CountProgress | undefined;
  readonly isEnough?: () => boolean;
}

async function count({ active, ...options }: Step) {
  const kept: CountProgress[] = [];
  const keep = (progress: CountProgress) => kept.push(progress);
  const counted = await countSegment(directory, { baseOffset: BASE, active }, signal, { ...options, keep });
  const progress = kept.at(-1);
  if (progress === undefined) throw new Error("Nothing was kept.");
  expect(progress.counted).toEqual(counted);
  return { counted, progress };
}

const sums = ({ bytesRead: _, ...counted }: CountedSegment) => counted;

const batches: fc.Arbitrary<Batch> = fc.record({
  records: fc.integer({ min: 1, max: 5 }),
  gap: fc.nat(2),
  bytes: fc.oneof(fc.nat(40), fc.integer({ min: 3_000, max: 9_000 })),
  attributes: fc.constantFrom(0, 1, 4, 7, 0x10, 0x30, 0x24),
  indexed: fc.boolean(),
});
const plain: Batch = { records: 1, gap: 0, bytes: 0, attributes: 0 };
const logs = fc
  .array(fc.oneof({ weight: 6, arbitrary: batches }, fc.record({ junk: fc.integer({ min: 1, max: 90 }) })), {
    maxLength: 20,
  })
  .map(logOf);
/** Shares of the whole log that it had when it was looked at. */
const growth = fc.array(fc.nat(1_000), { maxLength: 6 }).map((shares) => shares.toSorted((a, b) => a - b));

describe("a count that goes on where the last one ended", () => {
  test("a log that grows: what was counted step by step is what is counted at once", async () => {
    await fc.assert(
      fc.asyncProperty(logs, growth, fc.boolean(), async (log, shares, rolled) => {
        let from: CountProgress | undefined;
        for (const share of shares) {
          write(log, Math.floor((log.bytes.length * share) / 1_000));
          ({ progress: from } = await count({ active: true, from }));
        }
        write(log);
        const { counted } = await count({ active: !rolled, from });
        const { counted: atOnce } = await count({ active: !rolled });
        expect(sums(counted)).toEqual(sums(atOnce));
        expect(atOnce.complete).toBe(true);
      }),
      // Four bytes too many: with the batch behind them they read as a longer one, which only the whole file has room for.
      { numRuns: RUNS, examples: [[logOf([{ junk: 4 }, plain, plain]), [516], false]] },
    );
  });

  test("a log that takes several requests: each gets further, all but the last say so, and the last one is what is counted at once", async () => {
    await fc.assert(
      fc.asyncProperty(logs, fc.boolean(), fc.integer({ min: 1, max: 4 }), async (log, active, each) => {
        write(log);
        const { counted: atOnce } = await count({ active });
        let last: CountedSegment | undefined;
        let from: CountProgress | undefined;
        while (last?.complete !== true) {
          let walked = 0;
          const step = await count({ active, from, isEnough: () => ++walked === each });
          if (last !== undefined) {
            expect(step.counted.countedBytes).toBeGreaterThanOrEqual(last.countedBytes);
            expect(step.counted.records).toBeGreaterThanOrEqual(last.records);
            expect(last.countedBytes).toBeLessThan(last.fileBytes);
          }
          ({ counted: last, progress: from } = step);
        }
        expect(sums(last)).toEqual(sums(atOnce));
      }),
      { numRuns: RUNS },
    );
  });

  test("reads no more than what is new", async () => {
    const batch = { records: 1, gap: 0, bytes: 8_000, attributes: 0 };
    const pieces = Array.from({ length: 500 }, () => batch);
    write(logOf(pieces));
    const { counted: first, progress: from } = await count({ active: true });
    write(logOf([...pieces, batch]));
    const { counted } = await count({ active: true, from });
    expect(counted).toMatchObject({ batches: 501, complete: true });
    expect(first.bytesRead).toBeGreaterThan(500 * 61);
    // The last batch that was counted is looked at again, the new one, and the end of the index.
    expect(counted.bytesRead).toBeLessThan(3 * 4096);
  });
});

describe("a file that isn't what was counted any more is counted anew", () => {
  const batch = { records: 2, gap: 0, bytes: 100, attributes: 0 };
  const three = logOf([batch, batch, batch]);

  test.each([
    ["cut within what was counted", () => write(three, three.bytes.length - 1), 2],
    ["cut, and written again by another leader", () => write(logOf([batch, batch, { ...batch, epoch: 1 }, batch])), 4],
    [
      "cut earlier, and longer again",
      () => write(logOf([batch, { ...batch, epoch: 1, records: 7 }, { ...batch, epoch: 1 }, batch])),
      4,
    ],
    [
      "another file of its name",
      () => {
        writeFileSync(`${path("log")}.swap`, logOf([batch, batch, batch, { ...batch, gap: 3 }]).bytes);
        renameSync(`${path("log")}.swap`, path("log"));
      },
      4,
    ],
  ])("%s", async (_, change, batches_) => {
    write(three);
    const { progress: from } = await count({ active: true });
    change();
    const { counted } = await count({ active: true, from });
    expect(sums(counted)).toEqual(sums((await count({ active: true })).counted));
    expect(counted).toMatchObject({ batches: batches_, complete: true });
  });

  test("one that is rolled is never written to: with another length it is another one", async () => {
    write(three);
    const { progress: from } = await count({ active: false });
    write(logOf([batch, batch, batch, batch]));
    let walked = 0;
    const { counted } = await count({ active: false, from, isEnough: () => ++walked === 2 });
    expect(counted).toMatchObject({ batches: 2, complete: false });
  });
});

test("who leaves keeps what was counted by then for the next one", async () => {
  const pieces = Array.from({ length: 300 }, () => ({ records: 1, gap: 0, bytes: 8_000, attributes: 0 }));
  write(logOf(pieces));
  const left = new AbortController();
  let kept: CountProgress | undefined;
  let walked = 0;
  const isEnough = () => {
    if (++walked === 100) left.abort(new Error("left"));
    return false;
  };
  const keep = (progress: CountProgress) => {
    kept = progress;
  };
  const place = { baseOffset: BASE, active: false };
  await expect(countSegment(directory, place, left.signal, { isEnough, keep })).rejects.toThrow("left");
  expect(kept?.counted).toMatchObject({ batches: 100, complete: false });
  const { counted } = await count({ active: false, from: kept });
  expect(counted).toMatchObject({ batches: 300, records: 300n, complete: true });
  expect(counted.bytesRead).toBeLessThan(220 * 4096);
});
