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
import { type PlacedLabel, placeLabels, textWidth } from "./labels.ts";

interface Bounds {
  readonly logStartOffset: bigint | null;
  readonly highWatermark: bigint | null;
}

const ROW_PX = 20;
const MAX_ROWS = 5;
/** A group's name beyond this is cut; its link says all of it. */
const NAME_CHARS = 32;
/** On a narrow track a label names one group and how far behind it is in messages, else up to two and the time too. */
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
  const wide = trackPx >= WIDE_PX;
  const { marks, labels, named } = useMemo(
    () => labelledMarks(places, bounds, trackPx, wide),
    [places, bounds, trackPx, wide],
  );
  const rows = labels.reduce((count, { row }) => Math.max(count, row + 1), 1);
  if (places.length === 0)
    return <p className="text-12 text-ink-3 leading-5">No group is known to have committed here.</p>;
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
                  style={{ background: color, height: label.row * ROW_PX + (label.side === "under" ? -4 : 8) }}
                />
                <MarkLabel mark={mark} label={label} named={named} wide={wide} bounds={bounds} />
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
  wide: boolean;
  bounds: Bounds;
}

function MarkLabel({ mark, label, named, wide, bounds }: MarkLabelProps) {
  const { groups, outside } = mark;
  return (
    <span
      className={cn(
        "absolute flex gap-x-1.5 overflow-hidden whitespace-nowrap text-12 leading-5",
        label.side === "left" && "justify-end",
      )}
      style={{ top: label.row * ROW_PX, width: label.width, left: label.left - label.x }}
    >
      <span className="flex min-w-0 gap-x-1 overflow-hidden">
        {groups.slice(0, named).map(({ group }, index) => (
          <span key={group} className="flex min-w-0">
            <GroupLink group={group} name={cut(group, wide)} strong={outside !== null} />
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
      <span className={outside === null ? "text-ink-3" : "text-crit"}>{wordsOf(mark, wide)}</span>
    </span>
  );
}

interface Labelled {
  readonly marks: readonly GroupMark[];
  readonly labels: readonly (PlacedLabel & { readonly width: number })[];
  /** So many groups a label names. */
  readonly named: number;
}

/** Marks and their labels; groups outside the log first, then those furthest behind. */
function labelledMarks(places: readonly GroupPlace[], bounds: Bounds, trackPx: number, wide: boolean): Labelled {
  let best: Labelled = { marks: [], labels: [], named: 1 };
  let without = Number.POSITIVE_INFINITY;
  for (const withinPx of WITHIN_PX) {
    const marks = groupMarks(places, bounds, withinPx);
    for (const named of wide ? [2, 1] : [1]) {
      const labels = labelsOf(marks, trackPx, named, wide);
      if (marks.length - labels.length >= without) continue;
      best = { marks, labels, named };
      without = marks.length - labels.length;
      if (without === 0) return best;
    }
  }
  return best;
}

function labelsOf(marks: readonly GroupMark[], trackPx: number, named: number, wide: boolean): Labelled["labels"] {
  const most = Math.floor(trackPx * 0.8);
  const wanted = marks
    .toSorted((a, b) => Number(b.outside !== null) - Number(a.outside !== null))
    .map((mark) => ({
      key: mark.key,
      from: mark.xs[0] ?? 0,
      to: mark.xs.at(-1) ?? 0,
      width: Math.min(most, labelWidth(mark, named, wide)),
    }));
  const widths = new Map(wanted.map(({ key, width }) => [key, width]));
  return placeLabels(wanted, trackPx, MAX_ROWS).map((label) => ({ ...label, width: widths.get(label.key) ?? 0 }));
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

function GroupLink({ group, name, strong }: { group: string; name: string; strong: boolean }) {
  const { name: cluster } = useCluster();
  return (
    <Link
      href={groupHref(cluster, group)}
      title={group}
      className={cn("mono truncate leading-5 hover:text-accent hover:underline", strong && "font-semibold")}
    >
      {name}
    </Link>
  );
}

function cut(name: string, wide: boolean): string {
  const chars = wide ? NAME_CHARS : NAME_CHARS / 2;
  return name.length > chars ? `${name.slice(0, chars - 1)}…` : name;
}

/** Mono is wider than the rest. */
const MONO_PX = 7.2;
const BETWEEN_PX = 10;

function wordsOf({ words, more }: GroupMark, wide: boolean): string {
  return wide ? words + more : words;
}

function labelWidth(mark: GroupMark, named: number, wide: boolean): number {
  const { groups } = mark;
  const names = groups
    .slice(0, named)
    .reduce((sum, { group }) => sum + cut(group, wide).length * MONO_PX + BETWEEN_PX, 0);
  const more = groups.length > named ? textWidth(`and ${groups.length - named} more`) + BETWEEN_PX : 0;
  return Math.ceil(names + more + textWidth(wordsOf(mark, wide)));
}
