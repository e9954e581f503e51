import { type BatchHeader, codecOf, isControl, isTransactional } from "../reader/record-batch.ts";
import type { Damage } from "./damage.ts";
import { type OpenedSegment, openSegment, type SegmentPlace } from "./open-segment.ts";
import type { PartitionDirectory } from "./partition-directory.ts";
import { headerAt } from "./walk-headers.ts";
import { oldFormat, type Walked, walkSegment } from "./walk-segment.ts";

/** What the headers of a segment's batches add up to. */
export interface CountedSegment {
  readonly batches: number;
  /** Data records: control records are none, those that compaction took away are gone. */
  readonly records: bigint;
  readonly controlBatches: number;
  readonly transactionalBatches: number;
  readonly codecs: readonly { readonly codec: string; readonly batches: number; readonly sizeBytes: number }[];
  /** Offsets between its base and the last one counted that no record has. */
  readonly gaps: bigint;
  readonly damage: readonly Damage[];
  /** Bytes of the log from its start on that these counts are about. */
  readonly countedBytes: number;
  /** The log's length when it was opened. */
  readonly fileBytes: number;
  /** All that the log held was counted; what is unreadable at its end, or being written there, is no batch. */
  readonly complete: boolean;
  readonly bytesRead: number;
}

/** How far a count came, for the next one to go on from. */
export interface CountProgress {
  readonly counted: CountedSegment;
  /** Bytes from the log's start on that were to be counted: all it had, or fewer. */
  readonly upTo: number;
  /** The last batch of those was counted, and nothing stands behind it that might become one. */
  readonly atEnd: boolean;
  readonly file: { readonly inode: number; readonly sizeBytes: number; readonly modifiedMs: number };
  /** It was being appended to. */
  readonly active: boolean;
  readonly sums: Sums;
}

/** What is added up from batch to batch; what the end of a log looks like at the moment isn't in it. */
interface Sums {
  /** Where the next batch begins. */
  position: number;
  batches: number;
  records: bigint;
  controlBatches: number;
  transactionalBatches: number;
  /** Offsets that a record has. */
  taken: bigint;
  lastOffset: bigint;
  codecs: Map<string, { readonly batches: number; readonly sizeBytes: number }>;
  /** Places that the walk went on behind. */
  broken: readonly Damage[];
  /** One of them would be something else in a longer file. */
  isUnsettled: boolean;
  /** By the last batch one sees whether what was counted is still there. */
  lastBatch: { readonly position: number; readonly header: BatchHeader } | null;
}

export interface CountOptions {
  /** Only the batches that end within so many bytes; all of the log without it. */
  readonly upTo?: number | undefined;
  /** An earlier count of this segment; of another file, or one that was cut meanwhile, it is left aside. */
  readonly from?: CountProgress | undefined;
  /** Asked after each batch, with what was read in this call: true ends the count there. */
  readonly isEnough?: (bytesRead: number) => boolean;
  /** Told how far it came, also when it is cancelled or a read fails. */
  readonly keep?: (progress: CountProgress) => void;
}

/**
 * Walks over the headers of a segment's log. Headers claim how many records follow; nothing is unpacked and no checksum looked
 * at. With an earlier count only what was appended since is walked over.
 * @throws {FenceError} when the log can't be opened; the signal's reason
 */
export async function countSegment(
  directory: PartitionDirectory,
  place: SegmentPlace,
  signal: AbortSignal,
  { from, upTo = Number.POSITIVE_INFINITY, isEnough = () => false, keep = () => {} }: CountOptions = {},
): Promise<CountedSegment> {
  const segment = await openSegment(directory, place);
  const { log, active } = segment;
  const wanted = Math.min(upTo, log.sizeBytes);
  const tail: Damage[] = [];
  let ended = false;
  let sums: Sums | null = null;
  const progress = (reached: Sums): CountProgress => ({
    counted: countedSo(reached, tail, segment, ended || reached.position === wanted),
    upTo: wanted,
    atEnd: reached.position === wanted,
    file: { inode: log.inode, sizeBytes: log.sizeBytes, modifiedMs: log.modifiedMs },
    active,
    sums: reached,
  });
  try {
    sums = from !== undefined && (await goesOn(segment, from)) ? copyOf(from.sums) : nothing(place.baseOffset);
    for await (const stored of walkSegment(segment, sums.position, sums.broken.length)) {
      signal.throwIfAborted();
      if (endOf(stored) > wanted) break;
      if (stored.kind === "old") tail.push(oldFormat(log.name, stored.position, stored.magic));
      if (stored.kind === "broken" && stored.resumesAt === null) tail.push(stored.damage);
      if (tail.length > 0) break;
      if (stored.kind === "batch") add(sums, stored.position, stored.header);
      if (stored.kind === "broken") {
        sums.broken = [...sums.broken, stored.damage];
        sums.isUnsettled ||= stored.why === "truncated";
        sums.position = stored.resumesAt ?? sums.position;
      }
      if (isEnough(segment.bytesRead())) return progress(sums).counted;
    }
    ended = true;
    return progress(sums).counted;
  } finally {
    if (sums !== null) keep(progress(sums));
    await segment.close();
  }
}

/** The earlier count stays as it is: another request may go on from it too. */
function copyOf(sums: Sums): Sums {
  return { ...sums, codecs: new Map(sums.codecs) };
}

function nothing(baseOffset: bigint): Sums {
  return {
    position: 0,
    batches: 0,
    records: 0n,
    controlBatches: 0,
    transactionalBatches: 0,
    taken: 0n,
    lastOffset: baseOffset - 1n,
    codecs: new Map(),
    broken: [],
    isUnsettled: false,
    lastBatch: null,
  };
}

/** The byte behind what stands there; of what is no whole batch, the first one of it. */
function endOf(stored: Walked): number {
  return stored.kind === "batch" ? stored.position + stored.header.sizeBytes : stored.position + 1;
}

/** What was counted still stands in this file as it did. */
async function goesOn({ log }: OpenedSegment, { file, active, sums }: CountProgress): Promise<boolean> {
  if (log.inode !== file.inode) return false;
  if (log.sizeBytes === file.sizeBytes && log.modifiedMs === file.modifiedMs) return true;
  // A rolled one is never written to. To the active one a broker appends, and cuts it after an election: then its last batch
  // isn't there any more, or another one is, of another epoch.
  if (!active || sums.lastBatch === null || sums.isUnsettled || log.sizeBytes < sums.position) return false;
  const { position, header } = sums.lastBatch;
  const now = await headerAt(log, position);
  return (
    now !== null &&
    now.baseOffset === header.baseOffset &&
    now.lastOffset === header.lastOffset &&
    now.sizeBytes === header.sizeBytes &&
    now.leaderEpoch === header.leaderEpoch &&
    now.crc === header.crc
  );
}

function add(sums: Sums, position: number, header: BatchHeader): void {
  const { attributes, records: claimed, sizeBytes, lastOffset, lastOffsetDelta } = header;
  // A batch has no more records than offsets, whatever a damaged header claims.
  const count = BigInt(Math.max(0, Math.min(claimed, lastOffsetDelta + 1)));
  sums.batches++;
  sums.taken += count;
  if (lastOffset > sums.lastOffset) sums.lastOffset = lastOffset;
  if (isControl(attributes)) sums.controlBatches++;
  else sums.records += count;
  if (isTransactional(attributes)) sums.transactionalBatches++;
  const codec = codecOf(attributes) ?? `unknown (${attributes & 7})`;
  const sum = sums.codecs.get(codec) ?? { batches: 0, sizeBytes: 0 };
  sums.codecs.set(codec, { batches: sum.batches + 1, sizeBytes: sum.sizeBytes + sizeBytes });
  sums.lastBatch = { position, header };
  sums.position = position + sizeBytes;
}

function countedSo(
  sums: Sums,
  tail: readonly Damage[],
  { baseOffset, log, bytesRead }: OpenedSegment,
  complete: boolean,
): CountedSegment {
  const offsets = sums.lastOffset - baseOffset + 1n;
  return {
    batches: sums.batches,
    records: sums.records,
    controlBatches: sums.controlBatches,
    transactionalBatches: sums.transactionalBatches,
    codecs: [...sums.codecs].map(([codec, sum]) => ({ codec, ...sum })),
    gaps: sums.taken > offsets ? 0n : offsets - sums.taken,
    damage: [...sums.broken, ...tail],
    countedBytes: sums.position,
    fileBytes: log.sizeBytes,
    complete,
    bytesRead: bytesRead(),
  };
}
