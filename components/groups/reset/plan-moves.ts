import type { GroupDetail } from "#lib/contracts/groups.ts";
import type { MoveOutcome, OffsetMove, OffsetPlan, PlannedMove } from "#lib/contracts/offset-resets.ts";

/** A partition in one key. */
export function partitionKey({ topic, partition }: { readonly topic: string; readonly partition: number }): string {
  return `${topic}-${partition}`;
}

/** Will be changed; the others stay as they are, and are not sent. */
export function isMoved({ direction }: PlannedMove): boolean {
  return direction !== "none";
}

/** What applying sends: exactly what was reviewed. */
export function movesToSend(moves: readonly PlannedMove[]): OffsetMove[] {
  return moves.filter(isMoved).map(({ topic, partition, from, to, toLeaderEpoch, toMetadata }) => ({
    topic,
    partition,
    from,
    to,
    toLeaderEpoch,
    toMetadata,
  }));
}

/** Who is in the group now, as far as is known. */
export type Presence =
  | { readonly kind: "empty" /** It had members when the plan was made, or since. */; readonly emptied: boolean }
  | { readonly kind: "members"; readonly members: PresentMembers; readonly observedAtMs: number }
  /** A type whose offsets aren't moved here, or whose members this user may not see. */
  | { readonly kind: "unsupported"; readonly detail: string; readonly command: string | null };
type PresentMembers = NonNullable<OffsetPlan["refusal"]>["members"];

/** The group as it was read since; null: there is no such group. Undefined: not known. */
export type LiveGroup =
  | Pick<GroupDetail, "members" | "state" | "partitions" | "missing" | "observedAtMs">
  | null
  | undefined;

/** The newer of the plan's word and what was read since. */
export function presenceOf(plan: OffsetPlan, live: LiveGroup): Presence {
  const { refusal } = plan;
  if (refusal !== null && refusal.code !== "group-not-empty") {
    return { kind: "unsupported", detail: refusal.detail, command: refusal.command };
  }
  const emptied = refusal !== null;
  if (live === null) return { kind: "empty", emptied };
  if (live !== undefined && live.members !== null && live.observedAtMs > plan.observedAtMs) {
    return live.members.length === 0
      ? { kind: "empty", emptied }
      : { kind: "members", members: live.members, observedAtMs: live.observedAtMs };
  }
  return refusal === null
    ? { kind: "empty", emptied: false }
    : { kind: "members", members: refusal.members, observedAtMs: plan.observedAtMs };
}

/**
 * Partitions that would be moved but are no longer where the plan starts from, with what they hold now (null: no commit).
 * Empty while that isn't known.
 */
export function driftOf(plan: OffsetPlan, live: LiveGroup): ReadonlyMap<string, string | null> {
  const drift = new Map<string, string | null>();
  if (live === undefined || live === null || live.observedAtMs <= plan.observedAtMs) return drift;
  const now = new Map(live.partitions.map((each) => [partitionKey(each), each] as const));
  for (const move of plan.moves) {
    if (!isMoved(move)) continue;
    const key = partitionKey(move);
    const held = now.get(key);
    // A partition that isn't listed has no commit, unless a part of the answer is missing.
    if (held === undefined ? live.missing.length > 0 : !held.committedRead) continue;
    const committed = held?.committedOffset ?? null;
    if (committed !== move.from) drift.set(key, committed);
  }
  return drift;
}

/** Where a partition of an applied plan stands, over all attempts. */
export interface Applied {
  readonly move: OffsetMove;
  readonly outcome: MoveOutcome;
}

/** Outcomes beside their moves; a partition that the answer leaves out is unknown. */
export function pairOutcomes(moves: readonly OffsetMove[], outcomes: readonly MoveOutcome[]): readonly Applied[] {
  const byKey = new Map(outcomes.map((outcome) => [partitionKey(outcome), outcome] as const));
  return moves.map((move) => ({
    move,
    outcome: byKey.get(partitionKey(move)) ?? {
      topic: move.topic,
      partition: move.partition,
      outcome: "unknown",
      committedOffset: null,
      detail: "The answer doesn't mention this partition.",
    },
  }));
}

/**
 * What a second attempt is about. `send`: those still where they began. `settled`: those that turn out to be where they
 * were to go. `lost`: those that somebody else moved; they need a new plan. Decided by what the group holds now.
 */
export function retryOf(
  applied: readonly Applied[],
  live: Pick<GroupDetail, "partitions" | "missing"> | null,
): { readonly send: OffsetMove[]; readonly settled: readonly Applied[]; readonly lost: readonly Applied[] } {
  const now = new Map((live?.partitions ?? []).map((each) => [partitionKey(each), each] as const));
  const send: OffsetMove[] = [];
  const settled: Applied[] = [];
  const lost: Applied[] = [];
  for (const { move, outcome } of applied) {
    if (outcome.outcome === "moved") continue;
    const held = now.get(partitionKey(move));
    const known = held === undefined ? (live?.missing.length ?? 0) === 0 : held.committedRead;
    const committed = known ? (held?.committedOffset ?? null) : move.from;
    if (committed === move.from) send.push(move);
    else if (committed === move.to) {
      settled.push({ move, outcome: { ...outcome, outcome: "moved", committedOffset: committed, detail: null } });
    } else {
      lost.push({
        move,
        outcome: {
          ...outcome,
          outcome: "overwritten",
          committedOffset: committed,
          detail: "Somebody else moved it since. Plan again for this one.",
        },
      });
    }
  }
  return { send, settled, lost };
}

/** The newer outcomes in the places of the older ones. */
export function mergeApplied(before: readonly Applied[], newer: readonly Applied[]): readonly Applied[] {
  const byKey = new Map(newer.map((each) => [partitionKey(each.move), each] as const));
  return before.map((each) => byKey.get(partitionKey(each.move)) ?? each);
}
