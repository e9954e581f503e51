import type { GroupDetail, GroupMember } from "#lib/contracts/groups.ts";
import { type LagRow, type Level, partitionKey } from "./lag-rows.ts";

/** With no more partitions than this each has a cell that says its lag; with more, a tick on a strip. */
export const MAX_CELLS = 10;
/** More members than this are told, not drawn. */
export const MAX_DRAWN_MEMBERS = 24;

/** How a member and a partition go together; KIP-848 takes and gives one by one. */
export type Hold = "held" | "leaving" | "coming";

export interface DrawnMember {
  readonly member: GroupMember;
  /** By partition key. */
  readonly holds: ReadonlyMap<string, Hold>;
  /** Of what it holds. */
  readonly count: number;
  /** Null: that of some partition is unknown. */
  readonly lag: bigint | null;
  readonly level: Level;
}

/** Members with what they hold of these rows, in the order given; without rows (share groups) how much they hold, but no lag. */
export function drawnMembers(
  members: readonly GroupMember[],
  rows: readonly LagRow[],
  verdicts: GroupDetail["verdicts"],
): DrawnMember[] {
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const named = new Map<string, Level>();
  for (const { memberId, severity } of verdicts) {
    if (memberId !== null && severity !== "info") named.set(memberId, severity === "critical" ? "crit" : "warn");
  }
  return members.map((member) => {
    const holds = holdsOf(member, byKey);
    const held = [...holds].flatMap(([key, hold]) => (hold === "coming" ? [] : (byKey.get(key) ?? [])));
    const offsetless = rows.length === 0;
    return {
      member,
      holds,
      count: offsetless ? keysOf(member.assigned).length : held.length,
      lag: offsetless ? null : lagOf(held),
      level: named.get(member.memberId) ?? "plain",
    };
  });
}

function holdsOf({ assigned, target }: GroupMember, rows: ReadonlyMap<string, LagRow>): ReadonlyMap<string, Hold> {
  const wanted = target === null ? null : new Set(keysOf(target));
  const holds = new Map<string, Hold>();
  for (const key of keysOf(assigned))
    if (rows.has(key)) holds.set(key, wanted?.has(key) === false ? "leaving" : "held");
  for (const key of wanted ?? []) if (rows.has(key) && !holds.has(key)) holds.set(key, "coming");
  return holds;
}

function keysOf(assignment: GroupMember["assigned"]): string[] {
  return assignment.flatMap(({ topic, partitions }) =>
    partitions.map((partition) => partitionKey({ topic, partition })),
  );
}

/** Null when some of it is unknown: the rest would read as all of it. */
function lagOf(rows: readonly LagRow[]): bigint | null {
  return rows.reduce<bigint | null>((sum, { lag }) => (sum === null || lag === null ? null : sum + lag), 0n);
}

/** Those that are drawn: all, or the ones that verdicts name and then the first, in their order. */
export function chosenMembers(all: readonly DrawnMember[]): readonly DrawnMember[] {
  if (all.length <= MAX_DRAWN_MEMBERS) return all;
  const first = [...all.filter(({ level }) => level !== "plain"), ...all.filter(({ level }) => level === "plain")];
  const chosen = new Set(first.slice(0, MAX_DRAWN_MEMBERS));
  return all.filter((member) => chosen.has(member));
}

/** Partitions that no member holds or is being given. */
export function unheld(all: readonly DrawnMember[], rows: readonly LagRow[]): LagRow[] {
  const held = new Set(all.flatMap(({ holds }) => [...holds.keys()]));
  return rows.filter(({ key }) => !held.has(key));
}

export interface StripPaths {
  readonly plain: string;
  readonly warn: string;
  readonly crit: string;
  /** On its way to or from the member. */
  readonly moving: string;
}

/** With more partitions than this there is no room between ticks. */
const SPACED_BELOW = 80;

/** A member's ticks as paths in a box as wide as there are partitions and 10 high; neighbours of one kind are one block. */
export function stripPaths(holds: ReadonlyMap<string, Hold>, rows: readonly LagRow[]): StripPaths {
  const gap = rows.length < SPACED_BELOW ? 0.2 : 0;
  const paths = { plain: "", warn: "", crit: "", moving: "" };
  let start = 0;
  while (start < rows.length) {
    const kind = kindOf(rows[start], holds);
    let end = start + 1;
    while (gap === 0 && end < rows.length && kindOf(rows[end], holds) === kind) end++;
    if (kind !== null) {
      const [top, height] = kind === "plain" ? [3, 7] : [0, 10];
      paths[kind] += `M${start} ${top}h${end - start - gap}v${height}h-${end - start - gap}z`;
    }
    start = end;
  }
  return paths;
}

function kindOf(row: LagRow | undefined, holds: ReadonlyMap<string, Hold>): keyof StripPaths | null {
  const hold = row && holds.get(row.key);
  if (row === undefined || hold === undefined) return null;
  return hold === "held" ? row.level : "moving";
}

/** Where each topic begins among the rows, and how many of them are its. */
export function topicSpans(rows: readonly LagRow[]): { readonly topic: string; readonly count: number }[] {
  const spans: { topic: string; count: number }[] = [];
  for (const { source } of rows) {
    const last = spans.at(-1);
    if (last?.topic === source.topic) last.count++;
    else spans.push({ topic: source.topic, count: 1 });
  }
  return spans;
}
