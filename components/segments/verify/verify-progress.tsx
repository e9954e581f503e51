"use client";
import { Button } from "#components/ui/button.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import type { SegmentList } from "#lib/contracts/segments.ts";
import { formatBytes, formatCount, formatDuration } from "#lib/format.ts";
import { PartLine } from "./part-line.tsx";
import { isUnderWay } from "./verification.ts";
import { currentPart, type RunPart, runPace, type VerificationRun } from "./verification-run.ts";
import { countsText } from "./verify-words.ts";

interface VerifyProgressProps {
  run: VerificationRun;
  list: SegmentList;
  onCancel: () => void;
}

/** How far a verification is, over all its replicas. */
export function VerifyProgress({ run, list, onCancel }: VerifyProgressProps) {
  const { permille, bytesPerSecond, leftMs, bytes, bytesDone } = runPace(run);
  const part = currentPart(run);
  const hasBegun = run.parts.some(({ state }) => state.bytes !== null);
  const over = run.parts.filter(({ state }) => state.phase !== "idle" && !isUnderWay(state));
  return (
    <section aria-label="The verification" className="grid gap-2">
      <div className="flex items-start gap-3">
        <p role="status" className="flex min-w-0 flex-1 items-start gap-2 text-pretty">
          <Glyph shape="arrows" className="mt-[3px] shrink-0" />
          <span>
            <b>{headOf(part)}</b>
            {part !== null && run.parts.length > 1 && (
              <span className="text-ink-2">{` Replica ${run.parts.indexOf(part) + 1} of ${run.parts.length}.`}</span>
            )}
            {part?.state.phase === "waiting" && (
              <span className="text-ink-2"> Another one runs on this server; this one goes on when it has ended.</span>
            )}
          </span>
        </p>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
      {hasBegun && permille !== null && (
        <>
          <div
            role="progressbar"
            aria-label="Bytes verified"
            aria-valuemin={0}
            aria-valuemax={1000}
            aria-valuenow={permille}
            aria-valuetext={`${formatBytes(bytesDone)} of ${formatBytes(bytes)}`}
            className="h-1.5 bg-line"
          >
            <div className="h-full bg-accent" style={{ width: `${permille / 10}%` }} />
          </div>
          <p>
            {`${formatBytes(bytesDone)} of ${formatBytes(bytes)}`}
            <span className="text-ink-2">
              {bytesPerSecond !== null && ` · ${formatBytes(bytesPerSecond)}/s`}
              {leftMs !== null && ` · about ${formatDuration((leftMs / 1_000n + 1n) * 1_000n)} left`}
            </span>
          </p>
          {part !== null && part.state.bytes !== null && (
            <p className="text-12 text-ink-2">
              {segmentText(part, list)}
              {countsText(part.state)}
            </p>
          )}
        </>
      )}
      {over.length > 0 && (
        <ul aria-label="Replicas that are done" className="grid gap-1 text-12 text-ink-2">
          {over.map((one) => (
            <PartLine key={one.replica.brokerId} part={one} />
          ))}
        </ul>
      )}
    </section>
  );
}

function headOf(part: RunPart | null): string {
  if (part === null) return "Going on with the next replica.";
  const { replica, state } = part;
  if (state.phase === "opening") return `Asking for a verification of broker ${replica.brokerId}'s files.`;
  if (state.phase === "waiting") return `Broker ${replica.brokerId}'s files wait for their turn.`;
  return `Verifying broker ${replica.brokerId}'s files.`;
}

function segmentText({ replica, state }: RunPart, { replicas }: SegmentList): string {
  const { segments = [] } =
    replicas.find(({ role, brokerId }) => role !== "future" && brokerId === replica.brokerId) ?? {};
  const place = segments.findIndex(({ baseOffset }) => baseOffset === state.baseOffset);
  if (place === -1) return "";
  return `Segment ${formatCount(place + 1)} of ${state.segments === null ? "—" : formatCount(state.segments)} · `;
}
