import type { Damage } from "./damage.ts";
import type { PartitionDirectory } from "./partition-directory.ts";
import { segmentFileName } from "./segment-names.ts";
import {
  type IndexFormat,
  type OffsetEntry,
  offsetIndexFormat,
  SparseIndex,
  type TimeEntry,
  timeIndexFormat,
} from "./sparse-index.ts";

/** @throws {FenceError} */
export function openOffsetIndex(directory: PartitionDirectory, baseOffset: bigint): Promise<SparseIndex<OffsetEntry>> {
  return openIndex(directory, segmentFileName(baseOffset, "index"), offsetIndexFormat, baseOffset);
}

/** @throws {FenceError} */
export function openTimeIndex(directory: PartitionDirectory, baseOffset: bigint): Promise<SparseIndex<TimeEntry>> {
  return openIndex(directory, segmentFileName(baseOffset, "timeindex"), timeIndexFormat, baseOffset);
}

async function openIndex<Entry>(
  directory: PartitionDirectory,
  name: string,
  format: IndexFormat<Entry>,
  baseOffset: bigint,
): Promise<SparseIndex<Entry>> {
  const file = await directory.openFile(name);
  try {
    return await SparseIndex.open(file, format, baseOffset);
  } catch (error) {
    await file.close();
    throw error;
  }
}

export function missingIndex(file: string): Damage {
  return {
    file,
    position: null,
    kind: "vanished",
    detail: `${file} isn't there. The broker builds it anew when it next loads this log.`,
  };
}

/** What an index's length alone tells. @param rolled the active one is preallocated, and so longer than its entries */
export function lengthDamage({ file, entries, entryBytes, oddBytes }: SparseIndex<unknown>, rolled: boolean): Damage[] {
  if (oddBytes !== 0) {
    return [
      {
        file: file.name,
        position: file.sizeBytes - oddBytes,
        kind: "truncated",
        detail: `${file.name} ends within an entry: ${oddBytes} bytes are left over. The broker builds it anew when it next loads this log.`,
      },
    ];
  }
  const zeros = file.sizeBytes - entries * entryBytes;
  // A single time entry of zeros is a sound one: a first batch of the year 1970.
  if (!rolled || zeros === 0 || (file.sizeBytes === entryBytes && entryBytes === timeIndexFormat.entryBytes)) return [];
  return [
    {
      file: file.name,
      position: entries * entryBytes,
      kind: "index-empty",
      detail:
        entries === 0
          ? `${file.name} holds ${zeros} bytes of zeros and no entry, though its segment is rolled. Look-ups begin at the segment's first byte.`
          : `${file.name} ends with ${zeros} bytes of zeros after its ${entries} entries, though its segment is rolled.`,
    },
  ];
}

/**
 * Indexes that are empty and can't be: a compacted or short segment has no offset index entry, but never two in the time
 * index, and a rolled one with a timestamp has at least the one that the broker writes when it rolls.
 * @param firstMaxTimestamp of the first batch; null when there is none
 */
export function emptiedIndexes(
  offsets: SparseIndex<unknown> | null,
  times: SparseIndex<unknown> | null,
  rolled: boolean,
  firstMaxTimestamp: bigint | null,
): Damage[] {
  const damage: Damage[] = [];
  if (offsets?.file.sizeBytes === 0 && times !== null && times.entries >= 2) damage.push(emptied(offsets.file.name));
  if (rolled && times?.file.sizeBytes === 0 && firstMaxTimestamp !== null && firstMaxTimestamp >= 0n) {
    damage.push(emptied(times.file.name));
  }
  return damage;
}

function emptied(file: string): Damage {
  return {
    file,
    position: 0,
    kind: "index-empty",
    detail: `${file} is empty, though the broker wrote entries to it. Look-ups begin at the segment's first byte.`,
  };
}
