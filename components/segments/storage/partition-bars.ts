import { formatBytes } from "#lib/format.ts";
import type { PartitionSkew } from "./skew.ts";

export interface PartitionBar {
  /** Partitions in their order by size: the first of the bar's, and the last. */
  readonly first: number;
  readonly last: number;
  /** Of the largest, to a tenth. */
  readonly percent: number;
  readonly title: string;
}

/** As many as can be told apart in half a window. */
const MAX_BARS = 160;

/** A bar a partition, largest first; of many, one for some neighbours, as high as the largest of them. */
export function barsOf({ sizes, medianBytes }: Pick<PartitionSkew, "sizes" | "medianBytes">): {
  readonly bars: readonly PartitionBar[];
  readonly medianPercent: number | null;
} {
  const most = sizes[0]?.bytes ?? 0n;
  const percentOf = (bytes: bigint) => (most === 0n ? 0 : Number((bytes * 1_000n) / most) / 10);
  const each = Math.max(1, Math.ceil(sizes.length / MAX_BARS));
  const bars: PartitionBar[] = [];
  for (let index = 0; index < sizes.length; index += each) {
    const [first, last] = [sizes[index], sizes[Math.min(index + each, sizes.length) - 1]];
    if (first === undefined || last === undefined) continue;
    const title =
      first === last
        ? `Partition ${first.partition}: ${formatBytes(first.bytes)}`
        : `${Math.min(each, sizes.length - index)} partitions: ${formatBytes(last.bytes)} to ${formatBytes(first.bytes)}`;
    bars.push({ first: first.partition, last: last.partition, percent: percentOf(first.bytes), title });
  }
  return { bars, medianPercent: medianBytes === null ? null : percentOf(medianBytes) };
}
