import type { SegmentList } from "#lib/contracts/segments.ts";
import { isReadable } from "../shown-replica.ts";
import {
  isUnderWay,
  noVerification,
  type Pace,
  paceOf,
  type Verification,
  type VerificationEvent,
  verificationAfter,
} from "./verification.ts";

/** A replica that is to be verified, as the page knows it. */
export interface ScopedReplica {
  readonly brokerId: number;
  readonly segments: number;
  readonly bytes: bigint;
}

/** What is verified, and what isn't: each replica of the partition is in one of the two. */
export interface VerificationScope {
  readonly replicas: readonly ScopedReplica[];
  /** Brokers whose replica isn't looked at: left out by choice, or not readable from here. */
  readonly leftOut: readonly number[];
}

export interface RunPart {
  readonly replica: ScopedReplica;
  /** Idle: its turn hasn't come, or never came. */
  readonly state: Verification;
}

/** Verifications of a partition's replicas, one after the other. */
export interface VerificationRun {
  readonly phase: "idle" | "running" | "over";
  readonly cancelled: boolean;
  readonly askedAtMs: number | null;
  readonly parts: readonly RunPart[];
  readonly leftOut: readonly number[];
}

export type RunEvent =
  | { readonly kind: "asked"; readonly atMs: number; readonly scope: VerificationScope }
  /** What broke off is tried once more; what the others came to stays. */
  | { readonly kind: "again" }
  | { readonly kind: "part"; readonly brokerId: number; readonly event: VerificationEvent }
  | { readonly kind: "cancelled" }
  | { readonly kind: "over" };

export const noRun: VerificationRun = { phase: "idle", cancelled: false, askedAtMs: null, parts: [], leftOut: [] };

/** What follows from what came. */
export function runAfter(run: VerificationRun, event: RunEvent): VerificationRun {
  switch (event.kind) {
    case "asked": {
      const { replicas, leftOut } = event.scope;
      const parts = replicas.map((replica) => ({ replica, state: noVerification }));
      return { phase: "running", cancelled: false, askedAtMs: event.atMs, parts, leftOut };
    }
    case "again":
      return { ...run, phase: "running", cancelled: false, parts: run.parts.map(retried) };
    case "part":
      return run.phase === "running" ? { ...run, parts: run.parts.map((part) => partAfter(part, event)) } : run;
    case "cancelled":
      if (run.phase !== "running") return run;
      return {
        ...run,
        phase: "over",
        cancelled: true,
        parts: run.parts.map(({ replica, state }) => ({ replica, state: verificationAfter(state, event) })),
      };
    case "over":
      return run.phase === "running" ? { ...run, phase: "over" } : run;
  }
}

function retried({ replica, state }: RunPart): RunPart {
  return { replica, state: state.phase === "broken" ? noVerification : state };
}

function partAfter(part: RunPart, { brokerId, event }: Extract<RunEvent, { kind: "part" }>): RunPart {
  if (part.replica.brokerId !== brokerId) return part;
  return { ...part, state: verificationAfter(part.state, event) };
}

/** The replica that is being read, or waits for its turn on the server; null between two of them, and when all is over. */
export function currentPart({ parts }: VerificationRun): RunPart | null {
  return parts.find(({ state }) => isUnderWay(state)) ?? null;
}

/** All replicas together: those that are over count with what was read of them. */
export function runPace(run: VerificationRun): Pace & { readonly bytes: bigint; readonly bytesDone: bigint } {
  let [bytes, bytesDone, elapsedMs] = [0n, 0n, 0];
  for (const { replica, state } of run.parts) {
    const isToCome = state.phase === "idle" || isUnderWay(state);
    bytes += isToCome ? (state.bytes ?? replica.bytes) : state.bytesDone;
    bytesDone += state.bytesDone;
    elapsedMs += state.elapsedMs;
  }
  return { ...paceOf({ bytes, bytesDone, elapsedMs }), bytes, bytesDone };
}

/**
 * The replicas that a verification is about.
 * @param only this broker's alone; null: every replica whose files can be read, the leader's first
 */
export function scopeOf({ replicas }: Pick<SegmentList, "replicas">, only: number | null): VerificationScope {
  const current = replicas.filter(({ role }) => role !== "future");
  const wanted = current.filter((one) => isReadable(one) && (only === null || one.brokerId === only));
  return {
    replicas: wanted.map(({ brokerId, segments }) => ({
      brokerId,
      segments: segments.length,
      bytes: segments.reduce((sum, { sizeBytes }) => sum + BigInt(sizeBytes), 0n),
    })),
    leftOut: current.filter((one) => !wanted.includes(one)).map(({ brokerId }) => brokerId),
  };
}
