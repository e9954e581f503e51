import type { MoveFlag, PlannedMove } from "#lib/contracts/offset-resets.ts";
import type { CommittedOffset } from "../group-reading.ts";
import { isSameCommit } from "./is-same-commit.ts";

/** One partition as it is when a plan is made; null where it could not be read. */
export interface PartitionFacts {
  readonly topic: string;
  readonly partition: number;
  /** Null: no commit. */
  readonly committed: CommittedOffset | null;
  readonly logStartOffset: bigint | null;
  readonly highWatermark: bigint | null;
}

/** Where a partition is wanted, before it is known whether it can be had. */
export type Aim =
  | { readonly at: "start" }
  | { readonly at: "end" }
  | { readonly at: "kept" }
  | { readonly at: "no-commit" }
  /** The first message since a time; null: none is as young. "unread": its leader didn't tell. */
  | { readonly at: "since"; readonly offset: bigint | null | "unread" }
  /** With what an undo gives back beside it; `leaderEpoch` null: none. */
  | {
      readonly at: "offset";
      readonly offset: bigint;
      readonly leaderEpoch?: number | null;
      readonly metadata?: string;
      /** The group held it before. */
      readonly restored?: boolean;
    };

export const KEPT: Aim = { at: "kept" };

/** What moving one partition would do; the times of its messages are not looked up here. */
export function planPartition(facts: PartitionFacts, aim: Aim, edited: boolean): PlannedMove {
  const { committed, logStartOffset, highWatermark } = facts;
  const from = committed?.offset ?? null;
  const flags: MoveFlag[] = [];
  if (edited) flags.push("edited");
  if (from === null) flags.push("no-commit");
  if (from !== null && logStartOffset !== null && from < logStartOffset) flags.push("past-retention");
  if (logStartOffset !== null && logStartOffset === highWatermark) flags.push("empty");
  const goal = goalOf(facts, aim, flags);
  const to = goal?.offset ?? null;
  const kept = flags.includes("kept") || flags.includes("unreadable");
  return {
    topic: facts.topic,
    partition: facts.partition,
    from: text(from),
    to: text(kept ? from : to),
    toLeaderEpoch: goal?.leaderEpoch ?? null,
    toMetadata: goal?.metadata ?? "",
    direction: kept ? "none" : from === to && restores(committed, aim, goal) ? "restore" : directionOf(from, to),
    difference: kept || from === null || to === null ? null : (to - from).toString(),
    logStartOffset: text(logStartOffset),
    highWatermark: text(highWatermark),
    fromTimestampMs: null,
    toTimestampMs: null,
    lagAfter: text(lagAfter(facts, kept ? from : to)),
    flags,
  };
}

interface Goal {
  readonly offset: bigint;
  readonly leaderEpoch: number | null;
  readonly metadata: string;
}

/** Null: no commit shall be left, or nothing is moved (flags `kept`, `unreadable`). Adds to the flags. */
function goalOf({ logStartOffset, highWatermark }: PartitionFacts, aim: Aim, flags: MoveFlag[]): Goal | null {
  if (aim.at === "kept") {
    flags.push("kept");
    return null;
  }
  if (aim.at === "no-commit") return null;
  if (logStartOffset === null || highWatermark === null || (aim.at === "since" && aim.offset === "unread")) {
    flags.push("unreadable");
    return null;
  }
  const plain = (offset: bigint): Goal => ({ offset, leaderEpoch: null, metadata: "" });
  if (aim.at === "start") return plain(logStartOffset);
  if (aim.at === "end") return plain(highWatermark);
  if (aim.offset === null || aim.offset === "unread") {
    flags.push("no-match");
    return plain(highWatermark);
  }
  // Where an offset is moved into range, the epoch of the message before it is another one; its metadata is the consumer's own.
  const metadata = aim.at === "offset" ? (aim.metadata ?? "") : "";
  // Beyond the end lies what another topic of this name had: nothing of this one was read.
  if (aim.at === "offset" && aim.restored === true && aim.offset <= highWatermark) flags.push("restored");
  if (aim.offset < logStartOffset) {
    flags.push("clamped-to-start");
    return { offset: logStartOffset, leaderEpoch: null, metadata };
  }
  if (aim.offset > highWatermark) {
    // What was found by its time is there: the high watermark was told a moment before.
    if (aim.at === "offset") flags.push("clamped-to-end");
    return { offset: highWatermark, leaderEpoch: null, metadata };
  }
  return { offset: aim.offset, leaderEpoch: aim.at === "offset" ? (aim.leaderEpoch ?? null) : null, metadata };
}

/** Whether an undo changes what is stored beside an offset that stays. Other targets are about offsets alone. */
function restores(committed: CommittedOffset | null, aim: Aim, goal: Goal | null): boolean {
  const asksForIt = aim.at === "offset" && aim.metadata !== undefined;
  return asksForIt && !isSameCommit(committed, goal);
}

function directionOf(from: bigint | null, to: bigint | null): PlannedMove["direction"] {
  if (from === to) return "none";
  if (from === null) return "first-commit";
  if (to === null) return "forget";
  return to < from ? "replay" : "skip";
}

/** As lag is counted everywhere: without a commit the whole partition, and never below 0. */
function lagAfter({ logStartOffset, highWatermark }: PartitionFacts, to: bigint | null): bigint | null {
  const next = to ?? logStartOffset;
  if (highWatermark === null || next === null) return null;
  return next < highWatermark ? highWatermark - next : 0n;
}

function text(value: bigint | null): string | null {
  return value === null ? null : value.toString();
}
