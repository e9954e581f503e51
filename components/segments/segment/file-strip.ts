import type { BatchPage, StoredBatch } from "#lib/contracts/segment-batches.ts";

/** Both in percent, to a hundredth. */
export interface Extent {
  readonly from: number;
  readonly width: number;
}

export interface StripBlock extends Extent {
  readonly batch: StoredBatch;
}

export interface FileStrip {
  /** The page within its file. */
  readonly page: Extent;
  /** The page's batches within the page. */
  readonly blocks: readonly StripBlock[];
  /** Bytes at which the page begins and ends. */
  readonly fromByte: bigint;
  readonly toByte: bigint;
}

/** A page of batches drawn over its file's bytes; null for one without batches. */
export function fileStrip({ batches, fileBytes, nextPosition }: BatchPage): FileStrip | null {
  const [first] = batches;
  const last = batches.at(-1);
  if (first === undefined || last === undefined) return null;
  const fromByte = BigInt(first.position);
  const toByte = nextPosition === null ? endOf(last) : BigInt(nextPosition);
  return {
    page: extent(fromByte, toByte, 0n, max(BigInt(fileBytes), toByte)),
    blocks: batches.map((batch) => ({
      batch,
      ...extent(BigInt(batch.position), endOf(batch), fromByte, toByte),
    })),
    fromByte,
    toByte,
  };
}

/** The byte at a share (0 to 1) of a file. */
export function byteAt(fileBytes: string, share: number): string {
  const thousandths = BigInt(Math.round(Math.min(1, Math.max(0, share)) * 1_000_000));
  return ((BigInt(fileBytes) * thousandths) / 1_000_000n).toString();
}

function extent(from: bigint, to: bigint, start: bigint, end: bigint): Extent {
  return { from: percent(from - start, end - start), width: percent(to - from, end - start) };
}

function percent(part: bigint, whole: bigint): number {
  return whole <= 0n ? 0 : Number((part * 10_000n) / whole) / 100;
}

function endOf({ position, sizeBytes }: StoredBatch): bigint {
  return BigInt(position) + BigInt(sizeBytes);
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
