import type { z } from "zod";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { countSegment as contract } from "#lib/contracts/segment-batches.ts";
import type { ClusterContext } from "../../context.ts";
import { findSegment, unlessFenced } from "./find-segment.ts";
import { damageOnWire } from "./wire.ts";

/**
 * Batches, records and codecs of a segment. What was counted is remembered, so that only what is new is walked over; what is
 * too much for one request is gone on with by the next. Few are walked at a time.
 * @throws {ProblemError} as `findSegment`
 */
export async function countSegment(
  ctx: ClusterContext,
  { params, query }: ParsedInput<typeof contract>,
): Promise<z.input<typeof contract.response>> {
  const observedAtMs = Date.now();
  const segment = await findSegment(ctx, params, query.broker);
  const { directory, files, brokerId } = segment;
  const upTo = query.upTo === undefined ? undefined : Number(query.upTo);
  const counted = await unlessFenced(segment, () => ctx.state.segments.counts.get(directory, files, ctx.signal, upTo));
  return {
    brokerId,
    batches: counted.batches,
    records: counted.records.toString(),
    controlBatches: counted.controlBatches,
    transactionalBatches: counted.transactionalBatches,
    codecs: counted.codecs.map((one) => ({ ...one, sizeBytes: one.sizeBytes.toString() })),
    gaps: counted.gaps.toString(),
    damage: counted.damage.map(damageOnWire),
    complete: counted.complete,
    countedBytes: counted.countedBytes.toString(),
    fileBytes: counted.fileBytes.toString(),
    bytesRead: counted.bytesRead.toString(),
    observedAtMs,
  };
}
