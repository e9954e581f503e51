import { cn } from "#components/ui/cn.ts";
import { formatBytes, formatCount } from "#lib/format.ts";
import { barsOf } from "./partition-bars.ts";
import { type PartitionSkew, partitionSkewSentence } from "./skew.ts";

/** A few bars are no blocks; the line of the median ends with them. */
const MAX_BAR_PX = 112;

/** Sizes of the partitions, largest first: skew is seen before it is read. The table below has the numbers. */
export function PartitionBars({ skew }: { skew: PartitionSkew }) {
  const { bars, medianPercent } = barsOf(skew);
  const { sizes, medianBytes, hot } = skew;
  const largest = sizes[0];
  return (
    <section
      aria-labelledby="storage-by-partition"
      className="min-w-0 border-line-strong px-gutter pt-3 pb-4 max-lg:border-t lg:border-l"
    >
      <h2 id="storage-by-partition">By partition</h2>
      <p className="mt-0.5 text-pretty text-ink-2">{partitionSkewSentence(skew)}</p>
      {bars.length > 1 && largest !== undefined && largest.bytes > 0n && (
        <div className="mt-3" aria-hidden>
          <div
            className="relative flex h-20 items-end gap-px border-line-strong border-b"
            style={{ maxWidth: bars.length * MAX_BAR_PX }}
          >
            {bars.map(({ first, last, percent, title }) => (
              <span
                key={first}
                title={title}
                className={cn("min-w-0 flex-1", hot.has(first) && first === last ? "bg-accent" : "bg-mark")}
                style={{ height: `max(1px, ${percent}%)` }}
              />
            ))}
            {medianPercent !== null && (
              <span
                className="absolute inset-x-0 border-ink-2 border-t border-dashed"
                style={{ bottom: `${medianPercent}%` }}
              />
            )}
          </div>
          <p className="flex flex-wrap justify-between gap-x-3 pt-1 text-11 text-ink-3">
            <span>
              largest first: {formatBytes(largest.bytes)} to {formatBytes(sizes.at(-1)?.bytes)}
              {bars.length < sizes.length &&
                `, a bar for the largest of ${formatCount(Math.ceil(sizes.length / bars.length))}`}
            </span>
            <span>dashed: the median, {formatBytes(medianBytes)}</span>
          </p>
        </div>
      )}
    </section>
  );
}
