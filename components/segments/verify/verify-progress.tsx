"use client";
import { Button } from "#components/ui/button.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import type { Segment } from "#lib/contracts/segments.ts";
import { formatBytes, formatDuration } from "#lib/format.ts";
import { paceOf, type Verification } from "./verification.ts";
import { countsText } from "./verify-words.ts";

interface VerifyProgressProps {
  state: Verification;
  /** Of the replica that is verified, as the page knows them. */
  segments: readonly Segment[];
  onCancel: () => void;
}

/** How far a verification is. */
export function VerifyProgress({ state, segments, onCancel }: VerifyProgressProps) {
  const { permille, bytesPerSecond, leftMs } = paceOf(state);
  const place = segments.findIndex(({ baseOffset }) => baseOffset === state.baseOffset);
  return (
    <section aria-label="The verification" className="grid gap-2">
      <div className="flex items-start gap-3">
        <p role="status" className="flex min-w-0 flex-1 items-start gap-2 text-pretty">
          <Glyph shape="arrows" className="mt-[3px] shrink-0" />
          <span>
            <b>{headOf(state)}</b>
            {state.phase === "waiting" && (
              <span className="text-ink-2"> Another one runs on this server; this one begins when it has ended.</span>
            )}
          </span>
        </p>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
      {state.bytes !== null && permille !== null && (
        <>
          <div
            role="progressbar"
            aria-label="Bytes verified"
            aria-valuemin={0}
            aria-valuemax={1000}
            aria-valuenow={permille}
            aria-valuetext={`${formatBytes(state.bytesDone)} of ${formatBytes(state.bytes)}`}
            className="h-1.5 bg-line"
          >
            <div className="h-full bg-accent" style={{ width: `${permille / 10}%` }} />
          </div>
          <p>
            {`${formatBytes(state.bytesDone)} of ${formatBytes(state.bytes)}`}
            <span className="text-ink-2">
              {bytesPerSecond !== null && ` · ${formatBytes(bytesPerSecond)}/s`}
              {leftMs !== null && ` · about ${formatDuration((leftMs / 1_000n + 1n) * 1_000n)} left`}
            </span>
          </p>
          <p className="text-12 text-ink-2">
            {state.baseOffset !== null && place !== -1 && `Segment ${place + 1} of ${state.segments ?? "—"} · `}
            {countsText(state)}
          </p>
        </>
      )}
    </section>
  );
}

function headOf({ phase, brokerId }: Verification): string {
  if (phase === "opening") return "Asking for a verification.";
  if (phase === "waiting") return "Waiting for its turn.";
  return `Verifying broker ${brokerId ?? "—"}'s files.`;
}
