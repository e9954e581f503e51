import { TimeLag } from "#components/groups/lag-cells.tsx";
import { Since } from "#components/ui/age.tsx";
import { cn } from "#components/ui/cn.ts";
import type { Column } from "#components/ui/data-table-columns.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { Offset, Unknown } from "#components/ui/quantity.tsx";
import { formatCount, formatRate } from "#lib/format.ts";
import type { Measure } from "./group-url.ts";
import { LagBar } from "./lag-bar.tsx";
import type { LagRow, Level } from "./lag-rows.ts";
import { etaWords, remarkWords } from "./lag-words.ts";
import type { MemberNameParts } from "./member-names.ts";

const levelText: Readonly<Record<Level, string>> = { crit: "text-crit", warn: "text-warn", plain: "" };

interface LagColumnsOptions {
  readonly to: Measure;
  /** The largest lag in sight. */
  readonly largest: bigint;
  /** By member id. */
  readonly names: ReadonlyMap<string, MemberNameParts>;
  /** Shows all of a partition. */
  readonly onOpen: (key: string) => void;
}

export function lagColumns({ to, largest, names, onOpen }: LagColumnsOptions): readonly Column<LagRow>[] {
  const stable = to === "last-stable";
  return [
    {
      id: "partition",
      header: "Partition",
      width: "auto",
      // Rows come by topic and partition; a place in that order sorts 2 before 10.
      sortValue: ({ source }) => `${source.topic}\u0000${String(source.partition).padStart(10, "0")}`,
      cell: ({ key, source }) => (
        <button
          type="button"
          title={key}
          aria-label={`${key}: all of it`}
          onClick={() => onOpen(key)}
          className="mono link-quiet flex h-hit max-w-full items-center rounded-1 text-left"
        >
          <span className="truncate">{source.topic}</span>
          <span>-{source.partition}</span>
        </button>
      ),
    },
    {
      id: "member",
      header: "Member",
      width: "auto",
      hideBelow: "lg",
      sortValue: ({ source: { memberId } }) => (memberId === null ? null : nameText(names.get(memberId), memberId)),
      cell: ({ source: { memberId } }) =>
        memberId === null ? (
          <span className="text-ink-3">none</span>
        ) : (
          <Member name={names.get(memberId)} memberId={memberId} />
        ),
    },
    {
      id: "leader",
      header: "Leader",
      width: 66,
      align: "right",
      hideBelow: "2xl",
      sortValue: ({ source }) => source.leader,
      cell: ({ source: { leader } }) => (leader === null ? <span className="text-crit">none</span> : leader),
    },
    {
      id: "start",
      header: "Log start",
      headerTitle: "Log start offset: the oldest message that is left",
      width: 96,
      align: "right",
      hideBelow: "2xl",
      sortValue: ({ source }) => (source.logStartOffset === null ? null : BigInt(source.logStartOffset)),
      cell: ({ source }) => (
        <span className="text-ink-2">
          <Offset value={source.logStartOffset} />
        </span>
      ),
    },
    {
      id: "committed",
      header: "Committed",
      headerTitle: "Committed offset: the next message that the group will read",
      width: 110,
      align: "right",
      hideBelow: "md",
      sortValue: ({ committed }) => committed,
      cell: (row) => <Committed row={row} />,
    },
    {
      id: "end",
      header: stable ? "Last stable" : "High watermark",
      headerTitle: stable
        ? "Last stable offset: how far a read_committed consumer can read"
        : "High watermark: the offset of the next message that is written",
      width: 116,
      align: "right",
      hideBelow: "lg",
      sortValue: ({ end }) => end,
      cell: ({ end }) => <Offset value={end} />,
    },
    {
      id: "lag",
      header: "Lag",
      headerTitle: stable ? "Last stable offset − committed offset" : "High watermark − committed offset",
      width: 92,
      align: "right",
      descendingFirst: true,
      sortValue: ({ lag }) => lag,
      cell: (row) => <Lag row={row} />,
    },
    {
      id: "skew",
      header: "Skew",
      headerTitle: "Beside the largest lag here",
      width: 124,
      hideBelow: "xl",
      cell: (row) => <LagBar row={row} largest={largest} remark={remarkWords(row)} />,
    },
    {
      id: "time",
      header: "Time lag",
      headerTitle: "Age of the message at the committed offset",
      width: 102,
      align: "right",
      descendingFirst: true,
      sortValue: ({ source }) => source.timeLag?.ms ?? null,
      cell: ({ source }) => <TimeLag timeLag={source.timeLag} />,
    },
    {
      id: "in",
      header: "In/s",
      headerTitle: "Messages written a second, over the last minute",
      width: 60,
      align: "right",
      hideBelow: "lg",
      descendingFirst: true,
      sortValue: ({ source }) => source.producedPerSecond,
      cell: ({ source }) => <Rate value={source.producedPerSecond} />,
    },
    {
      id: "out",
      header: "Committed/s",
      headerTitle: "How fast its committed offset moves, over the last minute",
      width: 98,
      align: "right",
      hideBelow: "lg",
      descendingFirst: true,
      sortValue: ({ source }) => source.committedPerSecond,
      cell: ({ source, level }) => (
        <span className={level === "crit" && source.committedPerSecond === 0 ? "font-strong text-crit" : undefined}>
          <Rate value={source.committedPerSecond} />
        </span>
      ),
    },
    {
      id: "moved",
      header: "Last moved",
      headerTitle: "How long ago this server last saw the committed offset move",
      width: 90,
      align: "right",
      hideBelow: "xl",
      descendingFirst: true,
      sortValue: ({ source }) => source.lastMovedMs,
      cell: ({ source: { lastMovedMs } }) =>
        lastMovedMs === null ? <Unknown why="not seen to move yet" /> : <Since sinceMs={lastMovedMs} />,
    },
    {
      id: "eta",
      header: "Caught up in",
      headerTitle: "If it goes on as in the last minute",
      width: 126,
      align: "right",
      hideBelow: "sm",
      sortValue: ({ source: { eta } }) =>
        eta.kind === "in"
          ? eta.ms
          : eta.kind === "never"
            ? Number.MAX_SAFE_INTEGER
            : eta.kind === "caught-up"
              ? 0
              : null,
      cell: ({ source: { eta }, level }) => (
        <span
          className={cn(
            (eta.kind === "caught-up" || eta.kind === "unknown") && "text-ink-3",
            eta.kind === "never" && (level === "crit" ? "text-crit" : "text-warn"),
          )}
        >
          {etaWords(eta)}
        </span>
      ),
    },
  ];
}

function nameText(name: MemberNameParts | undefined, memberId: string): string {
  return name === undefined ? memberId : `${name.base} ${name.suffix ?? ""}`;
}

/** Where there is no room, what members have in common is cut, never what tells one from the other. */
function Member({ name, memberId }: { name: MemberNameParts | undefined; memberId: string }) {
  return (
    <span title={memberId} className="flex min-w-0">
      <span className="truncate">{name?.base ?? memberId}</span>
      {name !== undefined && name.suffix !== null && <span className="mono shrink-0 pl-1.5">{name.suffix}</span>}
    </span>
  );
}

function Committed({ row: { committed, remark, source } }: { row: LagRow }) {
  if (remark === "no-commit") {
    return (
      <span className="inline-flex items-center gap-1.5 text-warn">
        <Glyph shape="triangle" className="size-3" />
        no commit
      </span>
    );
  }
  if (remark === "unread") return <Unknown why="its commit could not be read" />;
  return (
    <span
      className="inline-flex items-center gap-1.5"
      title={source.committedMetadata ? `Stored with it: ${source.committedMetadata}` : undefined}
    >
      {remark === "lost" && <Glyph shape="triangle" label="below the log start offset" className="size-3" />}
      <Offset value={committed} />
    </span>
  );
}

function Lag({ row }: { row: LagRow }) {
  const { lag, level, remark } = row;
  if (lag === null) return <Unknown why="some of its offsets could not be read" />;
  const words = remarkWords(row);
  return (
    <span
      title={words?.title}
      className={cn(
        levelText[level],
        level === "crit" && "font-strong",
        (lag === 0n || remark === "nothing-readable") && level === "plain" && "text-ink-3",
      )}
    >
      {(remark === "no-commit" || remark === "lost") && (
        <Glyph
          shape="triangle"
          {...(words !== null && { label: words.title })}
          className="mr-1 inline-block size-3 align-[-1.5px] md:hidden"
        />
      )}
      {formatCount(lag)}
    </span>
  );
}

function Rate({ value }: { value: number | null }) {
  return value === null ? <Unknown why="not enough samples yet" /> : formatRate(value);
}
