import { formatCount, formatDuration } from "#lib/format.ts";
import { largest, smallest } from "./extremes.ts";

/** A group's place in the partition. */
export interface GroupPlace {
  readonly group: string;
  readonly offset: bigint;
  /** Where it is drawn, in pixels. */
  readonly x: number;
  /** About how old the message there is; null when its segment doesn't tell. */
  readonly ageMs: bigint | null;
}

/** Groups that have one label: nearly the same place. */
export interface GroupMark {
  readonly key: string;
  /** Where each of them is, from the left; those that can't be told apart once. */
  readonly xs: readonly number[];
  /** Furthest behind first. */
  readonly groups: readonly GroupPlace[];
  /** What is said after their names; `more` where there is room for it. */
  readonly words: string;
  readonly more: string;
  /** Before the log start offset (messages are lost to it), or beyond the high watermark. */
  readonly outside: "before" | "beyond" | null;
}

interface Bounds {
  readonly logStartOffset: bigint | null;
  readonly highWatermark: bigint | null;
}

/** Marks nearer than this are drawn as one. */
const SAME_PX = 5;

/**
 * Marks in order of their places. Groups outside the log are marks of their own: that is worth a look.
 * @param withinPx what is nearer than this to the first of them has one label
 */
export function groupMarks(places: readonly GroupPlace[], bounds: Bounds, withinPx: number): GroupMark[] {
  const sorted = places.toSorted((a, b) => a.x - b.x || (a.offset < b.offset ? -1 : a.offset > b.offset ? 1 : 0));
  const runs: { x: number; outside: GroupMark["outside"]; groups: GroupPlace[] }[] = [];
  for (const place of sorted) {
    const outside = outsideOf(place.offset, bounds);
    const run = runs.findLast((other) => other.outside === outside);
    if (run !== undefined && place.x - run.x < withinPx) run.groups.push(place);
    else runs.push({ x: place.x, outside, groups: [place] });
  }
  return runs.map(({ groups, outside }) => {
    const xs: number[] = [];
    for (const { x } of groups) if (x - (xs.at(-1) ?? Number.NEGATIVE_INFINITY) >= SAME_PX) xs.push(x);
    return { key: `${outside} ${groups[0]?.group}`, xs, groups, outside, ...wordsOf(groups, outside, bounds) };
  });
}

/** How far behind one group is, in messages and about in time: "10,800 behind, about 2 d". */
export function behindWords({ offset, ageMs }: GroupPlace, bounds: Bounds): string {
  const { words, more } = wordsOf([{ offset, ageMs }], outsideOf(offset, bounds), bounds);
  return words + more;
}

function outsideOf(offset: bigint, { logStartOffset, highWatermark }: Bounds): GroupMark["outside"] {
  if (highWatermark !== null && offset > highWatermark) return "beyond";
  return logStartOffset !== null && offset < logStartOffset ? "before" : null;
}

function wordsOf(
  groups: readonly Pick<GroupPlace, "offset" | "ageMs">[],
  outside: GroupMark["outside"],
  { logStartOffset, highWatermark }: Bounds,
): Pick<GroupMark, "words" | "more"> {
  const offsets = groups.map(({ offset }) => offset);
  const least = smallest(offsets) ?? 0n;
  const most = largest(offsets) ?? 0n;
  const upTo = least === most ? "" : "up to ";
  if (outside === "beyond") {
    return { words: `${upTo}${formatCount(most - (highWatermark ?? most))} beyond the end`, more: "" };
  }
  if (outside === "before") {
    const before = formatCount((logStartOffset ?? least) - least);
    return { words: `${upTo}${before} before the log start`, more: ": those messages are gone" };
  }
  if (highWatermark === null) return { words: "", more: "" };
  if (least === highWatermark) return { words: "at the end", more: "" };
  const age = groups.find(({ offset }) => offset === least)?.ageMs ?? null;
  const more = age === null || age < 0n ? "" : ` · about ${formatDuration(age)}`;
  return { words: `${upTo}${formatCount(highWatermark - least)} behind`, more };
}
