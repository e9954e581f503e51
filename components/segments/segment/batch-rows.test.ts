import { expect, test } from "vitest";
import type { SegmentDamage } from "#lib/contracts/segments.ts";
import { batchesBeside, holdsOffset, isDamaged, pageRows, traitsOf } from "./batch-rows.ts";
import { storedBatch } from "./stored-batch.fixture.ts";

const damage = (position: string | null, kind: SegmentDamage["kind"] = "not-a-batch"): SegmentDamage => ({
  file: "0.log",
  position,
  kind,
  detail: `At byte ${position}.`,
});
const batches = [
  storedBatch({ position: "0", baseOffset: "0", lastOffset: "9" }),
  storedBatch({ position: "1000", baseOffset: "10", lastOffset: "19" }),
];

test("damage stands at its batch, between two, after all, or, without a place, before all", () => {
  const rows = pageRows(batches, [
    damage("5000"),
    damage("1000", "crc"),
    damage("500"),
    damage(null, "unreadable"),
    damage("9000"),
  ]);
  expect(rows.map((row) => (row.kind === "batch" ? `batch ${row.batch.position}` : row.damage.detail))).toEqual([
    "At byte null.",
    "batch 0",
    "At byte 500.",
    "batch 1000",
    "At byte 5000.",
    "At byte 9000.",
  ]);
  expect(rows[3]).toMatchObject({ damage: [{ kind: "crc" }] });
});

test("a batch is damaged by its checksum, or by what stands at its place; a remark is no damage", () => {
  const [batch] = batches;
  if (batch === undefined) throw new Error("no batch");
  expect(isDamaged(batch, [])).toBe(false);
  expect(isDamaged({ ...batch, crcMatches: false }, [])).toBe(true);
  expect(isDamaged(batch, [damage("0", "offset-order")])).toBe(true);
  expect(isDamaged(batch, [damage("1", "offset-order"), damage(null), damage("0", "old-format")])).toBe(false);
});

test("damage alone is a page too", () => {
  expect(pageRows([], [damage("0")])).toHaveLength(1);
  expect(pageRows([], [])).toEqual([]);
});

test("positions beyond a double keep their order", () => {
  const far = [storedBatch({ position: "9007199254740993" })];
  const rows = pageRows(far, [damage("9007199254740994"), damage("9007199254740992")]);
  expect(rows.map(({ kind }) => kind)).toEqual(["damage", "batch", "damage"]);
});

test("what tells a batch from the usual one", () => {
  expect(traitsOf(storedBatch({}))).toEqual([]);
  expect(traitsOf(storedBatch({ control: true, transactional: true }))).toEqual(["control"]);
  expect(traitsOf(storedBatch({ transactional: true, codec: "zstd" }))).toEqual(["transactional", "compressed"]);
  expect(traitsOf(storedBatch({ magic: 1, codec: null }))).toEqual(["old"]);
});

test("a batch holds its first offset to its last; one of an old format none that is known", () => {
  const batch = storedBatch({ baseOffset: "9007199254740992", lastOffset: "9007199254740993" });
  const held = ["9007199254740991", "9007199254740992", "9007199254740993", "9007199254740994"];
  expect(held.map((offset) => holdsOffset(batch, offset))).toEqual([false, true, true, false]);
  expect(holdsOffset(storedBatch({ baseOffset: null, lastOffset: null }), "0")).toBe(false);
});

test("neighbours are those that can be opened", () => {
  const withOld = [batches[0], storedBatch({ position: "900", magic: 0, baseOffset: null }), batches[1]].filter(
    (batch) => batch !== undefined,
  );
  expect(batchesBeside(withOld, "0")).toMatchObject({ previous: null, next: { position: "1000" } });
  expect(batchesBeside(withOld, "7")).toEqual({ previous: null, next: null });
});
