import { type Damage, unreadableFile } from "./damage.ts";
import { lengthDamage, openOffsetIndex, openTimeIndex } from "./open-index.ts";
import type { PartitionDirectory } from "./partition-directory.ts";
import type { SegmentFile } from "./segment-file.ts";
import { type SegmentFileKind, segmentFileName } from "./segment-names.ts";
import type { OffsetEntry, SparseIndex, TimeEntry } from "./sparse-index.ts";
import { walkHeaders } from "./walk-headers.ts";

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
export interface SegmentFiles {
  readonly baseOffset: bigint;
  readonly kinds: ReadonlySet<SegmentFileKind>;
  /** It is the last one: the broker appends to it. */
  readonly active: boolean;
}

/** 34 bytes: int16 version, int64 producer id, first offset, last offset, last stable offset. */
const TRANSACTION_ENTRY_BYTES = 34;
/** With a sound index the end is a few batches away. Without one, a segment of 1 GiB isn't walked only to know its last offset. */
const MAX_HOPS = 5_000;

/**
 * Describes a segment from its indexes and the headers at both ends, without reading its records. What is damaged or goes
 * away meanwhile is told, and the rest is still described.
 * @returns null when the log itself is gone
 */
export async function describeSegment(
  directory: PartitionDirectory,
  { baseOffset, kinds, active }: SegmentFiles,
): Promise<DescribedSegment | null> {
  const damage: Damage[] = [];
  let bytesRead = 0;
  const within = async <T>(file: string, look: () => Promise<T>): Promise<T | null> => {
    try {
      return await look();
    } catch (error) {
      damage.push(unreadableFile(file, error));
      return null;
    }
  };
  const name = (kind: SegmentFileKind) => segmentFileName(baseOffset, kind);
  const using = async <T extends { file: SegmentFile }, R>(opened: T, use: (opened: T) => Promise<R>): Promise<R> => {
    try {
      return await use(opened);
    } finally {
      bytesRead += opened.file.bytesRead;
      await opened.file.close();
    }
  };

  const offsets = kinds.has("index")
    ? await within(name("index"), async () =>
        using(await openOffsetIndex(directory, baseOffset), async (index) => {
          damage.push(...lengthDamage(index, !active));
          return { facts: factsOf(index, 8), last: await index.last() };
        }),
      )
    : null;
  const times = kinds.has("timeindex")
    ? await within(name("timeindex"), async () =>
        using(await openTimeIndex(directory, baseOffset), async (index) => {
          damage.push(...lengthDamage(index, !active));
          return { facts: factsOf(index, 12), last: await index.last() };
        }),
      )
    : null;
  if (!kinds.has("index")) damage.push(missing(name("index")));
  if (!kinds.has("timeindex")) damage.push(missing(name("timeindex")));

  const ends = await within(name("log"), async () =>
    using({ file: await directory.openFile(name("log")) }, ({ file }) =>
      readEnds(file, { active, lastIndexed: offsets?.last ?? null, lastTimed: times?.last ?? null, damage }),
    ),
  );
  if (ends === null && damage.some(({ file, kind }) => file === name("log") && kind === "vanished")) return null;

  const stored = async (kind: "txnindex" | "snapshot") =>
    kinds.has(kind) ? within(name(kind), async () => (await directory.stat(name(kind)))?.size ?? null) : null;
  const transactionBytes = await stored("txnindex");
  return {
    baseOffset,
    lastOffset: ends?.lastOffset ?? null,
    sizeBytes: ends?.sizeBytes ?? 0,
    firstTimestampMs: ends?.firstTimestampMs ?? null,
    maxTimestampMs: ends?.maxTimestampMs ?? null,
    active,
    offsetIndex: offsets?.facts ?? null,
    timeIndex: times?.facts ?? null,
    abortedTransactions: transactionBytes === null ? null : Math.floor(transactionBytes / TRANSACTION_ENTRY_BYTES),
    producerSnapshotBytes: await stored("snapshot"),
    damage,
    bytesRead,
  };
}

function factsOf(index: SparseIndex<unknown>, entryBytes: number): IndexFacts {
  return { entries: index.entries, usedBytes: index.entries * entryBytes, fileBytes: index.file.sizeBytes };
}

function missing(file: string): Damage {
  return {
    file,
    position: null,
    kind: "vanished",
    detail: `${file} isn't there. The broker builds it anew when it next loads this log.`,
  };
}

interface Ends {
  readonly sizeBytes: number;
  readonly lastOffset: bigint | null;
  readonly firstTimestampMs: bigint | null;
  readonly maxTimestampMs: bigint | null;
}

interface Known {
  readonly active: boolean;
  readonly lastIndexed: OffsetEntry | null;
  readonly lastTimed: TimeEntry | null;
  readonly damage: Damage[];
}

async function readEnds(log: SegmentFile, { active, lastIndexed, lastTimed, damage }: Known): Promise<Ends> {
  const first = await headerAt(log, 0);
  const indexed = lastIndexed === null ? null : await headerAt(log, lastIndexed.position);
  // Brokers before 4.0 indexed what was appended at once, several batches on a follower, by the last offset of all.
  const pointsRight = lastIndexed !== null && indexed !== null && indexed.lastOffset <= lastIndexed.offset;
  if (lastIndexed !== null && !pointsRight) {
    damage.push({
      file: log.name.replace(/log$/, "index"),
      position: null,
      kind: "index-points-wrong",
      detail: `The last entry says that the batch with last offset ${lastIndexed.offset} begins at byte ${lastIndexed.position}; ${indexed === null ? "no batch begins there" : `the one there ends with ${indexed.lastOffset}`}.`,
    });
  }
  let lastOffset: bigint | null = null;
  // The broker writes the largest timestamp into the time index when it rolls a segment; the active one's tail isn't in it.
  let maxTimestampMs = lastTimed?.timestampMs ?? null;
  let hops = 0;
  for await (const stored of walkHeaders(log, pointsRight ? lastIndexed.position : 0)) {
    if (stored.kind === "batch") {
      if (hops++ === MAX_HOPS) return { ...sizeAndFirst(), lastOffset: null, maxTimestampMs };
      lastOffset = stored.header.lastOffset;
      const { maxTimestamp } = stored.header;
      if (maxTimestamp >= 0n && (maxTimestampMs === null || maxTimestamp > maxTimestampMs))
        maxTimestampMs = maxTimestamp;
    } else if (stored.kind === "old") {
      damage.push(oldFormat(log.name, stored.position, stored.magic));
      return { ...sizeAndFirst(), lastOffset: null, maxTimestampMs };
    } else if (stored.why !== "whole" && !(active && stored.why !== "not-a-batch")) {
      // The tail of the active one is being written.
      damage.push(brokenEnd(log, stored.position, stored.why));
    }
  }
  return { ...sizeAndFirst(), lastOffset, maxTimestampMs };

  function sizeAndFirst() {
    return { sizeBytes: log.sizeBytes, firstTimestampMs: first === null ? null : first.baseTimestamp };
  }
}

/** The header of the batch that begins there; null when none does. */
export async function headerAt(log: SegmentFile, position: number) {
  for await (const stored of walkHeaders(log, position)) return stored.kind === "batch" ? stored.header : null;
  return null;
}

export function oldFormat(file: string, position: number, magic: number): Damage {
  return {
    file,
    position,
    kind: "old-format",
    detail: `Message format ${magic}, from before Kafka 0.11: it is named here, not read. Brokers of 4.x don't read it either; kafka-dump-log.sh of 3.9 does.`,
  };
}

export function brokenEnd(log: SegmentFile, position: number, why: "truncated" | "not-a-batch" | "zeros"): Damage {
  const left = log.sizeBytes - position;
  const what = {
    truncated: `The last batch is cut off: ${left} bytes from byte ${position} on are no whole batch.`,
    "not-a-batch": `No batch begins at byte ${position}, and nobody can tell where the next one does: ${left} bytes can't be read.`,
    zeros: `From byte ${position} on there are zeros, ${left} bytes, where batches should be.`,
  }[why];
  return { file: log.name, position, kind: why === "not-a-batch" ? "not-a-batch" : "truncated", detail: what };
}
