import { appendFile, mkdir, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LogDirectory, type PartitionDirectory } from "./partition-directory.ts";
import { SegmentCounts } from "./segment-counts.ts";

let root: string;
let directory: PartitionDirectory;
const place = { baseOffset: 0n, active: true };
const log = () => join(root, "t-0", "00000000000000000000.log");
const { signal } = new AbortController();

/** A batch's header alone, which claims so many records in 61 bytes. */
function batch(baseOffset: bigint, records: number): Buffer {
  const bytes = Buffer.alloc(61);
  bytes.writeBigInt64BE(baseOffset, 0);
  bytes.writeInt32BE(bytes.length - 12, 8);
  bytes.writeInt8(2, 16);
  bytes.writeInt32BE(records - 1, 23);
  bytes.writeInt32BE(records, 57);
  return bytes;
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "counts-"));
  await mkdir(join(root, "t-0"));
  await writeFile(log(), batch(0n, 3));
  directory = await (await LogDirectory.open(root)).partition("t", 0);
});
afterAll(() => rm(root, { recursive: true }));

test("what is counted once is kept as long as the file is the same", async () => {
  const counts = new SegmentCounts();
  const first = await counts.get(directory, place, signal);
  expect(first).toMatchObject({ batches: 1, records: 3n });
  expect(first.bytesRead).toBeGreaterThan(0);
  expect(await counts.get(directory, place, signal)).toMatchObject({ records: 3n, bytesRead: 0 });
  await appendFile(log(), batch(3n, 2));
  const more = await counts.get(directory, place, signal);
  expect(more).toMatchObject({ batches: 2, records: 5n });
  expect(more.bytesRead).toBeGreaterThan(0);
});

test("one that is too large for a request: the same request again goes on, until all is counted", async () => {
  await truncate(log());
  await writeFile(log(), Buffer.concat(Array.from({ length: 1_000 }, (_, i) => batch(BigInt(i), 1))));
  const counts = new SegmentCounts({ maxBytes: 16 * 1024 });
  const rolled = { ...place, active: false };
  const seen: { records: bigint; complete: boolean; bytesRead: number }[] = [];
  while (seen.at(-1)?.complete !== true) seen.push(await counts.get(directory, rolled, signal));
  expect(seen.length).toBeGreaterThan(2);
  expect(seen.map(({ records }) => records)).toEqual(
    seen.map(({ records }) => records).toSorted((a, b) => Number(a - b)),
  );
  expect(seen.at(-1)).toMatchObject({ records: 1_000n });
  // The window that ends it may have been read in part for batches of the next request.
  for (const { bytesRead } of seen) expect(bytesRead).toBeLessThan(32 * 1024);
  expect(await counts.get(directory, rolled, signal)).toMatchObject({ records: 1_000n, complete: true, bytesRead: 0 });
});

test("a count is of the bytes that were asked about, however much was appended meanwhile, and is not begun anew", async () => {
  await truncate(log());
  await writeFile(log(), Buffer.concat(Array.from({ length: 1_000 }, (_, i) => batch(BigInt(i), 1))));
  const counts = new SegmentCounts();
  const upTo = (batches: number, more = 0) => counts.get(directory, place, signal, batches * 61 + more);
  expect(await upTo(500)).toMatchObject({ records: 500n, complete: true, countedBytes: 500 * 61 });
  // The listing saw a batch that was being written.
  expect(await upTo(700, 30)).toMatchObject({ records: 700n, complete: true });
  expect(await counts.get(directory, place, signal)).toMatchObject({ records: 1_000n, complete: true });
  // Another page was rendered earlier: what was counted for it is still known.
  const again = await upTo(500);
  expect(again).toMatchObject({ records: 500n, complete: true });
  expect(again.bytesRead).toBeLessThan(16 * 1024);
  expect(await upTo(600)).toMatchObject({ records: 600n, complete: true });
  expect(await upTo(100)).toMatchObject({ records: 100n, complete: true });
  expect(await upTo(0)).toMatchObject({ records: 0n, complete: true });
  expect(await upTo(5_000)).toMatchObject({ records: 1_000n, complete: true });
});

test("a slow disk: a request ends in time all the same, and each gets further", async () => {
  const counts = new SegmentCounts({ maxMs: 0 });
  for (let asked = 1; asked <= 3; asked++) {
    expect(await counts.get(directory, place, signal)).toMatchObject({ batches: asked, complete: false });
  }
});

test("a batch that is being written when it is first looked at is counted once it is whole", async () => {
  const counts = new SegmentCounts();
  const whole = Buffer.concat([batch(0n, 3), batch(3n, 2)]);
  await writeFile(log(), whole.subarray(0, 90));
  expect(await counts.get(directory, place, signal)).toMatchObject({ records: 3n, complete: true, damage: [] });
  await appendFile(log(), whole.subarray(90));
  expect(await counts.get(directory, place, signal)).toMatchObject({ records: 5n, complete: true, damage: [] });
});

test("of many at a time all get their turn, and who leaves holds nobody up", async () => {
  const counts = new SegmentCounts();
  const left = new AbortController();
  const answers = Array.from({ length: 20 }, (_, i) =>
    counts.get(directory, place, i % 3 === 1 ? left.signal : signal),
  );
  left.abort(new Error("left"));
  const settled = await Promise.allSettled(answers);
  for (const [i, one] of settled.entries()) {
    if (i % 3 !== 1) expect(one).toMatchObject({ status: "fulfilled", value: { records: 5n } });
    else expect(one).toMatchObject({ status: "rejected", reason: { message: "left" } });
  }
});

test("a segment that isn't there", async () => {
  await expect(new SegmentCounts().get(directory, { baseOffset: 7n, active: false }, signal)).rejects.toMatchObject({
    reason: "vanished",
  });
});
