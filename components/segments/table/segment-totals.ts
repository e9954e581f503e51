import type { SegmentCounts } from "#lib/contracts/segment-batches.ts";
import type { Segment } from "#lib/contracts/segments.ts";

/** What a replica's segments are together. */
export interface SegmentTotals {
  readonly sizeBytes: bigint;
  readonly offsetIndexEntries: number;
  readonly timeIndexEntries: number;
  /** Those that are used, of both. */
  readonly indexBytes: bigint;
  /** The first and the largest timestamp of all; null: none is known. */
  readonly firstMs: bigint | null;
  readonly maxMs: bigint | null;
  readonly abortedTransactions: number;
  readonly snapshots: number;
  /** Digits of the greatest offset: what a column of offsets must have room for. */
  readonly digits: number;
}

export function segmentTotals(segments: readonly Segment[]): SegmentTotals {
  const firsts = segments.flatMap(({ firstTimestampMs: ms }) => (ms === null ? [] : [BigInt(ms)]));
  const maxes = segments.flatMap(({ maxTimestampMs: ms }) => (ms === null ? [] : [BigInt(ms)]));
  return {
    sizeBytes: segments.reduce((bytes, { sizeBytes }) => bytes + BigInt(sizeBytes), 0n),
    offsetIndexEntries: sum(segments, ({ offsetIndex }) => offsetIndex?.entries ?? 0),
    timeIndexEntries: sum(segments, ({ timeIndex }) => timeIndex?.entries ?? 0),
    indexBytes: usedBytes(segments.flatMap(({ offsetIndex, timeIndex }) => [offsetIndex, timeIndex])),
    firstMs: firsts.length === 0 ? null : firsts.reduce(smaller),
    maxMs: maxes.length === 0 ? null : maxes.reduce(larger),
    abortedTransactions: sum(segments, ({ abortedTransactions }) => abortedTransactions ?? 0),
    snapshots: sum(segments, ({ producerSnapshotBytes }) => (producerSnapshotBytes === null ? 0 : 1)),
    digits: segments.reduce(
      (most, { baseOffset, lastOffset }) => Math.max(most, baseOffset.length, lastOffset?.length ?? 0),
      1,
    ),
  };
}

/** What was counted so far. */
export interface CountedTotals {
  /** Segments that were counted to their end. */
  readonly segments: number;
  readonly records: bigint;
  readonly batches: number;
  /** Of all that were counted, by how many batches have it. */
  readonly codecs: readonly string[];
}

export function countedTotals(counts: readonly SegmentCounts[]): CountedTotals {
  const batches = new Map<string, number>();
  for (const { codecs } of counts) {
    for (const { codec, batches: more } of codecs) batches.set(codec, (batches.get(codec) ?? 0) + more);
  }
  return {
    segments: counts.filter(({ complete }) => complete).length,
    records: counts.reduce((total, { records }) => total + BigInt(records), 0n),
    batches: sum(counts, ({ batches: more }) => more),
    codecs: [...batches].sort(([, a], [, b]) => b - a).map(([codec]) => codec),
  };
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function usedBytes(indexes: readonly Segment["offsetIndex"][]): bigint {
  return indexes.reduce((total, index) => total + BigInt(index?.usedBytes ?? 0), 0n);
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
