import { type Damage, unreadableFile } from "./damage.ts";
import { lengthDamage, missingIndex, openOffsetIndex, openTimeIndex } from "./open-index.ts";
import { FenceError, type PartitionDirectory } from "./partition-directory.ts";
import type { SegmentFile } from "./segment-file.ts";
import { segmentFileName } from "./segment-names.ts";
import type { OffsetEntry, SparseIndex, TimeEntry } from "./sparse-index.ts";

/** Which segment, and whether it is the last one, which the broker appends to. */
export interface SegmentPlace {
  readonly baseOffset: bigint;
  readonly active: boolean;
}

/** A log and its indexes, of one and the same moment: what a broker swaps in or deletes afterwards doesn't reach them. */
export interface OpenedSegment extends SegmentPlace {
  readonly log: SegmentFile;
  /** Null: it isn't there, or can't be read; `damage` tells. */
  readonly offsets: SparseIndex<OffsetEntry> | null;
  readonly times: SparseIndex<TimeEntry> | null;
  /** Of the indexes, by their presence and length. */
  readonly damage: readonly Damage[];
  /** Of all three files up to now. */
  bytesRead(): number;
  close(): Promise<void>;
}

/** A cleaner swaps three files one after the other within milliseconds. */
const MAX_TRIES = 5;

/**
 * Opens a segment's log and indexes together. Compaction replaces them by others of the same names, and retention renames
 * them, one by one: what was opened is only taken when all names still lead to it.
 * @throws {FenceError} when the log can't be opened; vanished when it goes away meanwhile
 */
export async function openSegment(directory: PartitionDirectory, place: SegmentPlace): Promise<OpenedSegment> {
  for (let tries = 1; ; tries++) {
    const opened = await openOnce(directory, place);
    let same = false;
    try {
      same = await isStillNamed(directory, opened);
    } finally {
      if (!same) await opened.close();
    }
    if (same) return opened;
    if (tries === MAX_TRIES) throw new FenceError("vanished", `${opened.log.name} is being replaced by the broker.`);
  }
}

async function openOnce(directory: PartitionDirectory, place: SegmentPlace): Promise<OpenedSegment> {
  const damage: Damage[] = [];
  const files: SegmentFile[] = [];
  const close = async () => {
    for (const file of files) await file.close();
  };
  const index = async <Entry>(kind: "index" | "timeindex", open: () => Promise<SparseIndex<Entry>>) => {
    const name = segmentFileName(place.baseOffset, kind);
    try {
      const opened = await open();
      files.push(opened.file);
      damage.push(...lengthDamage(opened, !place.active));
      return opened;
    } catch (error) {
      const gone = error instanceof FenceError && error.reason === "vanished";
      damage.push(gone ? missingIndex(name) : unreadableFile(name, error));
      return null;
    }
  };
  try {
    // The log last: a broker writes it before its indexes, so every entry's batch is in it.
    const offsets = await index("index", () => openOffsetIndex(directory, place.baseOffset));
    const times = await index("timeindex", () => openTimeIndex(directory, place.baseOffset));
    const log = await directory.openFile(segmentFileName(place.baseOffset, "log"));
    files.push(log);
    return {
      ...place,
      log,
      offsets,
      times,
      damage,
      bytesRead: () => files.reduce((sum, file) => sum + file.bytesRead, 0),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @throws {FenceError} vanished when the log's name is gone */
async function isStillNamed(directory: PartitionDirectory, opened: OpenedSegment): Promise<boolean> {
  const { baseOffset, log, offsets, times, damage } = opened;
  const same = async (kind: "index" | "timeindex", file: SegmentFile | undefined) => {
    const name = segmentFileName(baseOffset, kind);
    const now = await directory.stat(name);
    if (file !== undefined) return now?.ino === file.inode;
    // One that is there and can't be opened is no sign of a swap; one that came since is.
    return now === null || !damage.some((one) => one.file === name && one.kind === "vanished");
  };
  const indexes = (await same("index", offsets?.file)) && (await same("timeindex", times?.file));
  // The log is renamed before its indexes: a missing index means something only while the log is there.
  const now = await directory.stat(log.name);
  if (now === null) throw new FenceError("vanished", `${log.name} isn't there.`);
  return now.ino === log.inode && indexes;
}
