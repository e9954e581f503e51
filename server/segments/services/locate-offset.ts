import type { z } from "zod";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { locateOffset as contract, LocateStep } from "#lib/contracts/segment-look-ups.ts";
import type { ClusterContext } from "../../context.ts";
import { listOffsets } from "../../kafka/list-offsets.ts";
import type { MetadataTopic } from "../../kafka/read-metadata.ts";
import { readBatchHeader } from "../../reader/record-batch.ts";
import { locate } from "../locate.ts";
import type { Location, Step, Target } from "../location.ts";
import { findReadableReplica } from "../sources/find-replicas.ts";
import type { OffsetEntry, Probe, TimeEntry } from "../sparse-index.ts";
import { unlessFenced } from "./find-segment.ts";
import { onlyPartition } from "./only-partition.ts";
import { readLocatedBatch } from "./read-located-batch.ts";
import { batchOnWire, damageOnWire } from "./wire.ts";

type Answer = z.input<typeof contract.response>;

/**
 * Finds an offset, or the first record of a time, in a replica's files, step by step as the broker does; both begin at the log
 * start offset, where that is known.
 * @throws {ProblemError} segments-unreadable, segment-not-found, message-not-found (a batch that can't be unpacked),
 *   topic-not-found, partition-not-found, invalid-request, kafka-forbidden, cluster-unreachable, deadline-exceeded, cancelled
 */
export async function locateOffset(
  ctx: ClusterContext,
  { params, query }: ParsedInput<typeof contract>,
): Promise<Answer> {
  const observedAtMs = Date.now();
  const replica = await findReadableReplica(ctx, params.topic, params.partition, query.broker);
  const { brokerId } = replica;
  const edges = await readEdges(ctx, replica.topic, params.partition);
  const logStart = edges.logStartOffset ?? 0n;
  const logStartOffset = edges.logStartOffset?.toString() ?? null;
  const target = targetOf(query);
  if ("offset" in target && target.offset < logStart) {
    const nothing = { steps: [], offset: null, logEndOffset: null, bytesRead: "0", tookMicros: 0, damage: [] };
    const highWatermark = edges.highWatermark?.toString() ?? null;
    return { brokerId, ...nothing, result: "before-start", logStartOffset, highWatermark, observedAtMs };
  }
  const decoder = ctx.decoders.lease();
  try {
    const found = await unlessFenced(replica, () =>
      locate(replica.directory, target, readLocatedBatch(decoder, logStart, ctx.signal), ctx.signal, logStart),
    );
    // It may have been written since the high watermark was read.
    const isNew = found.record !== null && edges.highWatermark !== null && found.record.offset >= edges.highWatermark;
    const now = isNew ? await readEdges(ctx, replica.topic, params.partition) : edges;
    return {
      brokerId,
      steps: isOutside(target, found) ? [] : found.steps.map(stepOnWire),
      result: resultOf(target, found),
      offset: found.record?.offset.toString() ?? null,
      logStartOffset,
      highWatermark: now.highWatermark?.toString() ?? null,
      logEndOffset: found.logEndOffset?.toString() ?? null,
      bytesRead: found.bytesRead.toString(),
      tookMicros: found.tookMicros,
      damage: found.damage.map(damageOnWire),
      observedAtMs,
    };
  } finally {
    decoder.release();
  }
}

function targetOf({ offset, timestampMs }: ParsedInput<typeof contract>["query"]): Target {
  return offset === undefined ? { timestampMs: BigInt(timestampMs ?? 0) } : { offset: BigInt(offset) };
}

interface Edges {
  readonly logStartOffset: bigint | null;
  readonly highWatermark: bigint | null;
}

/** Null where its leader doesn't tell: then the files say where they begin and end. */
async function readEdges(ctx: ClusterContext, topic: MetadataTopic, partition: number): Promise<Edges> {
  const only = [onlyPartition(topic, partition)];
  const [earliest, latest] = await listOffsets(ctx.kafka, only, ["earliest", "latest"], ctx.signal);
  const told = (listed: typeof earliest) => listed.offsets.get(topic.name)?.[partition] ?? null;
  return { logStartOffset: told(earliest), highWatermark: told(latest) };
}

/** A broker knows its log's end, and answers a fetch there, or above it, without a look into its files. */
function isOutside(target: Target, { logEndOffset }: Location): boolean {
  return "offset" in target && logEndOffset !== null && target.offset >= logEndOffset;
}

function resultOf(target: Target, { record, beforeStart, stopped }: Location): Answer["result"] {
  if (record !== null) {
    const exact = "offset" in target ? record.offset === target.offset : record.timestampMs === target.timestampMs;
    return exact ? "exact" : "next";
  }
  if (stopped) return "stopped";
  if ("timestampMs" in target) return "none";
  return beforeStart ? "before-start" : "after-end";
}

function stepOnWire(step: Step): LocateStep {
  const { tookMicros } = step;
  const bytesRead = step.bytesRead.toString();
  switch (step.step) {
    case "segment":
      return {
        step: step.step,
        segments: step.segments,
        baseOffset: step.baseOffset.toString(),
        active: step.active,
        looked: step.looked.map(({ baseOffset, maxTimestampMs }) => ({
          baseOffset: baseOffset.toString(),
          maxTimestampMs: maxTimestampMs.toString(),
        })),
        bytesRead,
        tookMicros,
      };
    case "time-index":
    case "offset-index":
      return {
        step: step.step,
        file: step.file,
        entries: step.entries,
        wanted: step.step === "offset-index" ? step.wanted.toString() : null,
        probes: step.probes.map(probeOnWire),
        found: step.found && probeOnWire(step.found),
        bytesRead,
        tookMicros,
      };
    case "scan":
      return {
        step: step.step,
        file: step.file,
        fromPosition: step.fromPosition.toString(),
        batches: step.batches.map(({ position, baseOffset, lastOffset, sizeBytes }) => ({
          position: position.toString(),
          baseOffset: baseOffset.toString(),
          lastOffset: lastOffset.toString(),
          sizeBytes,
        })),
        scanned: step.scanned,
        ended: step.ended,
        bytesRead,
        tookMicros,
      };
    case "record": {
      const { batch, record } = step;
      return {
        step: step.step,
        // Only a batch whose checksum is right is looked into.
        batch: batchOnWire(batch.position, readBatchHeader(batch.bytes, 0), true),
        number: record.number,
        offset: record.offset.toString(),
        timestampMs: record.timestampMs.toString(),
        bytesRead,
        tookMicros,
      };
    }
  }
}

function probeOnWire({ look, number, entry, compared }: Probe<OffsetEntry> | Probe<TimeEntry>) {
  return {
    look,
    entry: number,
    offset: entry.offset.toString(),
    timestampMs: "timestampMs" in entry ? entry.timestampMs.toString() : null,
    position: "position" in entry ? entry.position.toString() : null,
    compared,
  };
}
