import type { MoveFlag, OffsetPlan, PlannedMove } from "#lib/contracts/offset-resets.ts";
import { formatCount, formatDuration, plural } from "#lib/format.ts";
import type { PlanRequest } from "#lib/queries/offset-resets.ts";
import { isMoved, partitionKey } from "./plan-moves.ts";

/** The plan in one sentence; the part about skipping stands apart, to be red. */
export interface Headline {
  readonly before: string;
  readonly skips: string | null;
  readonly after: string;
}

/** @param takesBack the plan is an undo: what it can't give back whole is not told as a move of its own */
export function headlineOf(plan: Pick<OffsetPlan, "moves" | "totals" | "problems">, takesBack = false): Headline {
  const said = whatItDoes(plan, takesBack);
  const lines = plan.problems.filter(({ line }) => line !== null).length;
  if (lines === 0) return said;
  return {
    ...said,
    after: `${said.after} ${plural(lines, "line")} of the file ${lines === 1 ? "is" : "are"} left out.`,
  };
}

function whatItDoes({ moves, totals }: Pick<OffsetPlan, "moves" | "totals">, takesBack: boolean): Headline {
  if (totals.moved === 0) {
    const unreadable = moves.some(({ flags }) => flags.includes("unreadable"));
    if (moves.length === 0) return plain("There is no partition to move.");
    return plain(unreadable ? "Nothing can be moved now." : "Nothing to move: every partition is there already.");
  }
  const replayed = BigInt(totals.replayed);
  const skipped = BigInt(totals.skipped);
  const restored = moves.filter((move) => isMoved(move) && move.flags.includes("restored")).length;
  const near = takesBack ? moves.filter((move) => isMoved(move) && isAsNearAsCanBe(move)).length : 0;
  const messages = (count: bigint) => `${formatCount(count)} ${count === 1n ? "message" : "messages"}`;
  if (skipped > 0n) {
    return replayed > 0n
      ? {
          before: `Replays ${messages(replayed)}, `,
          skips: `skips ${formatCount(skipped)} never processed`,
          after: ".",
        }
      : { before: "", skips: `Skips ${messages(skipped)} never processed`, after: "." };
  }
  if (near > 0 && restored === 0) {
    const rest = replayed > 0n ? `replays ${messages(replayed)}` : "replays none";
    return plain(`${sentenceStart(nearText(near))}; ${rest}.`);
  }
  if (restored > 0) {
    const rest = replayed > 0n ? `replays ${messages(replayed)}` : "replays none";
    const asNear = near > 0 ? `, ${nearText(near)}` : "";
    return plain(
      `Gives ${plural(restored, "partition")} back what ${restored === 1 ? "it" : "they"} had${asNear}; ${rest}.`,
    );
  }
  if (replayed > 0n) return plain(`Replays ${messages(replayed)}, skips none.`);
  const count = (direction: PlannedMove["direction"]) => moves.filter((move) => move.direction === direction).length;
  const forgotten = count("forget");
  const first = count("first-commit");
  if (forgotten === totals.moved) return plain(`Takes the commit of ${plural(forgotten, "partition")} away.`);
  if (first === totals.moved) return plain(`Commits ${plural(first, "partition")} for the first time.`);
  return plain(`Moves ${plural(totals.moved, "partition")}; replays none, skips none.`);
}

function plain(sentence: string): Headline {
  return { before: sentence, skips: null, after: "" };
}

/** Where it was is gone from the log, or never was in it. */
function isAsNearAsCanBe({ flags }: PlannedMove): boolean {
  return flags.includes("clamped-to-start") || flags.includes("clamped-to-end");
}

function nearText(count: number): string {
  return `puts ${plural(count, "partition")} as near to where ${count === 1 ? "it" : "they"} had been as the log still allows`;
}

function sentenceStart(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The whole sentence, as text. */
export function headlineText({ before, skips, after }: Headline): string {
  return `${before}${skips ?? ""}${after}`;
}

/**
 * How many messages one move leaves unread for good, counted as the plan's totals are: those that retention has deleted are
 * no longer there to be skipped, what an undo gives back was counted as read before, and before a first commit lies all that was never read.
 */
export function skippedBy({ direction, from, to, logStartOffset, highWatermark, flags }: PlannedMove): bigint {
  if (to === null || flags.includes("restored") || (direction !== "skip" && direction !== "first-commit")) return 0n;
  const goal = BigInt(to);
  const start = BigInt(logStartOffset ?? to);
  const end = BigInt(highWatermark ?? to);
  const at = from === null ? start : BigInt(from);
  const read = at < start ? start : at > end ? end : at;
  return goal > read ? goal - read : 0n;
}

/** Moves that skip, those that skip most first. */
export function skippingMoves(moves: readonly PlannedMove[]): readonly PlannedMove[] {
  return moves
    .map((move) => ({ move, skipped: skippedBy(move) }))
    .filter(({ skipped }) => skipped > 0n)
    .sort((a, b) => (a.skipped === b.skipped ? 0 : a.skipped < b.skipped ? 1 : -1))
    .map(({ move }) => move);
}

/**
 * The earliest moment at which a partition that would be skipped stopped: a target there or before skips nothing. Null when
 * it isn't known of every one of them.
 */
export function skipsNothingAt(skipping: readonly PlannedMove[]): number | null {
  const times = skipping.map(({ fromTimestampMs }) => fromTimestampMs);
  if (times.length === 0 || times.includes(null)) return null;
  return times.reduce<number>((least, ms) => Math.min(least, ms ?? least), Number.MAX_SAFE_INTEGER);
}

/** How far the move that goes furthest goes back, in message time: "3 min 31 s, on orders-0". Null when unknown. */
export function furthestBack(moves: readonly PlannedMove[]): string | null {
  let furthest: { ms: number; move: PlannedMove } | null = null;
  for (const move of moves) {
    if (move.direction !== "replay" || move.fromTimestampMs === null || move.toTimestampMs === null) continue;
    const ms = move.fromTimestampMs - move.toTimestampMs;
    if (ms > 0 && (furthest === null || ms > furthest.ms)) furthest = { ms, move };
  }
  return furthest && `${formatDuration(furthest.ms)}, on ${partitionKey(furthest.move)}`;
}

/** What there is to say about one move beside its numbers; the part that alarms first. */
export interface MoveNote {
  readonly text: string;
  readonly tone: "crit" | "warn" | "plain";
}

const flagNotes: Readonly<Record<Exclude<MoveFlag, "no-commit" | "past-retention">, MoveNote>> = {
  "clamped-to-start": { text: "log start: the target lies before it", tone: "plain" },
  "clamped-to-end": { text: "high watermark: the target lies beyond it", tone: "plain" },
  "no-match": { text: "high watermark: every message is older", tone: "plain" },
  empty: { text: "holds no message", tone: "plain" },
  kept: { text: "stays", tone: "plain" },
  edited: { text: "set by hand", tone: "plain" },
  restored: { text: "as before the change", tone: "plain" },
  unreadable: { text: "can't be read now, so it stays", tone: "warn" },
};

export function notesOf(move: PlannedMove): readonly MoveNote[] {
  const notes: MoveNote[] = [];
  const skipped = skippedBy(move);
  if (skipped > 0n) {
    const text = move.from === null ? `${formatCount(skipped)} before it are never read` : "never processed";
    notes.push({ text, tone: "crit" });
  }
  if (move.direction === "forget") notes.push({ text: "had no commit before", tone: "plain" });
  if (move.direction === "restore") notes.push({ text: "its metadata is given back", tone: "plain" });
  for (const flag of move.flags) {
    if (flag === "no-commit") continue;
    if (flag === "past-retention") notes.push({ text: lostText(move), tone: "warn" });
    else notes.push(flagNotes[flag]);
  }
  return notes;
}

function lostText({ from, logStartOffset }: PlannedMove): string {
  if (from === null || logStartOffset === null) return "its next messages were deleted";
  return `${formatCount(BigInt(logStartOffset) - BigInt(from))} deleted before they were read`;
}

/** "+2,997", "−15,895", "0"; null: there is no difference to tell. */
export function differenceText(difference: string | null): string | null {
  if (difference === null) return null;
  const value = BigInt(difference);
  if (value === 0n) return "0";
  return value > 0n ? `+${formatCount(value)}` : `−${formatCount(-value)}`;
}

const MAX_TARGET_TEXT = 500;

/**
 * What the moves were worked out from and come to, for the record: "to 2026-11-21T02:20:00.000Z; skips 2,997".
 * @param plan null: there is none yet
 */
export function targetText(
  { target, edits = [] }: PlanRequest,
  fileName: string | null,
  plan: Pick<OffsetPlan, "totals" | "observedAtMs"> | null,
): string {
  const by = edits.length === 0 ? "" : `, ${formatCount(edits.length)} by hand`;
  // However long a name in it is, what comes of it is told.
  const counts = plan === null ? "" : countsText(plan.totals);
  const words = `${wordsOf(target, fileName, plan?.observedAtMs ?? null)}${by}`;
  return `${words.slice(0, MAX_TARGET_TEXT - counts.length)}${counts}`;
}

function countsText({ replayed, skipped }: OffsetPlan["totals"]): string {
  const told = [
    replayed === "0" ? "" : `replays ${formatCount(replayed)}`,
    skipped === "0" ? "" : `skips ${formatCount(skipped)}`,
  ].filter((text) => text !== "");
  return told.length === 0 ? "" : `; ${told.join(", ")}`;
}

function wordsOf(target: PlanRequest["target"], fileName: string | null, plannedAtMs: number | null): string {
  switch (target.to) {
    case "earliest":
      return "to the earliest";
    case "latest":
      return "to the latest";
    case "timestamp":
      return `to ${new Date(target.timestampMs).toISOString()}`;
    case "ago":
      // Whether that is back or forward, the partition decides: it says a moment.
      return `to ${formatDuration(target.durationMs)} before ${plannedAtMs === null ? "the plan" : new Date(plannedAtMs).toISOString()}`;
    case "offset":
      return `to offset ${target.offset}`;
    case "shift":
      return `by ${differenceText(target.by)} messages`;
    case "group":
      return `to where ${target.group} is`;
    case "csv":
      return fileName === null ? "to pasted offsets" : `to the offsets of ${fileName}`;
  }
}

const NAMED = 3;

/** The partitions to name, and how many more there are: never only one more. */
export function namedPartitions(moves: readonly Pick<PlannedMove, "topic" | "partition">[]): {
  readonly names: readonly string[];
  readonly more: number;
} {
  const names = moves.slice(0, moves.length === NAMED + 1 ? NAMED + 1 : NAMED).map(partitionKey);
  return { names, more: moves.length - names.length };
}

export type PlanFilter = "all" | "skips" | "moves" | "notes";

export function filterMoves(moves: readonly PlannedMove[], filter: PlanFilter): readonly PlannedMove[] {
  switch (filter) {
    case "all":
      return moves;
    case "skips":
      return moves.filter((move) => skippedBy(move) > 0n);
    case "moves":
      return moves.filter(isMoved);
    case "notes":
      return moves.filter((move) => move.flags.length > 0 || notesOf(move).length > 0);
  }
}
