"use client";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { cn } from "#components/ui/cn.ts";
import { CopyTextButton } from "#components/ui/copy-button.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import type { SegmentList } from "#lib/contracts/segments.ts";
import { PartLine } from "./part-line.tsx";
import { runVerdict } from "./run-words.ts";
import type { VerificationRun } from "./verification-run.ts";
import { verifyReport } from "./verify-report.ts";

const tones = { sound: "bg-accent-bg", damage: "bg-crit-bg", unfinished: "bg-sunken" } as const;
const glyphs = { sound: "tick", damage: "octagon", unfinished: "dash" } as const;

/** How the last verification turned out, replica by replica; nothing before there was one. */
export function VerifyResult({ run, list }: { run: VerificationRun; list: SegmentList }) {
  const cluster = useCluster();
  const verdict = runVerdict(run);
  if (verdict === null) return null;
  const logDirOf = (broker: number) => {
    const access = list.replicas.find(({ role, brokerId }) => role !== "future" && brokerId === broker)?.access;
    return access?.state === "readable" ? access.logDir : null;
  };
  const begun = run.parts.filter(({ state }) => state.phase !== "idle");
  return (
    <section aria-label="Report" className={cn("rounded-2 px-3 py-2.5", tones[verdict.tone])}>
      <div role="status" className="grid grid-cols-[14px_minmax(0,1fr)] gap-x-2.5">
        <Glyph shape={glyphs[verdict.tone]} className="mt-[3px]" />
        <div className="min-w-0 text-pretty">
          <b>{verdict.title}</b>
          <p className="text-ink-2">{verdict.sentence}</p>
        </div>
      </div>
      <ul aria-label="By replica" className="mt-1 grid gap-1 pl-6 text-12 text-ink-2">
        {begun.map((part) => (
          <PartLine key={part.replica.brokerId} part={part} />
        ))}
      </ul>
      {begun.some(({ state }) => state.bytes !== null) && (
        <CopyTextButton
          text={() => verifyReport(run, { cluster: cluster.name, place: list, logDirOf })}
          label="Copy the report"
          tone="plain"
          className="mt-2 ml-6"
        />
      )}
    </section>
  );
}
