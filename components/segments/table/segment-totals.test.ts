import { expect, test } from "vitest";
import type { SegmentCounts } from "#lib/contracts/segment-batches.ts";
import { aSegment } from "./segment.fixture.ts";
import { countedTotals, segmentTotals } from "./segment-totals.ts";

test("segments together: bytes, index entries, the span of their timestamps, the widest offset", () => {
  const totals = segmentTotals([
    aSegment({ sizeBytes: "9007199254740993", firstTimestampMs: null, maxTimestampMs: null, offsetIndex: null }),
    aSegment({ baseOffset: "100", lastOffset: "1234567", firstTimestampMs: "500", abortedTransactions: 2 }),
    aSegment({
      baseOffset: "1234568",
      lastOffset: null,
      maxTimestampMs: "9223372036854775807",
      producerSnapshotBytes: "10",
    }),
  ]);
  expect(totals).toEqual({
    sizeBytes: 9007199254742993n,
    offsetIndexEntries: 6,
    timeIndexEntries: 9,
    indexBytes: 156n,
    firstMs: 500n,
    maxMs: 9223372036854775807n,
    abortedTransactions: 2,
    snapshots: 1,
    digits: 7,
  });
  expect(segmentTotals([])).toMatchObject({ sizeBytes: 0n, firstMs: null, maxMs: null, digits: 1 });
});

test("what was counted: only that, codecs by how common they are", () => {
  const counts = (records: string, codecs: Record<string, number>): SegmentCounts => ({
    brokerId: 1,
    batches: Object.values(codecs).reduce((sum, batches) => sum + batches, 0),
    records,
    controlBatches: 0,
    transactionalBatches: 0,
    codecs: Object.entries(codecs).map(([codec, batches]) => ({ codec, batches, sizeBytes: "1" })),
    gaps: "0",
    damage: [],
    bytesRead: "0",
    observedAtMs: 0,
    complete: true,
    countedBytes: "1",
    fileBytes: "1",
  });
  expect(countedTotals([counts("9007199254740993", { none: 1, zstd: 2 }), counts("4", { none: 4 })])).toEqual({
    segments: 2,
    records: 9007199254740997n,
    batches: 7,
    codecs: ["none", "zstd"],
  });
  const half = { ...counts("4", { none: 4 }), complete: false };
  expect(countedTotals([half])).toMatchObject({ segments: 0, records: 4n });
  expect(countedTotals([])).toEqual({ segments: 0, records: 0n, batches: 0, codecs: [] });
});
