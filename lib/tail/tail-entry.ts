import type { GapRow, MessageRow, ProblemRow } from "../contracts/message-row.ts";
import type { Losses, TailFrames } from "../contracts/tail.ts";
import type { ProblemError } from "../problem.ts";

/** What became of a message's transaction: told by the marker that ended it. Undefined: its end was not seen (yet). */
export type Outcome = "committed" | "aborted";

/** What a list of a tail shows, in its order: rows as the server sent them, and dividers of our own. */
export type TailEntry = MessageRow | GapRow | ProblemRow | Divider;

/** By place, offsets from and to, both inclusive. */
export type OffsetRange = readonly [place: number, from: string, to: string];

export type Divider =
  /** Matched, but not sent. */
  | ({
      readonly kind: "lost";
      readonly lost: Losses;
      readonly fromMs: number | null;
      readonly toMs: number | null;
    } & Loadable)
  /**
   * Passed over by the viewer's own wish. `messages`: how many, when they had been received; `lost` and `problems`: what the
   * dividers among them said.
   */
  | ({
      readonly kind: "jumped";
      readonly messages: number | null;
      readonly lost: Losses;
      readonly problems: number;
    } & Loadable)
  | {
      readonly kind: "gap";
      readonly reason: Exclude<TailFrames["gap"]["reason"], "lost">;
      readonly ranges: readonly OffsetRange[];
      readonly detail: string;
    }
  /** A trouble that passes by itself: reading goes on. */
  | { readonly kind: "problem"; readonly problem: ProblemError; readonly atMs: number };

/** What `listMessages` can still read, and how far that has come. */
interface Loadable {
  readonly ranges: readonly OffsetRange[];
  readonly loading: "no" | "yes" | "done" | ProblemError;
  /** How many messages were put before the divider. */
  readonly loaded: number;
}

export type LoadableDivider = Extract<Divider, { kind: "lost" | "jumped" }>;

export function isMessage(entry: TailEntry): entry is MessageRow {
  return Array.isArray(entry);
}

export function isDivider(entry: TailEntry): entry is Divider {
  return "kind" in entry;
}

export function isGap(entry: TailEntry): entry is GapRow {
  return "gap" in entry;
}

export function totalOf(losses: Losses): number {
  let total = 0;
  for (const count of Object.values(losses)) total += count ?? 0;
  return total;
}
