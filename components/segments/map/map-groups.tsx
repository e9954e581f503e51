"use client";
import Link from "next/link";
import { Fragment, useMemo } from "react";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { cn } from "#components/ui/cn.ts";
import { Popover } from "#components/ui/popover.tsx";
import { Offset } from "#components/ui/quantity.tsx";
import { formatCount } from "#lib/format.ts";
import { groupHref } from "#lib/hrefs.ts";
import { behindWords, type GroupMark, type GroupPlace, groupMarks } from "./group-marks.ts";
import { LABEL_GAP_PX, type PlacedLabel, placeLabels, textWidth } from "./labels.ts";

interface Bounds {
  readonly logStartOffset: bigint | null;
  readonly highWatermark: bigint | null;
}

const ROW_PX = 20;
const MAX_ROWS = 5;
/** A group's name beyond this is cut; its link says all of it. */
const NAME_CHARS = 32;
/** On a narrow track a label names one group, else two. */
const WIDE_PX = 620;

/** Groups closer than this have one label: the first of these with which every label finds room. */
const WITHIN_PX = [8, 24, 64, 140] as const;

/** Where groups are, under the map: a mark each, and labels for those that are close together. */
export function MapGroups({
  places,
  bounds,
  trackPx,
}: {
  places: readonly GroupPlace[];
  bounds: Bounds;
  trackPx: number;
}) {
  const named = trackPx < WIDE_PX ? 1 : 2;
  const { marks, labels } = useMemo(
    () => labelledMarks(places, bounds, trackPx, named),
    [places, bounds, trackPx, named],
  );
  const rows = labels.reduce((count, { row }) => Math.max(count, row + 1), 1);
  if (places.length === 0) return <p className="text-12 text-ink-3 leading-5">No group has committed here.</p>;
  return (
    <div className="relative mt-0.5" style={{ height: rows * ROW_PX + 4 }}>
      {marks.map((mark) => {
        const label = labels.find(({ key }) => key === mark.key);
        const color = mark.outside === null ? "var(--ink-2)" : "var(--crit-mark)";
        return (
          <Fragment key={mark.key}>
            {mark.xs.map((x) => (
              <svg
                key={x}
                aria-hidden
                width="10"
                height="14"
                viewBox="0 0 10 14"
                className="-ml-[5px] absolute top-0"
                style={{ left: percent(x, trackPx) }}
              >
                <path d="M5 0 10 7H0z" fill={color} />
                <path d="M5 7v7" stroke={color} />
              </svg>
            ))}
            {label !== undefined && (
              <div className="absolute top-0 w-0" style={{ left: percent(label.x, trackPx) }}>
                <i
                  aria-hidden
                  className="-left-[0.5px] absolute top-1.5 w-px"
                  style={{ background: color, height: label.row * ROW_PX + 8 }}
                />
                <MarkLabel mark={mark} label={label} named={named} bounds={bounds} />
              </div>
            )}
          </Fragment>
        );
      })}
    </div>
  );
}

interface MarkLabelProps {
  mark: GroupMark;
  label: PlacedLabel & { readonly width: number };
  named: number;
  bounds: Bounds;
}

function MarkLabel({ mark: { groups, outside, words }, label, named, bounds }: MarkLabelProps) {
  return (
    <span
      className={cn(
        "absolute flex gap-x-1.5 overflow-hidden whitespace-nowrap text-12 leading-5",
        label.side === "left" && "justify-end",
      )}
      style={{
        top: label.row * ROW_PX,
        width: label.width,
        [label.side === "left" ? "right" : "left"]: LABEL_GAP_PX,
      }}
    >
      <span className="flex min-w-0 gap-x-1 overflow-hidden">
        {groups.slice(0, named).map(({ group }, index) => (
          <span key={group} className="flex min-w-0">
            <GroupLink group={group} strong={outside !== null} />
            {index < Math.min(named, groups.length) - 1 && ","}
          </span>
        ))}
      </span>
      {groups.length > named && (
        <GroupList
          title={`${formatCount(groups.length)} groups here`}
          places={groups}
          bounds={bounds}
          label={`and ${formatCount(groups.length - named)} more`}
        />
      )}
      <span className={outside === null ? "text-ink-3" : "text-crit"}>{words}</span>
    </span>
  );
}

/** Marks and their labels; groups outside the log first, then those furthest behind. */
function labelledMarks(places: readonly GroupPlace[], bounds: Bounds, trackPx: number, named: number) {
  const most = Math.floor(trackPx * 0.8);
  const tried = WITHIN_PX.map((withinPx) => () => {
    const marks = groupMarks(places, bounds, withinPx);
    const wanted = marks
      .toSorted((a, b) => Number(b.outside !== null) - Number(a.outside !== null))
      .map((mark) => ({
        key: mark.key,
        from: mark.xs[0] ?? 0,
        to: mark.xs.at(-1) ?? 0,
        width: Math.min(most, labelWidth(mark, named)),
      }));
    const widths = new Map(wanted.map(({ key, width }) => [key, width]));
    const labels = placeLabels(wanted, trackPx, MAX_ROWS).map((label) => ({
      ...label,
      width: widths.get(label.key) ?? 0,
    }));
    return { marks, labels };
  });
  let best = { marks: [] as GroupMark[], labels: [] as (PlacedLabel & { width: number })[] };
  for (const attempt of tried) {
    best = attempt();
    if (best.labels.length === best.marks.length) return best;
  }
  return best;
}

function percent(px: number, ofPx: number): string {
  return `${(100 * px) / ofPx}%`;
}

/** Every group that has committed here, as a list to open. */
export function GroupList({
  title,
  places,
  bounds,
  label,
}: {
  title: string;
  places: readonly GroupPlace[];
  bounds: Bounds;
  label: string;
}) {
  const { name: cluster } = useCluster();
  return (
    <Popover
      title={title}
      trigger={
        <button type="button" className="link-quiet rounded-1 text-ink-2">
          {label}
        </button>
      }
    >
      <ul className="max-h-80 overflow-y-auto">
        {places.map((place) => (
          <li key={place.group} className="border-line border-t py-1 first:border-t-0">
            <Link href={groupHref(cluster, place.group)} className="link mono [overflow-wrap:anywhere]">
              {place.group}
            </Link>
            <div className="text-12 text-ink-2">
              <Offset value={place.offset} />, {behindWords(place, bounds)}
            </div>
          </li>
        ))}
      </ul>
    </Popover>
  );
}

function GroupLink({ group, strong }: { group: string; strong: boolean }) {
  const { name: cluster } = useCluster();
  return (
    <Link
      href={groupHref(cluster, group)}
      title={group}
      className={cn("mono truncate leading-5 hover:text-accent hover:underline", strong && "font-semibold")}
    >
      {cut(group)}
    </Link>
  );
}

function cut(name: string): string {
  return name.length > NAME_CHARS ? `${name.slice(0, NAME_CHARS - 1)}…` : name;
}

/** Mono is wider than the rest. */
const MONO_PX = 7.2;
const BETWEEN_PX = 10;

function labelWidth({ groups, words }: GroupMark, named: number): number {
  const names = groups.slice(0, named).reduce((sum, { group }) => sum + cut(group).length * MONO_PX + BETWEEN_PX, 0);
  const more = groups.length > named ? textWidth(`and ${groups.length - named} more`) + BETWEEN_PX : 0;
  return Math.ceil(names + more + textWidth(words));
}
