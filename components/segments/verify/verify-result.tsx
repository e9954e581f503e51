"use client";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { cn } from "#components/ui/cn.ts";
import { CopyTextButton } from "#components/ui/copy-button.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import type { SegmentList } from "#lib/contracts/segments.ts";
import { formatDuration } from "#lib/format.ts";
import type { Verification } from "./verification.ts";
import { verifyReport } from "./verify-report.ts";
import { countsText, verdictOf } from "./verify-words.ts";

const tones = { sound: "bg-accent-bg", damage: "bg-crit-bg", unfinished: "bg-sunken" } as const;
const glyphs = { sound: "tick", damage: "octagon", unfinished: "dash" } as const;

/** How the last verification turned out; nothing before there was one. */
export function VerifyResult({ state, list }: { state: Verification; list: SegmentList }) {
  const cluster = useCluster();
  const verdict = verdictOf(state);
  if (verdict === null) return null;
  const access = list.replicas.find(({ role, brokerId }) => role !== "future" && brokerId === state.brokerId)?.access;
  const logDir = access?.state === "readable" ? access.logDir : null;
  return (
    <section aria-label="Report" className={cn("rounded-2 px-3 py-2.5", tones[verdict.tone])}>
      <div role="status" className="grid grid-cols-[14px_minmax(0,1fr)] gap-x-2.5">
        <Glyph shape={glyphs[verdict.tone]} className="mt-[3px]" />
        <div className="min-w-0 text-pretty">
          <b>{verdict.title}</b>
          <p className="text-ink-2">{verdict.sentence}</p>
        </div>
      </div>
      {state.bytes !== null && (
        <div className="mt-1 pl-6">
          <p className="text-12 text-ink-2">
            {`Broker ${state.brokerId}: ${countsText(state)} · ${formatDuration(state.elapsedMs)}`}
          </p>
          <CopyTextButton
            text={() => verifyReport(state, { cluster: cluster.name, place: list, logDir })}
            label="Copy the report"
            tone="plain"
            className="mt-2"
          />
        </div>
      )}
    </section>
  );
}
