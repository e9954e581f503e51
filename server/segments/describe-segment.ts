import { type Damage, unreadableFile } from "./damage.ts";
import { emptiedIndexes } from "./open-index.ts";
import { type OpenedSegment, openSegment, type SegmentPlace } from "./open-segment.ts";
import { FenceError, type PartitionDirectory } from "./partition-directory.ts";
import type { SegmentFile } from "./segment-file.ts";
import { type SegmentFileKind, segmentFileName } from "./segment-names.ts";
import type { OffsetEntry, SparseIndex } from "./sparse-index.ts";
import { firstTimestampOf } from "./stored-timestamps.ts";
import { headerAt } from "./walk-headers.ts";
import { oldFormat, walkSegment } from "./walk-segment.ts";

export interface IndexFacts {
  readonly entries: number;
  readonly usedBytes: number;
  readonly fileBytes: number;
}

/** What a few reads of a segment's files tell. */
export interface DescribedSegment {
  readonly baseOffset: bigint;
  readonly lastOffset: bigint | null;
  readonly sizeBytes: number;
  readonly firstTimestampMs: bigint | null;
  readonly maxTimestampMs: bigint | null;
  readonly active: boolean;
  readonly offsetIndex: IndexFacts | null;
  readonly timeIndex: IndexFacts | null;
  readonly abortedTransactions: number | null;
  readonly producerSnapshotBytes: number | null;
  readonly damage: readonly Damage[];
  readonly bytesRead: number;
}

/** Which files of the segment its directory names. */
export interface SegmentFiles extends SegmentPlace {
  readonly kinds: ReadonlySet<SegmentFileKind>;
}

/** 34 bytes: int16 version, int64 producer id, first offset, last offset, last stable offset. */
const TRANSACTION_ENTRY_BYTES = 34;
/** With a sound index the end is a few batches away. Without one, a segment of 1 GiB isn't walked only to know its last offset. */
const MAX_HOPS = 5_000;

/** A broker that cuts a log does so once. */
const MAX_TRIES = 3;

/**
 * Describes a segment from its indexes and the headers at both ends, without reading its records. What is damaged or goes
 * away meanwhile is told, and the rest is still described.
 * @returns null when the log itself is gone
 */
export async function describeSegment(
  directory: PartitionDirectory,
  files: SegmentFiles,
): Promise<DescribedSegment | null> {
  const { baseOffset, kinds, active } = files;
  let seen: Seen | null = null;
  try {
    for (let tries = 1; seen === null; tries++) seen = await lookAt(directory, files, tries === MAX_TRIES);
  } catch (error) {
    if (error instanceof FenceError && error.reason === "vanished") return null;
    return unreadable(files, error);
  }
  const damage = [...seen.damage];
  const sizeOf = async (kind: "txnindex" | "snapshot") => {
    if (!kinds.has(kind)) return null;
    try {
      return (await directory.stat(segmentFileName(baseOffset, kind)))?.size ?? null;
    } catch (error) {
      damage.push(unreadableFile(segmentFileName(baseOffset, kind), error));
      return null;
    }
  };
  const transactionBytes = await sizeOf("txnindex");
  return {
    ...seen,
    baseOffset,
    active,
    abortedTransactions: transactionBytes === null ? null : Math.floor(transactionBytes / TRANSACTION_ENTRY_BYTES),
    producerSnapshotBytes: await sizeOf("snapshot"),
    damage,
  };
}

/** @returns null when what looks like damage came from a log that the broker cut meanwhile */
async function lookAt(directory: PartitionDirectory, place: SegmentPlace, lastTry: boolean): Promise<Seen | null> {
  const segment = await openSegment(directory, place);
  try {
    const ends = await readEnds(segment);
    if (!lastTry && ends.damage.length > 0 && (await segment.log.hasShrunk())) return null;
    const { offsets, times } = segment;
    return {
      ...ends,
      offsetIndex: offsets === null ? null : factsOf(offsets),
      timeIndex: times === null ? null : factsOf(times),
      bytesRead: segment.bytesRead(),
    };
  } finally {
    await segment.close();
  }
}

function factsOf({ entries, entryBytes, file }: SparseIndex<unknown>): IndexFacts {
  return { entries, usedBytes: entries * entryBytes, fileBytes: file.sizeBytes };
}

/** Its log can't be read: that is told, and nothing is made up. */
function unreadable({ baseOffset, active }: SegmentFiles, error: unknown): DescribedSegment {
  return {
    baseOffset,
    lastOffset: null,
    sizeBytes: 0,
    firstTimestampMs: null,
    maxTimestampMs: null,
    active,
    offsetIndex: null,
    timeIndex: null,
    abortedTransactions: null,
    producerSnapshotBytes: null,
    damage: [unreadableFile(segmentFileName(baseOffset, "log"), error)],
    bytesRead: 0,
  };
}

interface Ends {
  readonly sizeBytes: number;
  readonly lastOffset: bigint | null;
  readonly firstTimestampMs: bigint | null;
  readonly maxTimestampMs: bigint | null;
  readonly damage: readonly Damage[];
}

interface Seen extends Ends {
  readonly offsetIndex: IndexFacts | null;
  readonly timeIndex: IndexFacts | null;
  readonly bytesRead: number;
}

async function readEnds(segment: OpenedSegment): Promise<Ends> {
  const { log, offsets, times, active } = segment;
  const first = await headerAt(log, 0);
  const damage = [
    ...segment.damage,
    ...emptiedIndexes(offsets, times, !active, first === null ? null : first.maxTimestamp),
  ];
  const indexed = (await offsets?.last()) ?? null;
  const wrong = offsets === null || indexed === null ? null : await wrongEntry(offsets, indexed, log);
  // The broker writes the largest timestamp into the time index when it rolls a segment; the active one's tail isn't in it.
  let maxTimestampMs = (await times?.last())?.timestampMs ?? null;
  let lastOffset: bigint | null = null;
  let hops = 0;
  let cutAt: number | null = null;
  for await (const stored of walkSegment(segment, indexed !== null && wrong === null ? indexed.position : 0)) {
    if (stored.kind === "broken") {
      damage.push(stored.damage);
      cutAt = stored.position;
      continue;
    }
    if (stored.kind === "old") damage.push(oldFormat(log.name, stored.position, stored.magic));
    // What comes last isn't known then: an old message's offset isn't read, and a long way isn't walked for it.
    if (stored.kind === "old" || hops++ === MAX_HOPS) {
      lastOffset = null;
      break;
    }
    lastOffset = stored.header.lastOffset;
    const { maxTimestamp } = stored.header;
    if (maxTimestamp >= 0n && (maxTimestampMs === null || maxTimestamp > maxTimestampMs)) maxTimestampMs = maxTimestamp;
  }
  // An entry for a batch that is broken itself isn't to blame.
  if (wrong !== null && cutAt !== indexed?.position) damage.push(wrong);
  return {
    sizeBytes: log.sizeBytes,
    lastOffset,
    firstTimestampMs: first === null ? null : firstTimestampOf(first),
    maxTimestampMs,
    damage,
  };
}

/** An entry whose place holds no batch that a look-up for its offset could begin with. */
async function wrongEntry(
  offsets: SparseIndex<OffsetEntry>,
  { offset, position }: OffsetEntry,
  log: SegmentFile,
): Promise<Damage | null> {
  const header = await headerAt(log, position);
  if (header !== null && header.baseOffset <= offset) return null;
  const number = offsets.entries - 1;
  const there =
    position >= log.sizeBytes
      ? `the log ends at byte ${log.sizeBytes}`
      : header === null
        ? "no batch begins there"
        : `the batch there begins with offset ${header.baseOffset}`;
  return {
    file: offsets.file.name,
    position: number * offsets.entryBytes,
    kind: "index-points-wrong",
    detail: `Entry ${number} says that offset ${offset} is at byte ${position} or after it: ${there}.`,
  };
}
