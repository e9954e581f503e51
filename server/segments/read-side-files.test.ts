import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { CopiedPartition } from "#scripts/testing/copied-partition.ts";
import { logDirOf } from "#scripts/testing/dump-segments.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { type DescribedSegment, describeSegment } from "./describe-segment.ts";
import { DescribedSegments } from "./described-segments.ts";
import { listSegmentFiles } from "./list-segment-files.ts";
import { LogDirectory } from "./partition-directory.ts";
import { readSideFiles } from "./read-side-files.ts";

const { signal } = new AbortController();
const topics = new TestTopics();
let topic = "";
let copy: CopiedPartition;

beforeAll(async () => {
  const configs = { "retention.ms": "-1", "segment.ms": "5000" };
  topic = await topics.create({ partitions: 1, replicationFactor: 1, assignment: [], configs });
  const began = 1_700_000_000_000;
  for (let i = 0; i < 3; i++) {
    await topics.send(topic, [{ value: `${i}`, timestamp: String(began + i * 10_000) }]);
  }
});
afterAll(() => topics.close());

beforeEach(() => {
  copy = new CopiedPartition(logDirOf(topic, 0), topic, 0);
  onTestFinished(() => copy.close());
});

async function sideFilesOf(logDir: string) {
  const log = await LogDirectory.open(logDir);
  const directory = await log.partition(topic, 0);
  return readSideFiles({ log, directory, listing: await listSegmentFiles(directory), topic, partition: 0 }, signal);
}

test("a running broker's: what each is for, and what it says of this partition", async () => {
  const { sideFiles, damage } = await sideFilesOf(logDirOf(topic, 0));
  expect(damage).toEqual([]);
  const byKind = Object.fromEntries(sideFiles.map((file) => [file.kind, file]));
  expect(byKind["leader-epochs"]).toMatchObject({ place: "partition", facts: [["epoch 0 from", "0"]] });
  expect(byKind["partition-metadata"]?.facts).toEqual([["topic id", expect.stringMatching(/^[\w-]{22}$/)]]);
  expect(Object.fromEntries(byKind["meta-properties"]?.facts ?? [])).toMatchObject({
    "cluster.id": expect.stringMatching(/^[\w-]{22}$/),
    "node.id": expect.stringMatching(/^\d+$/),
  });
  expect(byKind.lock).toMatchObject({ name: ".lock", place: "log-dir", facts: [] });
  expect(byKind["clean-shutdown"]).toBeUndefined();
  for (const { meaning } of sideFiles) expect(meaning).toMatch(/\.$/);
});

test("files in passing, orphans, foreign ones, checkpoints out of form", async () => {
  copy.write("00000000000000000000.log.deleted", "x");
  copy.write("00000000000000000001.index.cleaned", "");
  copy.write("00000000000000000001.index.swap", "");
  copy.write("00000000000000000077.snapshot", Buffer.alloc(10));
  copy.write("00000000000000000078.timeindex", Buffer.alloc(12));
  copy.write("notes.txt", "x");
  copy.write("leader-epoch-checkpoint", "0\n5\n0 0\n");
  symlinkSync("/etc/passwd", join(copy.path, "link"));
  mkdirSync(join(copy.path, "folder"));
  writeFileSync(join(copy.logDir, "recovery-point-offset-checkpoint"), `0\n2\nother 0 5\n${topic} 0 3\n`);
  writeFileSync(join(copy.logDir, "cleaner-offset-checkpoint"), "nonsense");
  writeFileSync(join(copy.logDir, ".kafka_cleanshutdown"), "");
  symlinkSync("/etc/passwd", join(copy.logDir, "meta.properties"));
  const { sideFiles, damage } = await sideFilesOf(copy.logDir);
  const found = Object.fromEntries(sideFiles.map(({ name, kind, facts }) => [name, [kind, ...facts.flat()]]));
  expect(found).toMatchObject({
    "00000000000000000000.log.deleted": ["deleted"],
    "00000000000000000001.index.cleaned": ["in-work"],
    "00000000000000000001.index.swap": ["in-work"],
    "00000000000000000077.snapshot": ["producer-snapshot"],
    "00000000000000000078.timeindex": ["unknown"],
    "notes.txt": ["unknown"],
    "recovery-point-offset-checkpoint": ["recovery-point", "recovery point", "3"],
    ".kafka_cleanshutdown": ["clean-shutdown"],
  });
  expect(damage.map(({ file, kind }) => [file, kind]).sort()).toEqual([
    ["cleaner-offset-checkpoint", "unreadable"],
    ["folder", "foreign-file"],
    ["leader-epoch-checkpoint", "unreadable"],
    ["link", "foreign-file"],
    ["meta.properties", "foreign-file"],
    ["notes.txt", "foreign-file"],
  ]);
});

test("descriptions of rolled segments are kept, and made anew when a file is another one", async () => {
  const asked: bigint[] = [];
  const counting: typeof describeSegment = (directory, files) => {
    asked.push(files.baseOffset);
    return describeSegment(directory, files);
  };
  const described = new DescribedSegments(counting);
  const directory = await copy.open();
  const { segments } = await listSegmentFiles(directory);
  expect(segments.map(({ active }) => active)).toEqual([false, false, true]);
  const look = async () => {
    asked.length = 0;
    const all: (DescribedSegment | null)[] = [];
    for (const files of segments) all.push(await described.get(directory, files));
    return { all, asked: [...asked] };
  };
  const first = await look();
  expect(first.asked).toEqual([0n, 1n, 2n]);
  const second = await look();
  expect(second.asked).toEqual([2n]);
  expect(second.all[0]).toEqual({ ...first.all[0], bytesRead: 0 });
  const [index = ""] = copy.files(".timeindex");
  copy.write(index, "");
  const third = await look();
  expect(third.asked).toEqual([0n, 2n]);
  expect(third.all[0]?.damage).toMatchObject([{ kind: "index-empty" }]);
  copy.remove(copy.files(".log")[0] ?? "");
  expect((await look()).all[0]).toBeNull();
});
