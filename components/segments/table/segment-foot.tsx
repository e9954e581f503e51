import { Bytes, Unknown } from "#components/ui/quantity.tsx";
import { formatCount, plural } from "#lib/format.ts";
import { StoredTime } from "../stored-time.tsx";
import type { CountedTotals, SegmentTotals } from "./segment-totals.ts";

/** The row that sums up. What is counted is only the sum of what was in sight: then it says how much that is. */
export function segmentFoot(
  segments: number,
  totals: SegmentTotals,
  counted: CountedTotals,
): Readonly<Record<string, React.ReactNode>> {
  const all = counted.segments === segments;
  const least = (value: React.ReactNode) => {
    if (counted.batches === 0 && !all) return <Unknown why="nothing is counted yet" />;
    if (all) return value;
    return (
      <span title={`Counted so far: ${formatCount(counted.segments)} of ${plural(segments, "segment")}`}>
        <span className="font-regular text-ink-3">
          <span aria-hidden>≥&nbsp;</span>
          <span className="sr-only">at least </span>
        </span>
        {value}
      </span>
    );
  };
  return {
    baseOffset: "Sum",
    records: least(formatCount(counted.records)),
    batches: least(formatCount(counted.batches)),
    size: <Bytes value={totals.sizeBytes} />,
    indexes: <Bytes value={totals.indexBytes} />,
    "offset-index": formatCount(totals.offsetIndexEntries),
    "time-index": formatCount(totals.timeIndexEntries),
    first: <StoredTime ms={totals.firstMs} />,
    largest: <StoredTime ms={totals.maxMs} />,
    aborted: formatCount(totals.abortedTransactions),
    snapshot: formatCount(totals.snapshots),
  };
}
