import { expect, test } from "vitest";
import { chunkOf, kafkajsBatch, markerBatch, withChecksum } from "#scripts/testing/kafkajs-batch.ts";
import { gapsOf, messagesOf, problemsOf, rowsOf, testLens } from "#scripts/testing/rows-of.ts";
import { applyLenses } from "./apply-lenses.ts";
import type { FetchedChunk } from "./fetched-chunk.ts";
import type { Lens, LensTask } from "./lens.ts";

function view(chunk: FetchedChunk, lens: Partial<Lens> = {}, task: Partial<LensTask> = {}) {
  const [result] = applyLenses(chunk, [{ lens: testLens(lens), maxRows: 10_000, ...task }]);
  const [tally] = result?.partitions ?? [];
  if (result === undefined || tally === undefined) throw new Error("no yield");
  return { result, tally, rows: rowsOf(result), offsets: messagesOf(result).map(([, offset]) => Number(offset)) };
}

const texts = (...values: string[]) => values.map((value) => ({ key: null, value: Buffer.from(value) }));

test("offsets that compaction left empty are gaps: between batches, inside of one, and at its end", async () => {
  const value = Buffer.from("x");
  const first = await kafkajsBatch({
    baseOffset: 10n,
    records: [
      { key: null, value, offsetDelta: 1 },
      { key: null, value, offsetDelta: 4 },
    ],
    lastOffsetDelta: 6,
  });
  const second = await kafkajsBatch({ baseOffset: 20n, records: texts("y") });
  const { result, offsets, tally } = view(chunkOf([first, second], { from: 10n }));
  expect(offsets).toEqual([11, 14, 20]);
  expect(gapsOf(result).map(({ gap }) => gap)).toEqual([
    [0, "10", "10"],
    [0, "12", "13"],
    [0, "15", "19"],
  ]);
  expect(tally).toMatchObject({ in: 3, next: 21n });
});

test("a reading that begins inside of a batch shows nothing of what is before", async () => {
  const batch = await kafkajsBatch({ baseOffset: 100n, records: texts("a", "b", "c", "d") });
  const { rows, offsets, tally } = view(chunkOf([batch], { from: 102n }));
  expect(offsets).toEqual([102, 103]);
  expect(rows).toHaveLength(2);
  expect(tally.in).toBe(2);
  expect(view(chunkOf([batch], { from: 100n }), {}, { from: new Map([[0, 103n]]) }).offsets).toEqual([103]);
});

test("offsets beyond 2^53 and timestamps beyond it stay exact", async () => {
  const baseOffset = 2n ** 62n;
  const batch = await kafkajsBatch({ baseOffset, records: texts("a", "b") });
  batch.writeBigInt64BE(2n ** 61n + 1n, 27);
  const { rows } = view(chunkOf([withChecksum(batch)], { from: baseOffset }));
  expect(rows).toEqual([
    [0, `${baseOffset}`, `${2n ** 61n + 1n}`, null, "a"],
    [0, `${baseOffset + 1n}`, `${2n ** 61n + 1n}`, null, "b"],
  ]);
});

test("LogAppendTime is the batch's, and says so", async () => {
  const batch = await kafkajsBatch({
    baseOffset: 0n,
    records: texts("a"),
    maxTimestamp: 1_770_000_000_000,
    appendTime: true,
  });
  expect(view(chunkOf([batch])).rows).toEqual([[0, "0", 1_770_000_000_000, null, "a", { appendTime: true }]]);
});

async function transactions() {
  const inTransaction = (baseOffset: bigint, producerId: number, ...values: string[]) =>
    kafkajsBatch({ baseOffset, records: texts(...values), producerId, transactional: true });
  return [
    await inTransaction(0n, 7, "aborted 0", "aborted 1"),
    await inTransaction(2n, 8, "committed 2"),
    await kafkajsBatch({ baseOffset: 3n, records: texts("plain 3") }),
    await inTransaction(4n, 7, "aborted 4"),
    await markerBatch(5n, 7, "abort"),
    await markerBatch(6n, 8, "commit"),
    await inTransaction(7n, 7, "committed 7"),
    await markerBatch(8n, 7, "commit"),
  ];
}
const aborted = [{ producerId: 7n, firstOffset: 0n }];

test("reading committed leaves aborted messages out and says where; what the producer commits later stays", async () => {
  const { offsets, result, tally } = view(chunkOf(await transactions(), { aborted }), { isolation: "committed" });
  expect(offsets).toEqual([2, 3, 7]);
  expect(tally).toMatchObject({ in: 3, matched: 3 });
  expect(gapsOf(result)).toEqual([
    { gap: [0, "0", "1"], reason: "aborted" },
    { gap: [0, "4", "4"], reason: "aborted" },
    { gap: [0, "5", "6"], reason: "markers", commits: 1, aborts: 1, aborted: ["7"], committed: ["8"] },
    { gap: [0, "8", "8"], reason: "markers", commits: 1, aborts: 0, committed: ["7"] },
  ]);
});

test("a reading that begins behind a marker doesn't take what follows for aborted", async () => {
  const chunk = chunkOf(await transactions(), { aborted });
  expect(view(chunk, { isolation: "committed" }, { from: new Map([[0, 6n]]) }).offsets).toEqual([7]);
});

test("reading uncommitted shows aborted messages with their producer, and markers that decide over them", async () => {
  const { rows, tally } = view(chunkOf(await transactions()));
  expect(tally.in).toBe(6);
  expect(rows[0]).toEqual([0, "0", 1_760_000_000_000, null, "aborted 0", { transaction: "7" }]);
  expect(rows.filter((row) => "gap" in row)).toHaveLength(2);
});

test("a filter leaves only the markers that decide over rows: those of unwanted messages join", async () => {
  const { rows } = view(chunkOf(await transactions()), { contains: "aborted 0" });
  expect(rows).toEqual([
    [0, "0", 1_760_000_000_000, null, "aborted 0", { transaction: "7" }],
    { gap: [0, "5", "8"], reason: "markers", commits: 2, aborts: 1, aborted: ["7"], committed: ["8"] },
  ]);
  expect(view(chunkOf(await transactions(), { aborted }), { contains: "x", isolation: "committed" }).rows).toEqual([]);
});

test("too many rows: an even spread stays, the rest is counted, known beforehand or not", async () => {
  const values = Array.from({ length: 1_000 }, (_, index) => `value ${index}`);
  const chunk = chunkOf([await kafkajsBatch({ baseOffset: 0n, records: texts(...values) })]);
  for (const lens of [{}, { contains: "VALUE" }]) {
    const { result, tally, offsets } = view(chunk, lens, { maxRows: 100 });
    expect(result.sent).toBe(offsets.length);
    expect(result.sent).toBeGreaterThan(49);
    expect(result.sent).toBeLessThanOrEqual(100);
    expect(tally).toMatchObject({ in: 1_000, matched: 1_000, sampled: 1_000 - result.sent });
    const steps = new Set(offsets.slice(1).map((offset, index) => offset - (offsets[index] ?? 0)));
    expect(steps.size).toBe(1);
    expect(tally.sampledRange).toEqual([1n, 999n]);
  }
  expect(view(chunk, {}, { maxRows: 0 }).tally).toMatchObject({ matched: 1_000, sampled: 1_000 });
});

test("messages of before Kafka 0.11 are one problem with their offsets; what follows is read", async () => {
  const old = (offset: bigint, attributes: number) => {
    const bytes = Buffer.alloc(34);
    bytes.writeBigInt64BE(offset, 0);
    bytes.writeInt32BE(22, 8);
    bytes.writeInt8(1, 16);
    bytes.writeInt8(attributes, 17);
    return bytes;
  };
  const batch = await kafkajsBatch({ baseOffset: 9n, records: texts("new") });
  const { result, offsets, tally } = view(chunkOf([old(4n, 0), old(5n, 0), old(8n, 1), batch], { from: 4n }));
  expect(problemsOf(result)).toMatchObject([{ problem: [0, "4", "8"], code: "old-format", records: 5 }]);
  expect(offsets).toEqual([9]);
  expect(tally).toMatchObject({ in: 6, undecodable: 5 });
});

test("a codec that nobody knows, and a batch that claims too much, are problems", async () => {
  const unknown = await kafkajsBatch({ baseOffset: 0n, records: texts("a") });
  unknown.writeInt16BE(5, 21);
  const greedy = await kafkajsBatch({ baseOffset: 1n, records: texts("a") });
  greedy.writeInt32BE(2_000_000_000, 57);
  const good = await kafkajsBatch({ baseOffset: 2n, records: texts("b") });
  const { result, offsets } = view(chunkOf([withChecksum(unknown), withChecksum(greedy), good]));
  expect(problemsOf(result).map(({ code, records }) => [code, records])).toEqual([
    ["unknown-codec", 1],
    ["corrupt", 1],
  ]);
  expect(offsets).toEqual([2]);
});

test("what is no batch at all is a problem that ends the partition, and only it", async () => {
  const good = await kafkajsBatch({ baseOffset: 0n, records: texts("a") });
  const bytes = Buffer.concat([Buffer.alloc(100, 0xff), good]);
  const facts = { highWatermark: 1n, logStartOffset: 0n, aborted: [] };
  const partitions = [
    { place: 0, from: 5n, next: 8n, start: 0, end: 100, ...facts },
    { place: 1, from: 0n, next: 1n, start: 100, end: bytes.length, ...facts },
  ];
  const [result] = applyLenses({ bytes, partitions }, [{ lens: testLens(), maxRows: 10 }]);
  if (result === undefined) throw new Error("no yield");
  expect(problemsOf(result)).toMatchObject([{ problem: [0, "5", "7"], code: "corrupt", records: 3 }]);
  expect(messagesOf(result)).toHaveLength(1);
});

test("headers: the first few, repeated names in order, text or hex", async () => {
  const headers = [
    ["trace", Buffer.from("abc")],
    ["trace", Buffer.from([0, 255])],
    ["long", Buffer.from("é".repeat(100))],
  ] as const;
  const batch = await kafkajsBatch({ baseOffset: 0n, records: [{ key: null, value: null, headers }] });
  expect(view(chunkOf([batch])).rows[0]).toMatchObject([
    0,
    "0",
    1_760_000_000_000,
    null,
    null,
    {
      headers: [
        ["trace", "abc"],
        ["trace", "0x00ff"],
        ["long", `${"é".repeat(48)}…`],
      ],
    },
  ]);
  const many = Array.from({ length: 12 }, (_, index) => [`h${index}`, Buffer.from("v")] as const);
  const other = await kafkajsBatch({ baseOffset: 0n, records: [{ key: null, value: null, headers: many }] });
  const [row] = messagesOf(view(chunkOf([other])).result);
  expect(row?.[5]?.headers).toHaveLength(8);
  expect(row?.[5]?.headerCount).toBe(12);
});

test("holes between messages go with the messages that are left out: rows are bounded by what is wanted", async () => {
  const records = Array.from({ length: 20_000 }, (_, index) => ({
    key: null,
    value: Buffer.from("x"),
    offsetDelta: index * 2,
  }));
  const batch = await kafkajsBatch({ baseOffset: 0n, records });
  for (const lens of [{}, { contains: "x" }]) {
    const { result, tally, rows } = view(chunkOf([batch], { from: 0n }), lens, { maxRows: 100 });
    expect(tally).toMatchObject({ in: 20_000, matched: 20_000, sampled: 20_000 - result.sent });
    expect(result.sent).toBeGreaterThanOrEqual(50);
    expect(rows.length).toBeLessThanOrEqual(201);
  }
  expect(view(chunkOf([batch], { from: 0n }), {}, { maxRows: 40_000 }).rows).toHaveLength(39_999);
});

test("thousands of markers with holes between are few rows, and still decide over every transaction", async () => {
  const batches = await Promise.all(
    Array.from({ length: 5_000 }, (_, index) =>
      markerBatch(BigInt(index * 2), index, index % 2 === 0 ? "abort" : "commit"),
    ),
  );
  const { result, rows } = view(chunkOf(batches, { from: 0n }));
  expect(rows.length).toBeLessThanOrEqual(1_010);
  const aborted = gapsOf(result).flatMap((gap) => gap.aborted ?? []);
  expect(new Set(aborted).size).toBe(2_500);
});

test("a batch that is gone through in several passes is counted once: its messages, and its bytes", async () => {
  const batches = [
    await kafkajsBatch({ baseOffset: 0n, records: texts("a", "b", "c", "d", "e") }),
    await kafkajsBatch({ baseOffset: 5n, records: texts("f", "g") }),
  ];
  const chunk = chunkOf(batches, { from: 0n });
  const total = { in: 0, bytes: 0 };
  const seen: number[] = [];
  let from = 0n;
  for (let pass = 0; pass < 4; pass++) {
    const { tally, offsets } = view(chunk, {}, { maxRows: 2, keep: "first", from: new Map([[0, from]]) });
    total.in += tally.in;
    total.bytes += tally.bytes;
    seen.push(...offsets);
    from = tally.next;
  }
  expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(total).toEqual({ in: 7, bytes: batches.reduce((sum, { byteLength }) => sum + byteLength, 0) });
});
