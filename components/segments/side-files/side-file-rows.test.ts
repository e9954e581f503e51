import { expect, test } from "vitest";
import type { SideFile } from "#lib/contracts/segments.ts";
import { aSegment } from "../table/segment.fixture.ts";
import { sideFileRows } from "./side-file-rows.ts";

const file = (
  name: string,
  kind: SideFile["kind"],
  facts: [string, string][] = [],
  more: Partial<SideFile> = {},
): SideFile => ({
  name,
  place: "partition",
  sizeBytes: "10",
  kind,
  meaning: `${kind}.`,
  facts,
  ...more,
});
const epochs = (...facts: [string, string][]) => ({
  segments: [],
  sideFiles: [file("leader-epoch-checkpoint", "leader-epochs", facts)],
});

test("a segment's companions are one row by ending: used bytes, not what is preallocated", () => {
  const rows = sideFileRows([
    {
      segments: [
        aSegment({ abortedTransactions: 2 }),
        aSegment({
          baseOffset: "100",
          active: true,
          offsetIndex: { entries: 1, usedBytes: "8", fileBytes: "10485760" },
          producerSnapshotBytes: "148",
        }),
      ],
      sideFiles: [],
    },
    { segments: [], sideFiles: [] },
  ]);
  expect(
    rows.map(({ name, cells }) => [name, cells[0]?.files, cells[0]?.usedBytes ?? cells[0]?.sizeBytes, cells[1]]),
  ).toEqual([
    ["*.index", 2, 32n, null],
    ["*.timeindex", 2, 72n, null],
    ["*.txnindex", 1, 68n, null],
    ["*.snapshot", 1, 148n, null],
  ]);
  expect(rows[0]?.cells[0]?.sizeBytes).toBe(10485784n);
  expect(rows[3]?.cells[0]?.facts).toEqual([["newest at", "100"]]);
});

test("a replica without a file has an empty place; the log dir's stand last", () => {
  const rows = sideFileRows([
    { segments: [], sideFiles: [file(".lock", "lock", [], { place: "log-dir" })] },
    { segments: [], sideFiles: [file("partition.metadata", "partition-metadata", [["topic id", "a"]])] },
  ]);
  expect(rows.map(({ name, cells }) => [name, cells.map((cell) => cell?.files ?? null)])).toEqual([
    ["partition.metadata", [null, 1]],
    [".lock", [1, null]],
  ]);
});

test("files that linger are one row, with their names", () => {
  const [row, foreign] = sideFileRows([
    {
      segments: [],
      sideFiles: [
        file("00000000000000000000.log.deleted", "deleted"),
        file("00000000000000000000.index.deleted", "deleted"),
        file("notes.txt", "unknown"),
      ],
    },
  ]);
  expect(row).toMatchObject({ name: "*.deleted", cells: [{ files: 2, sizeBytes: 20n }] });
  expect(row?.cells[0]?.names).toHaveLength(2);
  expect(foreign?.name).toBe("notes.txt");
});

test("histories that part are marked; a follower that hasn't heard of the newest epoch, or starts later, isn't", () => {
  const differs = (...replicas: ReturnType<typeof epochs>[]) => sideFileRows(replicas)[0]?.differs !== null;
  const whole = epochs(["epoch 0 from", "0"], ["epoch 3 from", "500"], ["epoch 4 from", "900"]);
  expect(differs(whole, whole)).toBe(false);
  expect(differs(whole, epochs(["epoch 0 from", "0"], ["epoch 3 from", "500"]))).toBe(false);
  expect(differs(whole, epochs(["epoch 3 from", "700"], ["epoch 4 from", "900"]))).toBe(false);
  expect(differs(whole, epochs(["epoch 0 from", "0"], ["epoch 3 from", "501"], ["epoch 4 from", "900"]))).toBe(true);
});

test("another topic's id is marked, another broker's own ids aren't", () => {
  const of = (topicId: string, node: string) => ({
    segments: [],
    sideFiles: [
      file("partition.metadata", "partition-metadata", [["topic id", topicId]]),
      file(
        "meta.properties",
        "meta-properties",
        [
          ["cluster.id", "c"],
          ["node.id", node],
        ],
        { place: "log-dir" },
      ),
    ],
  });
  expect(sideFileRows([of("a", "1"), of("a", "2")]).map(({ differs }) => differs)).toEqual([null, null]);
  expect(sideFileRows([of("a", "1"), of("b", "2")]).map(({ differs }) => differs !== null)).toEqual([true, false]);
});
