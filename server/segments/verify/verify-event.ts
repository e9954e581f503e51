import type { Damage } from "../damage.ts";
import type { Fenced } from "../partition-directory.ts";

/** What a verification tells, in this order: started, then progress and damage as they come, end. */
export type VerifyEvent =
  | { readonly kind: "started"; readonly segments: number; readonly bytes: number }
  | ({ readonly kind: "progress" } & VerifyProgress)
  | { readonly kind: "damage"; readonly damage: Damage }
  | ({ readonly kind: "end" } & VerifyEnd);

/** How far it is with one segment. */
export interface VerifyProgress {
  readonly baseOffset: bigint;
  /** Of this segment's log, up to now; so are the next three. */
  readonly bytes: number;
  readonly batches: number;
  readonly records: bigint;
  readonly indexEntries: number;
  /** Of all segments. */
  readonly bytesDone: number;
  readonly elapsedMs: number;
}

export interface VerifyEnd {
  /** stopped: the budget of findings was used up. */
  readonly how: "complete" | "stopped";
  /** Read to their ends. */
  readonly segments: number;
  readonly batches: number;
  readonly records: bigint;
  readonly indexEntries: number;
  readonly bytes: number;
  readonly findings: number;
  /** Segments that the broker deleted, compacted or cut while they were read. */
  readonly vanished: number;
  readonly elapsedMs: number;
}

/** What a verification's thread is started with. The caller has made sure that the log dir is the broker's. */
export interface VerifyTask {
  /** As this server sees it. */
  readonly logDir: string;
  readonly topic: string;
  readonly partition: number;
  /** The replica that is being filled for a move between log dirs. */
  readonly future: boolean;
  readonly bytesPerSecond: number;
}

/** What the thread says: an event, or that it couldn't go on. */
export type VerifyAnswer =
  | { readonly kind: "event"; readonly event: VerifyEvent }
  | { readonly kind: "failed"; readonly fenced: Fenced | null; readonly message: string };
