import { GroupName } from "#components/groups/group-name.tsx";
import { GroupState } from "#components/groups/group-state.tsx";
import { typeWords } from "#components/groups/group-words.ts";
import { LagCell, TimeLag } from "#components/groups/lag-cells.tsx";
import { VerdictWords } from "#components/groups/verdict-words.tsx";
import type { Column } from "#components/ui/data-table-columns.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { Unknown } from "#components/ui/quantity.tsx";
import { Sparkline } from "#components/ui/sparkline.tsx";
import { formatCount } from "#lib/format.ts";
import type { GroupRow } from "./group-rows.ts";

/** The columns of the list, in their order; those that decide stay on a phone. */
export const groupColumns: readonly Column<GroupRow>[] = [
  {
    id: "group",
    header: "Group",
    width: "auto",
    sortValue: ({ group }) => group,
    cell: ({ group }) => <GroupName group={group} />,
  },
  {
    id: "verdict",
    header: "Verdict",
    headerTitle: "What is wrong or odd about it, worst first. None until it has been observed for long enough.",
    width: "min(226px, 30vw)",
    sortValue: ({ concern }) => concern,
    descendingFirst: true,
    cell: (row) => <VerdictCell row={row} />,
  },
  {
    id: "state",
    header: "State",
    width: 160,
    sortValue: ({ state }) => state,
    cell: ({ state, growsUnread }) => <GroupState state={state} growing={growsUnread} />,
    hideBelow: "lg",
  },
  {
    id: "type",
    header: "Type",
    width: 98,
    sortValue: ({ type }) => type,
    cell: ({ type }) => (
      <span className="text-ink-2" title={typeWords[type].title}>
        {typeWords[type].label}
      </span>
    ),
    hideBelow: "xl",
  },
  {
    id: "members",
    header: "Members",
    width: 80,
    align: "right",
    sortValue: ({ memberCount }) => memberCount,
    descendingFirst: true,
    cell: ({ memberCount }) =>
      memberCount === null ? (
        <Unknown why="members of groups of this type can't be read" />
      ) : (
        <span className={memberCount === 0 ? "text-ink-3" : undefined}>{formatCount(memberCount)}</span>
      ),
    hideBelow: "md",
  },
  {
    id: "topics",
    header: "Topics",
    headerTitle: "Topics it has committed to, or is assigned",
    width: "max(96px, min(172px, 40vw - 396px))",
    sortValue: ({ topicCount }) => topicCount,
    descendingFirst: true,
    cell: (row) => <TopicsCell row={row} />,
    hideBelow: "xl",
  },
  {
    id: "lag",
    header: "Lag",
    headerTitle:
      "High watermark − committed offset, all partitions. A partition that never committed counts in full, and is marked. ≥ where some could not be read.",
    width: "min(160px, 29vw)",
    align: "right",
    sortValue: ({ lagMessages }) => lagMessages,
    descendingFirst: true,
    cell: (row) => <LagCell {...row} />,
  },
  {
    id: "time",
    header: "Time lag",
    headerTitle: "How old the oldest message is that the group has not committed past. ≈ from samples.",
    width: 112,
    align: "right",
    sortValue: ({ timeLag }) => timeLag?.ms ?? null,
    descendingFirst: true,
    cell: (row) => <TimeLag {...row} />,
    hideBelow: "md",
  },
  {
    id: "trend",
    header: "Lag, last hour",
    headerTitle: "Each group on its own scale from 0",
    width: 124,
    cell: ({ trend }) => <Trend trend={trend} />,
    hideBelow: "xl",
  },
];

/** On a phone, where the state has no column, it stands in for a verdict that isn't there. */
function VerdictCell({ row: { verdicts, state, growsUnread } }: { row: GroupRow }) {
  if (verdicts.length > 0) return <VerdictWords verdicts={verdicts} />;
  return (
    <span className="text-ink-3 lg:sr-only">
      <span className="max-lg:hidden">no verdict</span>
      <span className="lg:hidden">
        {growsUnread ? (
          <span className="flex items-center gap-1.5 text-warn">
            <Glyph shape="triangle" className="size-3 shrink-0" />
            lag grows
          </span>
        ) : (
          <GroupState state={state} />
        )}
      </span>
    </span>
  );
}

function TopicsCell({ row: { topics, topicCount } }: { row: GroupRow }) {
  const [first] = topics;
  if (first === undefined) return <span className="text-ink-3">none</span>;
  const more = topicCount - 1;
  return (
    <span title={topics.join("\n") + (topicCount > topics.length ? `\n+${topicCount - topics.length} more` : "")}>
      {more > 0 && <span className="float-right ml-1.5 text-12 text-ink-3">{`+${formatCount(more)}`}</span>}
      <span className="mono block truncate text-ink-2 leading-[18px]">{first}</span>
    </span>
  );
}

function Trend({ trend }: Pick<GroupRow, "trend">) {
  if (trend === null) return <Unknown why="no samples yet" />;
  const direction = trend.direction === null ? "" : `, ${trend.direction}`;
  return <Sparkline values={trend.points} text={`at most ${formatCount(trend.highest)}${direction}`} />;
}
