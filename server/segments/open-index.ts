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

/** What an index's length alone tells. @param rolled the active one is preallocated, and so longer than its entries */
export function lengthDamage(index: SparseIndex<unknown>, rolled: boolean): Damage[] {
  const { file, entries, oddBytes } = index;
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
  if (rolled && file.sizeBytes > 0 && entries === 0) {
    return [
      {
        file: file.name,
        position: 0,
        kind: "index-empty",
        detail: `${file.name} holds ${file.sizeBytes} bytes of zeros and no entry, though its segment is rolled. Look-ups begin at the segment's first byte.`,
      },
    ];
  }
  return [];
}
