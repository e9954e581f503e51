import type { z } from "zod";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { listBatches as contract } from "#lib/contracts/segment-batches.ts";
import type { ClusterContext } from "../../context.ts";
import { pageBatches } from "../page-batches.ts";
import { findSegment, unlessFenced } from "./find-segment.ts";
import { readUnpackedSizes } from "./read-unpacked-sizes.ts";
import { damageOnWire, pagedOnWire } from "./wire.ts";

/**
 * A page of a segment's batches as they lie in its file, each one's checksum computed as far as the page's budget goes.
 * @throws {ProblemError} as `findSegment`
 */
export async function listBatches(
  ctx: ClusterContext,
  { params, query }: ParsedInput<typeof contract>,
): Promise<z.input<typeof contract.response>> {
  const observedAtMs = Date.now();
  const { position, fromOffset, limit, broker } = query;
  const segment = await findSegment(ctx, params, broker);
  const from = fromOffset === undefined ? { position: Number(position) } : { offset: BigInt(fromOffset) };
  const page = await unlessFenced(segment, () =>
    pageBatches(segment.directory, segment.files, from, limit, ctx.signal),
  );
  const decoder = ctx.decoders.lease();
  const unpacked = await readUnpackedSizes(decoder, segment.directory, page, ctx.signal).finally(() =>
    decoder.release(),
  );
  return {
    brokerId: segment.brokerId,
    file: page.file,
    fileBytes: page.fileBytes.toString(),
    batches: page.batches.map((batch) => pagedOnWire(batch, unpacked.byPosition.get(batch.position) ?? null)),
    nextPosition: page.nextPosition?.toString() ?? null,
    damage: page.damage.map(damageOnWire),
    bytesRead: (page.bytesRead + unpacked.bytesRead).toString(),
    observedAtMs,
  };
}
