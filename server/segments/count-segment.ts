import { codecOf, isControl, isTransactional } from "../reader/record-batch.ts";
import type { Damage } from "./damage.ts";
import { openSegment } from "./open-segment.ts";
import type { PartitionDirectory } from "./partition-directory.ts";
import { oldFormat, walkSegment } from "./walk-segment.ts";

/** What the headers of a segment's batches add up to. */
export interface CountedSegment {
  readonly batches: number;
  /** Data records: control records are none, those that compaction took away are gone. */
  readonly records: bigint;
  readonly controlBatches: number;
  readonly transactionalBatches: number;
  readonly codecs: readonly { readonly codec: string; readonly batches: number; readonly sizeBytes: number }[];
  /** Offsets between its base and its last that no record has. */
  readonly gaps: bigint;
  readonly damage: readonly Damage[];
  readonly bytesRead: number;
}

/**
 * Walks over all headers of a segment's log. Headers claim how many records follow; nothing is unpacked and no checksum looked at.
 * @throws {FenceError} when the log can't be opened; the signal's reason
 */
export async function countSegment(
  directory: PartitionDirectory,
  baseOffset: bigint,
  active: boolean,
  signal: AbortSignal,
): Promise<CountedSegment> {
  const segment = await openSegment(directory, { baseOffset, active });
  const damage: Damage[] = [];
  const codecs = new Map<string, { batches: number; sizeBytes: number }>();
  let batches = 0;
  let records = 0n;
  let controlBatches = 0;
  let transactionalBatches = 0;
  let taken = 0n;
  let last = baseOffset - 1n;
  try {
    for await (const stored of walkSegment(segment, 0)) {
      signal.throwIfAborted();
      if (stored.kind === "broken") {
        damage.push(stored.damage);
        continue;
      }
      if (stored.kind === "old") {
        damage.push(oldFormat(segment.log.name, stored.position, stored.magic));
        break;
      }
      const { attributes, records: claimed, sizeBytes, lastOffset, lastOffsetDelta } = stored.header;
      const control = isControl(attributes);
      // A batch has no more records than offsets, whatever a damaged header claims.
      const count = BigInt(Math.max(0, Math.min(claimed, lastOffsetDelta + 1)));
      batches++;
      taken += count;
      if (lastOffset > last) last = lastOffset;
      if (control) controlBatches++;
      else records += count;
      if (isTransactional(attributes)) transactionalBatches++;
      const codec = codecOf(attributes) ?? `unknown (${attributes & 7})`;
      const sum = codecs.get(codec) ?? { batches: 0, sizeBytes: 0 };
      codecs.set(codec, { batches: sum.batches + 1, sizeBytes: sum.sizeBytes + sizeBytes });
    }
    return {
      batches,
      records,
      controlBatches,
      transactionalBatches,
      codecs: [...codecs].map(([codec, sum]) => ({ codec, ...sum })),
      gaps: taken > last - baseOffset + 1n ? 0n : last - baseOffset + 1n - taken,
      damage,
      bytesRead: segment.bytesRead(),
    };
  } finally {
    await segment.close();
  }
}
