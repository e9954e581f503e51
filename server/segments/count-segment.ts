import { codecOf, isControl, isTransactional } from "../reader/record-batch.ts";
import type { Damage } from "./damage.ts";
import { brokenEnd, oldFormat } from "./describe-segment.ts";
import type { PartitionDirectory } from "./partition-directory.ts";
import { segmentFileName } from "./segment-names.ts";
import { walkHeaders } from "./walk-headers.ts";

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
  const log = await directory.openFile(segmentFileName(baseOffset, "log"));
  const damage: Damage[] = [];
  const codecs = new Map<string, { batches: number; sizeBytes: number }>();
  let batches = 0;
  let records = 0n;
  let controlBatches = 0;
  let transactionalBatches = 0;
  let taken = 0n;
  let last = baseOffset - 1n;
  try {
    for await (const stored of walkHeaders(log, 0)) {
      signal.throwIfAborted();
      if (stored.kind === "end") {
        if (stored.why !== "whole" && !(active && stored.why !== "not-a-batch")) {
          damage.push(brokenEnd(log, stored.position, stored.why));
        }
        break;
      }
      if (stored.kind === "old") {
        damage.push(oldFormat(log.name, stored.position, stored.magic));
        break;
      }
      const { attributes, records: claimed, sizeBytes, lastOffset } = stored.header;
      const control = isControl(attributes);
      const count = BigInt(Math.max(0, claimed));
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
      gaps: last - baseOffset + 1n - taken,
      damage,
      bytesRead: log.bytesRead,
    };
  } finally {
    await log.close();
  }
}
