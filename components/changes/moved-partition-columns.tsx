import type { Column } from "#components/ui/data-table-columns.ts";
import { Glyph, type GlyphShape } from "#components/ui/glyph.tsx";
import { Offset, Unknown } from "#components/ui/quantity.tsx";
import type { ChangedPartition } from "#lib/contracts/changes.ts";
import { formatCount } from "#lib/format.ts";

type Outcome = NonNullable<ChangedPartition["outcome"]>;

const outcomeWords: Readonly<Record<Outcome, { label: string; glyph: GlyphShape; className: string }>> = {
  moved: { label: "moved", glyph: "tick", className: "text-ink-2" },
  failed: { label: "failed", glyph: "octagon", className: "text-crit" },
  overwritten: { label: "overwritten", glyph: "triangle", className: "text-warn" },
  unknown: { label: "not known", glyph: "dash", className: "text-ink-2" },
};

/** A group's offsets before and after a change, by partition. */
export const movedPartitionColumns: readonly Column<ChangedPartition>[] = [
  {
    id: "partition",
    header: "Partition",
    width: "auto",
    sortValue: ({ topic, partition }) => `${topic} ${String(partition).padStart(10, "0")}`,
    cell: ({ topic, partition }) => <span className="mono">{`${topic}-${partition}`}</span>,
  },
  {
    id: "before",
    header: "Before",
    headerTitle: "The committed offset before the change",
    width: "min(150px, 24vw)",
    align: "right",
    sortValue: ({ before }) => (before === null ? null : BigInt(before.offset)),
    cell: ({ before }) => <Saved saved={before} />,
  },
  {
    id: "after",
    header: "After",
    headerTitle: "The committed offset that was asked for",
    width: "min(150px, 24vw)",
    align: "right",
    sortValue: ({ after }) => (after === null ? null : BigInt(after.offset)),
    cell: ({ after }) => <Saved saved={after} />,
  },
  {
    id: "difference",
    header: "Difference",
    headerTitle: "Below 0: messages to be read again. Above: messages left out.",
    width: 180,
    align: "right",
    sortValue: differenceOf,
    descendingFirst: true,
    cell: (partition) => <Difference partition={partition} />,
    hideBelow: "md",
  },
  {
    id: "outcome",
    header: "Outcome",
    width: "min(30%, 340px)",
    sortValue: ({ outcome }) => outcome,
    cell: ({ outcome, detail, after }) => <OutcomeWords outcome={outcome} detail={detail} after={after} />,
    hideBelow: "sm",
  },
];

function Saved({ saved }: { saved: ChangedPartition["before"] }) {
  if (saved === null) return <span className="text-ink-3">no commit</span>;
  const { offset, leaderEpoch, metadata } = saved;
  const title = [
    leaderEpoch === null ? "no leader epoch" : `leader epoch ${leaderEpoch}`,
    metadata === "" ? "no metadata" : `metadata “${metadata}”`,
  ].join(", ");
  return (
    <span title={title}>
      <Offset value={offset} />
    </span>
  );
}

function differenceOf({ before, after }: ChangedPartition): bigint | null {
  return before === null || after === null ? null : BigInt(after.offset) - BigInt(before.offset);
}

function Difference({ partition }: { partition: ChangedPartition }) {
  const difference = differenceOf(partition);
  if (difference === null) {
    return <span className="text-ink-3">{partition.after === null ? "commit removed" : "first commit"}</span>;
  }
  if (difference === 0n) return <span className="text-ink-3">0</span>;
  return difference < 0n ? (
    <>
      −{formatCount(-difference)} <span className="text-ink-3">read again</span>
    </>
  ) : (
    <span className="text-crit">
      +{formatCount(difference)} <span className="text-ink-3">skipped</span>
    </span>
  );
}

function OutcomeWords({ outcome, detail, after }: Pick<ChangedPartition, "outcome" | "detail" | "after">) {
  if (outcome === null) return <Unknown why="no outcome is on record" />;
  const { label, glyph, className } = outcomeWords[outcome];
  return (
    <span className={`flex min-w-0 items-center gap-1.5 ${className}`} title={detail ?? undefined}>
      <Glyph shape={glyph} className="size-3 shrink-0" />
      <span className="truncate">
        {outcome === "moved" && after === null ? "removed" : label}
        {detail !== null && <span className="text-ink-3">: {detail}</span>}
      </span>
    </span>
  );
}
