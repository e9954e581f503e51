import type { FetchAnswer, FetchedRecords } from "../kafka/fetch.ts";
import type { FetchSession } from "./fetch-session.ts";
import type { FetchedChunk, FetchedPartition } from "./fetched-chunk.ts";
import { type Hop, hopBatches } from "./hop-batches.ts";
import type { PartitionPosition } from "./partition-position.ts";

export interface TakenAnswer {
  /** Null when there was no whole record batch. */
  readonly chunk: FetchedChunk | null;
  readonly refused: readonly { readonly position: PartitionPosition; readonly errorCode: number }[];
  readonly damaged: readonly PartitionPosition[];
}

interface Taken {
  readonly position: PartitionPosition;
  readonly from: bigint;
  readonly hop: Hop;
  readonly fetched: FetchedRecords;
}

/** Takes from an answer what is still asked for, and moves the positions behind it. */
export function takeAnswer(
  { topics }: FetchAnswer,
  session: FetchSession,
  isolation: "uncommitted" | "committed",
): TakenAnswer {
  const taken: Taken[] = [];
  const refused: { position: PartitionPosition; errorCode: number }[] = [];
  const damaged: PartitionPosition[] = [];
  for (const { topicId, partitions } of topics) {
    for (const fetched of partitions) {
      const position = session.answered(topicId, fetched.partition);
      if (position === undefined) continue;
      if (fetched.errorCode !== 0) {
        refused.push({ position, errorCode: fetched.errorCode });
        continue;
      }
      const end = isolation === "committed" ? fetched.lastStableOffset : fetched.highWatermark;
      // -1 right after an election: the new leader doesn't know it yet. What was known before still stands.
      if (end >= 0n) position.end = end;
      const hop = hopBatches(fetched.records, position.next);
      if (hop === null) {
        // Its trouble stands, with the time it began: else one that is asked again and again would never be told.
        damaged.push(position);
        continue;
      }
      position.trouble = null;
      if (hop.next > position.next) {
        taken.push({ position, from: position.next, hop, fetched });
        position.next = hop.next;
        session.moved(position);
      }
    }
  }
  return { chunk: taken.length === 0 ? null : chunkOf(taken), refused, damaged };
}

/** The records of all, copied together: a chunk may be kept for long, and should keep nothing else alive. */
function chunkOf(taken: readonly Taken[]): FetchedChunk {
  const bytes = new Uint8Array(taken.reduce((sum, { hop }) => sum + hop.length, 0));
  let at = 0;
  const partitions = taken.map(({ position, from, hop, fetched }): FetchedPartition => {
    const start = at;
    bytes.set(fetched.records.subarray(0, hop.length), start);
    at += hop.length;
    return {
      place: position.place ?? -1,
      from,
      next: hop.next,
      start,
      end: at,
      highWatermark: fetched.highWatermark,
      logStartOffset: fetched.logStartOffset,
      aborted: fetched.aborted,
    };
  });
  return { bytes, partitions };
}
