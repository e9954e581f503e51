import { z } from "zod";
import { defineEndpoint } from "./endpoint.ts";
import { brokerId, byteSize, int64, offset } from "./kafka.ts";
import { partitionParams, segmentDamage, whichReplica } from "./segments.ts";

/** No verification reads faster, so that a broker on the same disk isn't held up. Disks read several times as much. */
export const VERIFY_BYTES_PER_SECOND = 128 * 1024 * 1024;

/** After so many a verification stops: the replica is broken as a whole. */
export const MAX_FINDINGS = 1_000;

/** Frames of a verification; each SSE event is named as its `frame`. */
export const verifyFrame = z.discriminatedUnion("frame", [
  /** First, when another verification runs on this server: this one begins after it. Said again every ten seconds until then. */
  z.object({ frame: z.literal("waiting") }),
  z.object({ frame: z.literal("started"), brokerId, segments: z.int(), bytes: byteSize }),
  z.object({
    frame: z.literal("progress"),
    baseOffset: offset,
    bytes: byteSize,
    batches: z.int(),
    records: int64,
    indexEntries: z.int(),
    /** Of the whole. */
    bytesDone: byteSize,
    elapsedMs: z.int(),
  }),
  z.object({ frame: z.literal("damage"), damage: segmentDamage }),
  z.object({
    frame: z.literal("end"),
    /** complete: everything was read. stopped: the budget of findings was used up, or the server shuts down. */
    how: z.enum(["complete", "stopped"]),
    segments: z.int(),
    batches: z.int(),
    records: int64,
    indexEntries: z.int(),
    bytes: byteSize,
    findings: z.int(),
    /** Files that were deleted, rolled or compacted away while they were read. */
    vanished: z.int(),
    elapsedMs: z.int(),
  }),
]);
export type VerifyFrame = z.output<typeof verifyFrame>;

export const verifySegments = defineEndpoint({
  name: "verifySegments",
  method: "GET",
  path: "/api/clusters/:cluster/topics/:topic/partitions/:partition/segments/verify",
  summary: "Reads every batch and index entry of a partition and checks them (SSE)",
  permission: "view",
  answers: "event-stream",
  params: partitionParams,
  query: whichReplica,
  response: verifyFrame,
});
