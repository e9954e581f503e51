import type { Decoder } from "../../reader/decoder-pool.ts";
import { readBatchHeader } from "../../reader/record-batch.ts";
import type { FoundInBatch, ReadBatch, Target } from "../location.ts";
import { storedChunk } from "./stored-chunk.ts";

/** Records that are unpacked at a time: a batch of a million small ones isn't held as objects at once. */
const STEP = { limit: 10_000, maxBytes: 64 * 1024 * 1024 };

/**
 * Reads a located batch in a decoder's thread, as every message is read.
 * @param least nothing before it counts: the broker begins at the log start offset
 * @throws {ProblemError} message-not-found (the batch can't be read: why), deadline-exceeded, internal, cancelled
 */
export function readLocatedBatch(decoder: Decoder, least: bigint, signal: AbortSignal): ReadBatch {
  return async (bytes, baseOffset, target) => {
    const next = readBatchHeader(bytes, 0).lastOffset + 1n;
    const chunk = storedChunk(bytes, baseOffset, next);
    let number = 0;
    for (let from = baseOffset; from < next; ) {
      const records = await decoder.extract(chunk, { place: 0, from, ...STEP }, signal);
      for (const { offset, timestamp, control } of records) {
        number++;
        if (control === null && offset >= least && reaches(target, offset, timestamp)) {
          return { offset, timestampMs: timestamp, number } satisfies FoundInBatch;
        }
      }
      const last = records.at(-1);
      if (last === undefined) return null;
      from = last.offset + 1n;
    }
    return null;
  };
}

function reaches(target: Target, offset: bigint, timestampMs: bigint): boolean {
  return "offset" in target ? offset >= target.offset : timestampMs >= target.timestampMs;
}
