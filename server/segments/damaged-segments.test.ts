import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { CopiedPartition } from "#scripts/testing/copied-partition.ts";
import { logDirOf } from "#scripts/testing/dump-segments.ts";
import { kafkajsBatch } from "#scripts/testing/kafkajs-batch.ts";
import { readBatchOfTest } from "#scripts/testing/read-stored-batch.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { countSegment } from "./count-segment.ts";
import { locate } from "./locate.ts";
import { pageBatches } from "./page-batches.ts";
import { LogDirectory } from "./partition-directory.ts";

const BATCHES = 30;
const RECORDS = 20;
const YEAR_2023 = 1_700_000_000_000;
const { signal } = new AbortController();
const topics = new TestTopics();
let topic = "";
let copy: CopiedPartition;
/** The first segment's: ten batches, its index entries among them. */
let log = "";
let index = "";
let timeIndex = "";
/** Where its batches begin. */
let positions: number[] = [];

beforeAll(async () => {
  const configs = { "retention.ms": "-1", "segment.ms": "95000", "index.interval.bytes": "100" };
  topic = await topics.create({ partitions: 1, replicationFactor: 1, assignment: [], configs });
  for (let batch = 0; batch < BATCHES; batch++) {
    const timestamp = String(YEAR_2023 + batch * 10_000);
    await topics.send(
      topic,
      Array.from({ length: RECORDS }, (_, i) => ({ value: `value ${batch} ${i}`, timestamp })),
    );
  }
});
afterAll(() => topics.close());

beforeEach(async () => {
  copy = new CopiedPartition(logDirOf(topic, 0), topic, 0);
  onTestFinished(() => copy.close());
  [log = "", index = "", timeIndex = ""] = [".log", ".index", ".timeindex"].map((kind) => copy.files(kind)[0]);
  const page = await pageBatches(await copy.open(), { baseOffset: 0n, active: false }, { position: 0 }, 500, signal);
  positions = page.batches.map(({ position }) => position);
});

test("nothing is wrong with what the broker wrote", async () => {
  const { described, verified, segments, end } = await copy.damage();
  expect([described, verified]).toEqual([[], []]);
  expect(segments.map(({ baseOffset }) => baseOffset)).toEqual([0n, 200n, 400n]);
  expect(positions).toHaveLength(10);
  expect(end).toMatchObject({ how: "complete", segments: 3, batches: BATCHES, records: BigInt(BATCHES * RECORDS) });
});

const at = (batch: number) => positions[batch] ?? 0;

test("a flipped byte in a batch: its checksum, at its place; all others are read", async () => {
  copy.flip(log, at(4) + 80);
  const crc = { file: log, position: at(4), kind: "crc", detail: expect.stringContaining("offsets 80 to 99") };
  const { verified, end } = await copy.damage();
  expect(verified).toEqual([crc]);
  expect(end).toMatchObject({ batches: BATCHES, findings: 1, how: "complete" });
  const page = await pageBatches(await copy.open(), { baseOffset: 0n, active: false }, { position: 0 }, 500, signal);
  expect(page.damage).toEqual([crc]);
  expect(page.batches.map((batch) => batch.kind === "batch" && batch.crcMatches)).toEqual(
    positions.map((position) => position !== at(4)),
  );
  expect(await locate(await copy.open(), { offset: 85n }, readBatchOfTest, signal)).toMatchObject({
    record: null,
    stopped: true,
    logEndOffset: null,
    damage: [crc],
    steps: [{ step: "segment" }, { step: "offset-index" }, { step: "scan", ended: "checksum" }],
  });
  expect(await locate(await copy.open(), { offset: 100n }, readBatchOfTest, signal)).toMatchObject({
    record: { offset: 100n },
    damage: [],
  });
});

test.each([
  ["longer than the file", 0x7f],
  ["of no length", 0xff],
])("a batch whose length is damaged, %s: the index leads beyond it", async (_, byte) => {
  const bytes = copy.bytes(log);
  bytes[at(4) + 8] = byte;
  copy.write(log, bytes);
  const broken = {
    file: log,
    position: at(4),
    kind: "not-a-batch",
    detail: expect.stringContaining(`byte ${at(5)} again`),
  };
  const { verified, end } = await copy.damage();
  expect(verified).toEqual([broken]);
  expect(end).toMatchObject({ batches: BATCHES - 1 });
  const counted = await countSegment(await copy.open(), { baseOffset: 0n, active: false }, signal);
  expect(counted).toMatchObject({ batches: 9, records: 180n, gaps: 20n, damage: [broken] });
  const page = await pageBatches(await copy.open(), { baseOffset: 0n, active: false }, { position: 0 }, 500, signal);
  expect(page).toMatchObject({ damage: [broken], nextPosition: null });
  expect(page.batches.map(({ position }) => position)).toEqual(positions.filter((position) => position !== at(4)));
});

test("a batch whose length is a little wrong: its checksum, and then on from the index", async () => {
  const bytes = copy.bytes(log);
  bytes.writeInt32BE(bytes.readInt32BE(at(4) + 8) + 100, at(4) + 8);
  copy.write(log, bytes);
  const { verified, end } = await copy.damage();
  expect(verified).toMatchObject([{ kind: "crc", position: at(4) }]);
  expect(end).toMatchObject({ batches: BATCHES });
});

test("a base offset that can't be: beyond the next segment, or before what came before", async () => {
  const bytes = copy.bytes(log);
  bytes.writeBigInt64BE(5_000n, at(4));
  bytes.writeBigInt64BE(3n, at(6));
  copy.write(log, bytes);
  const { verified } = await copy.damage();
  expect(verified).toMatchObject([
    { kind: "offset-order", position: at(4), detail: expect.stringContaining("the next segment begins at 200") },
    { kind: "offset-order", position: at(6), detail: expect.stringContaining("offset 119 came before it") },
  ]);
});

test("a verification ends where nobody reads on: after a thousand findings", async () => {
  const batch = await kafkajsBatch({ baseOffset: 0n, records: [{ key: null, value: null }] });
  batch[30] = 1;
  copy.write(log, Buffer.concat(Array.from({ length: 1_200 }, () => batch)));
  const { verified, end } = await copy.damage();
  expect(verified).toHaveLength(1_000);
  expect(end).toMatchObject({ kind: "end", how: "stopped", findings: 1_000 });
});

test("a truncated log: where it ends, and which entries point beyond", async () => {
  copy.cut(log, at(9) + 30);
  const cut = { file: log, position: at(9), kind: "truncated", detail: expect.stringContaining("cut off: 30 bytes") };
  const { described, verified, segments } = await copy.damage();
  expect(described).toEqual([cut]);
  expect(verified).toMatchObject([cut]);
  expect(segments[0]).toMatchObject({ lastOffset: 179n, sizeBytes: at(9) + 30 });
  copy.cut(log, at(5));
  const shorter = await copy.damage();
  const beyond = { file: index, kind: "index-points-wrong", detail: expect.stringContaining(`ends at byte ${at(5)}`) };
  expect(shorter.described).toMatchObject([beyond]);
  expect(shorter.segments[0]).toMatchObject({ lastOffset: 99n });
  expect(shorter.verified.filter(({ file }) => file === index)).toHaveLength(5);
  expect(shorter.verified.filter(({ file }) => file === timeIndex).length).toBeGreaterThan(0);
});

test("the active log's tail: being written it is none, left behind it is told", async () => {
  const active = copy.files(".log").at(-1) ?? "";
  copy.cut(active, copy.bytes(active).length - 7);
  expect((await copy.damage()).verified.filter(({ file }) => file === active)).toEqual([]);
  const long = new Date(Date.now() - 60_000);
  utimesSync(join(copy.path, active), long, long);
  expect((await copy.damage()).described).toMatchObject([{ file: active, kind: "truncated" }]);
});

test("zeros within a log, as a crash leaves them", async () => {
  const bytes = copy.bytes(log);
  bytes.fill(0, at(3), at(5));
  copy.write(log, bytes);
  const { verified, end } = await copy.damage();
  expect(verified).toMatchObject([{ file: log, position: at(3), detail: expect.stringContaining("zeros") }]);
  expect(end).toMatchObject({ batches: BATCHES - 2 });
});

describe("indexes", () => {
  test("emptied ones", async () => {
    copy.write(index, "");
    copy.write(timeIndex, "");
    const kinds = [{ file: timeIndex, kind: "index-empty" }];
    expect((await copy.damage()).described).toMatchObject(kinds);
    const { verified } = await copy.damage();
    expect(verified).toMatchObject(kinds);
    // It costs a longer way, not the answer.
    const found = await locate(await copy.open(), { offset: 150n }, readBatchOfTest, signal);
    expect(found).toMatchObject({ record: { offset: 150n }, stopped: false });
    expect(found.steps.find(({ step }) => step === "scan")).toMatchObject({ fromPosition: 0, scanned: 8 });
    const byTime = await locate(
      await copy.open(),
      { timestampMs: BigInt(YEAR_2023 + 70_000) },
      readBatchOfTest,
      signal,
    );
    expect(byTime).toMatchObject({ record: { offset: 140n } });
  });

  test("an emptied offset index beside a time index that tells otherwise", async () => {
    copy.write(index, "");
    expect((await copy.damage()).described).toMatchObject([{ file: index, kind: "index-empty" }]);
  });

  test("cut within an entry, of zeros, with a tail of zeros, missing", async () => {
    const entries = copy.bytes(index);
    copy.cut(index, entries.length - 3);
    expect((await copy.damage()).described).toMatchObject([
      { file: index, kind: "truncated", position: entries.length - 8 },
    ]);
    copy.write(index, Buffer.alloc(entries.length));
    expect((await copy.damage()).verified).toMatchObject([{ file: index, kind: "index-empty", position: 0 }]);
    copy.write(index, Buffer.concat([entries, Buffer.alloc(16)]));
    expect((await copy.damage()).described).toMatchObject([
      { file: index, kind: "index-empty", position: entries.length },
    ]);
    copy.remove(index);
    expect((await copy.damage()).described).toMatchObject([{ file: index, kind: "vanished" }]);
  });

  test("entries that point wrong, or aren't in order", async () => {
    const entries = copy.bytes(index);
    entries.writeUInt32BE(entries.readUInt32BE(8 * 3 + 4) + 5, 8 * 3 + 4);
    copy.write(index, entries);
    expect((await copy.damage()).verified).toMatchObject([
      {
        file: index,
        position: 24,
        kind: "index-points-wrong",
        detail: expect.stringContaining("no batch begins there"),
      },
    ]);
    entries.writeUInt32BE(0, 8 * 3);
    copy.write(index, entries);
    expect((await copy.damage()).verified).toMatchObject([{ file: index, position: 24, kind: "index-order" }]);
    const times = copy.bytes(timeIndex);
    times.writeBigInt64BE(times.readBigInt64BE(12 * 2) + 1n, 12 * 2);
    copy.write(timeIndex, times);
    expect((await copy.damage()).verified).toMatchObject([
      { file: index, kind: "index-order" },
      { file: timeIndex, position: 24, kind: "index-points-wrong" },
    ]);
  });

  test("one that leads beyond the offset that is looked for", async () => {
    const entries = copy.bytes(index).subarray(0, -8);
    const last = entries.length - 8;
    entries.writeUInt32BE(at(9), last + 4);
    copy.write(index, entries);
    const detail = expect.stringContaining("begins with offset 180");
    expect((await copy.damage()).described).toMatchObject([{ file: index, position: last, detail }]);
    expect((await copy.damage()).verified).toMatchObject([
      { file: index, position: last, kind: "index-points-wrong", detail: expect.stringContaining("begins with 180") },
    ]);
  });
});

test("old formats are named, not read", async () => {
  const old = Buffer.alloc(60);
  old.writeBigInt64BE(0n, 0);
  old.writeInt32BE(48, 8);
  old.writeInt8(1, 16);
  copy.write(log, Buffer.concat([old, old]));
  copy.write(index, "");
  copy.write(timeIndex, "");
  const { described, verified } = await copy.damage();
  expect([described, verified]).toMatchObject([[{ kind: "old-format" }], [{ kind: "old-format", position: 0 }]]);
  const page = await pageBatches(await copy.open(), { baseOffset: 0n, active: false }, { position: 0 }, 500, signal);
  expect(page.batches).toEqual([0, 60].map((position) => ({ kind: "old", position, sizeBytes: 60, magic: 1 })));
});

test("foreign files, links and pipes stand beside the segments, unopened", async () => {
  copy.write("notes.txt", "x");
  symlinkSync("/etc/passwd", join(copy.path, "00000000000000009999.log"));
  execFileSync("mkfifo", [join(copy.path, "00000000000000008888.log")]);
  mkdirSync(join(copy.path, "00000000000000007777.log"));
  const { listing, described, verified } = await copy.damage();
  expect([described, verified]).toEqual([[], []]);
  expect(listing.segments.map(({ baseOffset }) => baseOffset)).toEqual([0n, 200n, 400n]);
  expect(listing.others.filter(({ isFile }) => !isFile).map(({ name }) => name)).toEqual(
    [7777, 8888, 9999].map((base) => `0000000000000000${base}.log`),
  );
  const directory = await copy.open();
  await expect(directory.openFile("00000000000000009999.log")).rejects.toMatchObject({ reason: "outside" });
  await expect(directory.openFile("00000000000000008888.log")).rejects.toMatchObject({ reason: "not-a-file" });
  await expect(directory.openFile("00000000000000007777.log")).rejects.toMatchObject({ reason: "not-a-file" });
});

test("an index that is a link: the segment is described without it", async () => {
  copy.remove(index);
  symlinkSync(join(copy.path, timeIndex), join(copy.path, index));
  const { described, segments } = await copy.damage();
  expect(described).toMatchObject([{ file: index, kind: "foreign-file" }]);
  expect(segments[0]).toMatchObject({ baseOffset: 0n, lastOffset: 199n, offsetIndex: null });
});

test("what may not be read is told as that, and the rest shown", async () => {
  // Tests may run as root, whom no mode stops: a child of nobody's looks.
  chmodSync(copy.logDir, 0o755);
  for (const name of copy.files("")) chmodSync(join(copy.path, name), 0o644);
  chmodSync(join(copy.path, log), 0o000);
  const code = `
    const { LogDirectory } = await import("./server/segments/partition-directory.ts");
    const { listSegmentFiles } = await import("./server/segments/list-segment-files.ts");
    const { describeSegment } = await import("./server/segments/describe-segment.ts");
    if (process.getuid() === 0) {
      process.setgroups([]); process.setgid(65534); process.setuid(65534);
    }
    const directory = await (await LogDirectory.open(process.argv[1])).partition(process.argv[2], 0);
    const { segments } = await listSegmentFiles(directory);
    const told = await Promise.all(segments.map((files) => describeSegment(directory, files)));
    const brief = told.map(({ baseOffset, lastOffset, damage }) => [baseOffset, lastOffset, damage.map(({ kind, detail }) => [kind, detail])]);
    console.log(JSON.stringify(brief, (key, value) => typeof value === "bigint" ? String(value) : value));`;
  const out = execFileSync(process.execPath, ["--input-type=module", "-e", code, copy.logDir, topic]);
  const told = JSON.parse(String(out));
  expect(told).toEqual([
    ["0", null, [["unreadable", expect.stringContaining("may not be read by the user that Tailrace runs as")]]],
    ["200", "399", []],
    ["400", "599", []],
  ]);
});

test("no way leads out of the log dir", async () => {
  const dir = await LogDirectory.open(copy.logDir);
  for (const name of ["..", "a/../../etc", "../x", ".", "x\0y", "", "a/b", "x".repeat(300)]) {
    await expect(dir.partition(name, 0)).rejects.toMatchObject({ reason: "outside" });
    await expect(dir.openFile(name)).rejects.toMatchObject({ reason: "outside" });
    await expect((await copy.open()).openFile(name)).rejects.toMatchObject({ reason: "outside" });
  }
  for (const partition of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
    await expect(dir.partition(topic, partition)).rejects.toMatchObject({ reason: "outside" });
  }
  symlinkSync("/etc", join(copy.logDir, "linked-0"));
  await expect(dir.partition("linked", 0)).rejects.toMatchObject({ reason: "outside" });
  await expect(dir.partition("absent", 0)).rejects.toMatchObject({ reason: "vanished" });
  await expect(LogDirectory.open(join(copy.logDir, "nowhere"))).rejects.toMatchObject({ reason: "vanished" });
});

test("timestamps of 1970, and none at all, are no damage", async () => {
  const bare = async (firstTimestamp: number) =>
    kafkajsBatch({
      baseOffset: 0n,
      firstTimestamp,
      maxTimestamp: firstTimestamp,
      records: [{ key: null, value: null }],
    });
  copy.write(log, await bare(0));
  copy.write(index, "");
  copy.write(timeIndex, Buffer.alloc(12));
  expect((await copy.damage()).described).toEqual([]);
  copy.write(log, await bare(-1));
  copy.write(timeIndex, "");
  const { described, verified, segments } = await copy.damage();
  expect([described, verified]).toEqual([[], []]);
  expect(segments[0]).toMatchObject({ firstTimestampMs: null, maxTimestampMs: null });
});
