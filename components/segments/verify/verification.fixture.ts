import type { SegmentDamage } from "#lib/contracts/segments.ts";
import type { VerifyFrame } from "#lib/contracts/verifications.ts";
import { noRun, type RunEvent, runAfter, type VerificationRun } from "./verification-run.ts";

export const flipped: SegmentDamage = {
  file: "00000000000000000000.log",
  position: "606657",
  kind: "crc",
  detail: "It is wrong.",
};
export const gone: SegmentDamage = {
  file: "00000000000000000100.log",
  position: null,
  kind: "vanished",
  detail: "It went away.",
};

export const damage = (one: SegmentDamage): VerifyFrame => ({ frame: "damage", damage: one });
export const end = (rest: Partial<Extract<VerifyFrame, { frame: "end" }>> = {}): VerifyFrame => ({
  frame: "end",
  how: "complete",
  segments: 2,
  batches: 900,
  records: "18000",
  indexEntries: 1_426,
  bytes: "3072",
  findings: 0,
  vanished: 0,
  elapsedMs: 2_500,
  ...rest,
});

const ASKED_MS = 1_795_141_200_000;

/** A run over these brokers, as far as these went: the frames of each in turn, after it has begun. */
export function aRun(
  brokers: readonly number[],
  leftOut: readonly number[],
  ...frames: readonly (readonly VerifyFrame[])[]
): VerificationRun {
  const replicas = brokers.map((brokerId) => ({ brokerId, segments: 2, bytes: 3_072n }));
  const events: RunEvent[] = [
    { kind: "asked", atMs: ASKED_MS, scope: { replicas, leftOut } },
    ...frames.flatMap((some, index): RunEvent[] => {
      const brokerId = brokers[index] ?? -1;
      const started: VerifyFrame = { frame: "started", brokerId, segments: 2, bytes: "3072" };
      return [
        { kind: "part", brokerId, event: { kind: "asked", atMs: ASKED_MS, brokerId } },
        ...[started, ...some].map((frame): RunEvent => ({ kind: "part", brokerId, event: { kind: "frame", frame } })),
      ];
    }),
  ];
  return events.reduce(runAfter, noRun);
}

export const over = (run: VerificationRun): VerificationRun => runAfter(run, { kind: "over" });
export const cancelled = (run: VerificationRun): VerificationRun => runAfter(run, { kind: "cancelled" });
