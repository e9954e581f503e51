import type { GroupDetail, GroupPartition, GroupVerdict } from "#lib/contracts/groups.ts";
import type { Measure } from "./group-url.ts";

/** How much a partition needs a look: as the worst verdict that names it; warn too where messages are lost or nothing is committed. */
export type Level = "crit" | "warn" | "plain";

/** What there is to say of a partition's lag beside the number. */
export type Remark = "no-commit" | "lost" | "nothing-readable" | "unread";

/** A partition as the table shows it, its numbers as bigint. */
export interface LagRow {
  /** "orders-3" */
  readonly key: string;
  readonly source: GroupPartition;
  readonly committed: bigint | null;
  /** What the lag is counted to. */
  readonly end: bigint | null;
  readonly lag: bigint | null;
  readonly lost: bigint | null;
  readonly level: Level;
  readonly remark: Remark | null;
}

export interface LagTotals {
  readonly partitions: number;
  /** Null: nothing of it could be read. */
  readonly lag: bigint | null;
  /** Partitions that are missing in `lag`. */
  readonly unread: number;
  readonly uncommitted: number;
  /** How much of `lag` is theirs. */
  readonly uncommittedLag: bigint;
  /** Of them, those that a member holds: it reads them now, from where only it knows. */
  readonly uncommittedHeld: number;
  /** Partitions whose commit lies below their log start. */
  readonly pastRetention: number;
  readonly lost: bigint;
  readonly largest: bigint;
  readonly timeLag: GroupPartition["timeLag"];
  /** Null where some partition's is unknown: a sum of some would read as less than it is. */
  readonly producedPerSecond: number | null;
  readonly committedPerSecond: number | null;
}

export function partitionKey({ topic, partition }: Pick<GroupPartition, "topic" | "partition">): string {
  return `${topic}-${partition}`;
}

/** The rows of a group, or of one topic of it, by topic and partition. */
export function lagRows(
  group: Pick<GroupDetail, "partitions" | "verdicts">,
  to: Measure,
  topic: string | null,
): LagRow[] {
  const named = levelsOf(group.verdicts);
  return group.partitions
    .filter((partition) => topic === null || partition.topic === topic)
    .map((source) => rowOf(source, to, named.get(partitionKey(source)) ?? "plain"));
}

function rowOf(source: GroupPartition, to: Measure, named: Level): LagRow {
  const stable = to === "last-stable";
  const lost = big(source.lost);
  const remark = remarkOf(source, lost);
  return {
    key: partitionKey(source),
    source,
    committed: big(source.committedOffset),
    end: big(stable ? source.lastStableOffset : source.highWatermark),
    lag: big(stable ? source.stableLag : source.lag),
    lost,
    level: named === "plain" && (remark === "no-commit" || remark === "lost") ? "warn" : named,
    remark,
  };
}

function remarkOf(
  { committedRead, committedOffset, nothingReadable }: GroupPartition,
  lost: bigint | null,
): Remark | null {
  if (!committedRead) return "unread";
  if (committedOffset === null) return "no-commit";
  if (lost !== null && lost > 0n) return "lost";
  return nothingReadable === true ? "nothing-readable" : null;
}

/** By partition, the worst severity of the verdicts that name it. */
export function levelsOf(verdicts: readonly GroupVerdict[]): ReadonlyMap<string, Level> {
  const levels = new Map<string, Level>();
  for (const { severity, partitions } of verdicts) {
    if (severity === "info") continue;
    for (const place of partitions) {
      const key = partitionKey(place);
      if (levels.get(key) !== "crit") levels.set(key, severity === "critical" ? "crit" : "warn");
    }
  }
  return levels;
}

export function lagTotals(rows: readonly LagRow[]): LagTotals {
  let [lag, uncommittedLag, lost, largest] = [0n, 0n, 0n, 0n];
  let [unread, uncommitted, uncommittedHeld, pastRetention] = [0, 0, 0, 0];
  let timeLag: GroupPartition["timeLag"] = null;
  for (const row of rows) {
    if (row.lag === null) unread++;
    else {
      lag += row.lag;
      if (row.lag > largest) largest = row.lag;
    }
    if (row.remark === "no-commit") {
      uncommitted++;
      if (row.source.memberId !== null) uncommittedHeld++;
      uncommittedLag += row.lag ?? 0n;
    }
    if (row.remark === "lost") {
      pastRetention++;
      lost += row.lost ?? 0n;
    }
    const other = row.source.timeLag;
    if (other !== null && (timeLag === null || other.ms > timeLag.ms)) timeLag = other;
  }
  return {
    partitions: rows.length,
    lag: unread === rows.length ? null : lag,
    unread,
    uncommitted,
    uncommittedLag,
    uncommittedHeld,
    pastRetention,
    lost,
    largest,
    timeLag,
    producedPerSecond: sumOf(rows.map(({ source }) => source.producedPerSecond)),
    committedPerSecond: sumOf(committing(rows).map(({ source }) => source.committedPerSecond)),
  };
}

/** Where nothing was ever committed, nothing is committed now: it adds nothing to the others. Of such partitions alone no rate is known. */
function committing(rows: readonly LagRow[]): readonly LagRow[] {
  return rows.filter(({ remark }) => remark !== "no-commit");
}

function sumOf(rates: readonly (number | null)[]): number | null {
  if (rates.length === 0) return null;
  return rates.reduce<number | null>((sum, rate) => (sum === null || rate === null ? null : sum + rate), 0);
}

/** The topics of a group, by name. */
export function topicsOf(partitions: readonly Pick<GroupPartition, "topic">[]): string[] {
  return [...new Set(partitions.map(({ topic }) => topic))].toSorted();
}

function big(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}
