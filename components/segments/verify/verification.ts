import type { SegmentDamage } from "#lib/contracts/segments.ts";
import { MAX_FINDINGS, type VerifyFrame } from "#lib/contracts/verifications.ts";
import type { ProblemError } from "#lib/problem.ts";

/** What was read and counted. */
export interface Checked {
  readonly batches: number;
  readonly records: bigint;
  readonly indexEntries: number;
}

type Frame<Name extends VerifyFrame["frame"]> = Extract<VerifyFrame, { frame: Name }>;

/** A verification of one replica, as the page has followed it. */
export interface Verification {
  /** opening: asked for. waiting: another one is before it. broken: the stream ended without a word, or with a problem. */
  readonly phase: "idle" | "opening" | "waiting" | "running" | "ended" | "cancelled" | "broken";
  /** By this browser's clock; null before the first one. */
  readonly askedAtMs: number | null;
  /** Whose files it reads, whatever replica the page shows meanwhile. */
  readonly brokerId: number | null;
  /** Null until it has begun; so is the next. */
  readonly segments: number | null;
  readonly bytes: bigint | null;
  /** The segment that is read; null before the first word of one. */
  readonly baseOffset: string | null;
  readonly bytesDone: bigint;
  readonly elapsedMs: number;
  /** Of the segments before `baseOffset`. */
  readonly before: Checked;
  /** Of `baseOffset`, up to now. */
  readonly current: Checked;
  /** As they came, at most MAX_FINDINGS. */
  readonly findings: readonly SegmentDamage[];
  readonly end: Frame<"end"> | null;
  readonly problem: ProblemError | null;
}

export type VerificationEvent =
  | { readonly kind: "asked"; readonly atMs: number; readonly brokerId: number }
  | { readonly kind: "frame"; readonly frame: VerifyFrame }
  | { readonly kind: "cancelled" }
  | { readonly kind: "broken"; readonly problem: ProblemError };

const NOTHING: Checked = { batches: 0, records: 0n, indexEntries: 0 };

export const noVerification: Verification = {
  phase: "idle",
  askedAtMs: null,
  brokerId: null,
  segments: null,
  bytes: null,
  baseOffset: null,
  bytesDone: 0n,
  elapsedMs: 0,
  before: NOTHING,
  current: NOTHING,
  findings: [],
  end: null,
  problem: null,
};

export function isUnderWay({ phase }: Verification): boolean {
  return phase === "opening" || phase === "waiting" || phase === "running";
}

/** What follows from what came. What comes after its end is late, and changes nothing. */
export function verificationAfter(state: Verification, event: VerificationEvent): Verification {
  if (event.kind === "asked") {
    return { ...noVerification, phase: "opening", askedAtMs: event.atMs, brokerId: event.brokerId };
  }
  if (!isUnderWay(state)) return state;
  if (event.kind === "cancelled") return { ...state, phase: "cancelled" };
  if (event.kind === "broken") return { ...state, phase: "broken", problem: event.problem };
  const { frame } = event;
  switch (frame.frame) {
    case "waiting":
      return { ...state, phase: "waiting" };
    case "started": {
      const { brokerId, segments, bytes } = frame;
      return { ...state, phase: "running", brokerId, segments, bytes: BigInt(bytes) };
    }
    case "progress":
      return afterProgress(state, frame);
    case "damage":
      if (state.findings.length >= MAX_FINDINGS) return state;
      return { ...state, findings: [...state.findings, frame.damage] };
    case "end":
      return {
        ...state,
        phase: "ended",
        end: frame,
        bytesDone: BigInt(frame.bytes),
        elapsedMs: frame.elapsedMs,
        before: { batches: frame.batches, records: BigInt(frame.records), indexEntries: frame.indexEntries },
        current: NOTHING,
      };
  }
}

/** A word on another segment: what was counted of the one before is all there is of it. */
function afterProgress(state: Verification, frame: Frame<"progress">): Verification {
  const { baseOffset, batches, indexEntries, elapsedMs } = frame;
  return {
    ...state,
    baseOffset,
    bytesDone: BigInt(frame.bytesDone),
    elapsedMs,
    before: state.baseOffset === baseOffset ? state.before : checkedSoFar(state),
    current: { batches, records: BigInt(frame.records), indexEntries },
  };
}

export function checkedSoFar({ before, current }: Verification): Checked {
  return {
    batches: before.batches + current.batches,
    records: before.records + current.records,
    indexEntries: before.indexEntries + current.indexEntries,
  };
}

/** Sooner than this, a rate says nothing. */
const RATE_AFTER_MS = 1_000;
const PERMILLE = 1_000n;

export interface Pace {
  /** 0 to 1000; null while it isn't known how much there is. */
  readonly permille: number | null;
  /** Null at the beginning. */
  readonly bytesPerSecond: bigint | null;
  /** Null while there is no rate. */
  readonly leftMs: bigint | null;
}

/** How far it is, how fast, and for how long still, if it goes on as so far. */
export function paceOf({ bytes, bytesDone, elapsedMs }: Pick<Verification, "bytes" | "bytesDone" | "elapsedMs">): Pace {
  const permille = bytes === null ? null : bytes === 0n ? 1_000 : Number((least(bytesDone, bytes) * PERMILLE) / bytes);
  if (elapsedMs < RATE_AFTER_MS || bytesDone === 0n || bytes === null) {
    return { permille, bytesPerSecond: null, leftMs: null };
  }
  const elapsed = BigInt(elapsedMs);
  const left = bytes > bytesDone ? bytes - bytesDone : 0n;
  return { permille, bytesPerSecond: (bytesDone * 1_000n) / elapsed, leftMs: (left * elapsed) / bytesDone };
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
