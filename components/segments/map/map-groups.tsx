"use client";
import Link from "next/link";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { cn } from "#components/ui/cn.ts";
import { Popover } from "#components/ui/popover.tsx";
import { Offset } from "#components/ui/quantity.tsx";
import { formatCount } from "#lib/format.ts";
import { groupHref } from "#lib/hrefs.ts";
import { behindWords, type GroupMark, type GroupPlace } from "./group-marks.ts";
import { LABEL_GAP_PX, placeLabels, textWidth } from "./labels.ts";

interface Bounds {
  readonly logStartOffset: bigint | null;
  readonly highWatermark: bigint | null;
}

const ROW_PX = 20;
const MAX_ROWS = 6;
/** A group's name beyond this is cut; its link says all of it. */
const NAME_CHARS = 32;
/** On a narrow track a label names one group, else two. */
const WIDE_PX = 620;

/** Where groups are, under the map: a mark each, or one for those at nearly the same place. */
export function MapGroups({
  marks,
  bounds,
  trackPx,
}: {
  marks: readonly GroupMark[];
  bounds: Bounds;
  trackPx: number;
}) {
  const named = trackPx < WIDE_PX ? 1 : 2;
  const most = Math.floor(trackPx * 0.8);
  const wanted = marks
    .toSorted((a, b) => Number(b.outside !== null) - Number(a.outside !== null))
    .map((mark) => ({ key: mark.key, x: mark.x, width: Math.min(most, labelWidth(mark, named)) }));
  const labels = placeLabels(wanted, trackPx, MAX_ROWS);
  const rows = labels.reduce((count, { row }) => Math.max(count, row + 1), 1);
  return (
    <div className="relative mt-0.5" style={{ height: rows * ROW_PX + 4 }}>
      {marks.map((mark) => {
        const label = labels.find(({ key }) => key === mark.key);
        const width = wanted.find(({ key }) => key === mark.key)?.width ?? 0;
        const color = mark.outside === null ? "var(--ink-2)" : "var(--crit-mark)";
        return (
          <div key={mark.key} className="absolute top-0 w-0" style={{ left: `${(100 * mark.x) / trackPx}%` }}>
            <svg aria-hidden width="10" height="7" viewBox="0 0 10 7" className="-left-[5px] absolute top-0">
              <path d="M5 0 10 7H0z" fill={color} />
            </svg>
            <i
              aria-hidden
              className="-left-[0.5px] absolute top-1.5 w-px"
              style={{ background: color, height: (label?.row ?? 0) * ROW_PX + 8 }}
            />
            {label !== undefined && (
              <span
                className={cn(
                  "absolute flex gap-x-1.5 overflow-hidden whitespace-nowrap text-12 leading-5",
                  label.side === "left" && "justify-end",
                )}
                style={{
                  top: label.row * ROW_PX,
                  maxWidth: width,
                  [label.side === "left" ? "right" : "left"]: LABEL_GAP_PX,
                }}
              >
                <span className="flex min-w-0 gap-x-1 overflow-hidden">
                  {mark.groups.slice(0, named).map(({ group }, index) => (
                    <span key={group} className="flex min-w-0">
                      <GroupLink group={group} strong={mark.outside !== null} />
                      {index < Math.min(named, mark.groups.length) - 1 && ","}
                    </span>
                  ))}
                </span>
                {mark.groups.length > named && (
                  <GroupList
                    title={`${formatCount(mark.groups.length)} groups here`}
                    places={mark.groups}
                    bounds={bounds}
                    label={`and ${formatCount(mark.groups.length - named)} more`}
                  />
                )}
                <span className={mark.outside === null ? "text-ink-3" : "text-crit"}>{mark.words}</span>
              </span>
            )}
          </div>
        );
      })}
      {marks.length === 0 && <span className="text-12 text-ink-3 leading-5">No group has committed here.</span>}
    </div>
  );
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
