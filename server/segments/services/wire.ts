import type { StoredBatch } from "#lib/contracts/segment-batches.ts";
import type { Retention, Segment, SegmentDamage } from "#lib/contracts/segments.ts";
import {
  BATCH_HEADER_BYTES,
  type BatchHeader,
  codecOf,
  hasAppendTime,
  isControl,
  isTransactional,
} from "../../reader/record-batch.ts";
import { hex } from "../check-batch.ts";
import type { Damage } from "../damage.ts";
import type { DescribedSegment } from "../describe-segment.ts";
import type { PagedBatch } from "../page-batches.ts";
import type { Goes } from "../retention.ts";
import { baseTimestampOf } from "../stored-timestamps.ts";
import type { PartitionConfig } from "./partition-config.ts";

export function damageOnWire({ position, ...damage }: Damage): SegmentDamage {
  return { ...damage, position: position?.toString() ?? null };
}

/** @param checkIntervalMs null: unknown */
export function retentionOnWire(config: PartitionConfig, checkIntervalMs: bigint | null): Retention {
  const { cleanupPolicy, tiered } = config;
  return {
    cleanupPolicy,
    retentionMs: config.retentionMs.toString(),
    retentionBytes: config.retentionBytes.toString(),
    segmentBytes: config.segmentBytes.toString(),
    segmentMs: config.segmentMs.toString(),
    tiered,
    checkIntervalMs: checkIntervalMs?.toString() ?? null,
  };
}

/** @param goes null: nothing deletes it, or it isn't known */
export function segmentOnWire(segment: DescribedSegment, compacted: boolean | null, goes: Goes | null): Segment {
  const { baseOffset, lastOffset, sizeBytes, firstTimestampMs, maxTimestampMs, producerSnapshotBytes } = segment;
  return {
    baseOffset: baseOffset.toString(),
    lastOffset: lastOffset?.toString() ?? null,
    sizeBytes: sizeBytes.toString(),
    firstTimestampMs: firstTimestampMs?.toString() ?? null,
    maxTimestampMs: maxTimestampMs?.toString() ?? null,
    active: segment.active,
    compacted,
    offsetIndex: indexOnWire(segment.offsetIndex),
    timeIndex: indexOnWire(segment.timeIndex),
    abortedTransactions: segment.abortedTransactions,
    producerSnapshotBytes: producerSnapshotBytes?.toString() ?? null,
    goes,
    damage: segment.damage.map(damageOnWire),
  };
}

function indexOnWire(index: DescribedSegment["offsetIndex"]): Segment["offsetIndex"] {
  if (index === null) return null;
  const { entries, usedBytes, fileBytes } = index;
  return { entries, usedBytes: usedBytes.toString(), fileBytes: fileBytes.toString() };
}

/** A batch of a page, or what is known of an entry of the old formats. */
export function pagedOnWire(paged: PagedBatch, unpackedBytes: number | null): StoredBatch {
  if (paged.kind === "batch")
    return {
      ...batchOnWire(paged.position, paged.header, paged.crcMatches, unpackedBytes),
      controlType: paged.controlType,
    };
  const { position, sizeBytes, magic } = paged;
  return {
    position: position.toString(),
    sizeBytes,
    magic,
    baseOffset: null,
    lastOffset: null,
    records: null,
    codec: null,
    ratio: null,
    baseTimestampMs: null,
    maxTimestampMs: null,
    timestampType: null,
    leaderEpoch: null,
    producerId: null,
    producerEpoch: null,
    baseSequence: null,
    transactional: false,
    control: false,
    controlType: null,
    crc: null,
    crcMatches: null,
  };
}

/** @param unpackedBytes of its records; null: it isn't compressed, or wasn't looked into */
export function batchOnWire(
  position: number,
  header: BatchHeader,
  crcMatches: boolean | null,
  unpackedBytes: number | null = null,
): StoredBatch {
  const { attributes, producerId, sizeBytes } = header;
  const idempotent = producerId >= 0n;
  const packedBytes = sizeBytes - BATCH_HEADER_BYTES;
  return {
    position: position.toString(),
    sizeBytes,
    magic: header.magic,
    baseOffset: header.baseOffset.toString(),
    lastOffset: header.lastOffset.toString(),
    records: header.records,
    codec: codecOf(attributes) ?? `unknown (${attributes & 7})`,
    ratio: unpackedBytes === null || packedBytes <= 0 ? null : unpackedBytes / packedBytes,
    baseTimestampMs: baseTimestampOf(header)?.toString() ?? null,
    maxTimestampMs: header.maxTimestamp < 0n ? null : header.maxTimestamp.toString(),
    timestampType: hasAppendTime(attributes) ? "append" : "create",
    leaderEpoch: header.leaderEpoch,
    producerId: idempotent ? producerId.toString() : null,
    producerEpoch: idempotent ? header.producerEpoch : null,
    baseSequence: idempotent ? header.baseSequence : null,
    transactional: isTransactional(attributes),
    control: isControl(attributes),
    controlType: null,
    crc: hex(header.crc),
    crcMatches,
  };
}
