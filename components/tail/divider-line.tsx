"use client";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { Offset } from "#components/ui/quantity.tsx";
import type { GapRow, ProblemRow } from "#lib/contracts/message-row.ts";
import { ProblemError } from "#lib/problem.ts";
import type { Divider, LoadableDivider } from "#lib/tail/tail-entry.ts";
import type { PlacedPartition } from "#lib/tail/tail-positions.ts";
import { cellRole } from "./grid-roles.ts";
import { dividerWords, gapWords, partitionName, problemRowTitle } from "./tail-words.ts";

/** Offsets without a message: hatched, as everything that isn't there. */
export function GapLine({ row, partition }: { row: GapRow; partition: PlacedPartition | undefined }) {
  const { what, why } = gapWords(row);
  const [, from, to] = row.gap;
  return (
    <Line className="text-ink-2 [background-image:repeating-linear-gradient(115deg,var(--line)_0_1px,transparent_1px_7px)]">
      <span className="-ml-1.5 truncate bg-bg px-1.5">
        <b className="text-ink">Gap</b> · <span className="mono">{partitionName(partition)}</span> · {what}:{" "}
        <Offsets from={from} to={to} /> · {why}
      </span>
    </Line>
  );
}

/** A batch that could not be read. */
export function ProblemLine({ row, partition }: { row: ProblemRow; partition: PlacedPartition | undefined }) {
  const [, from, to] = row.problem;
  return (
    <Line className="bg-warn-bg text-ink">
      <Glyph shape="triangle" />
      <span className="truncate" title={row.detail}>
        <b>{problemRowTitle(row)}</b> · <span className="mono">{partitionName(partition)}</span> ·{" "}
        <Offsets from={from} to={to} /> · {row.detail}
      </span>
    </Line>
  );
}

interface DividerLineProps {
  divider: Divider;
  partitions: readonly PlacedPartition[];
  times: (ms: number) => string;
  onLoad: (divider: LoadableDivider) => void;
}

/** What the list doesn't show, and why. */
export function DividerLine({ divider, partitions, times, onLoad }: DividerLineProps) {
  const { glyph, title, text } = dividerWords(divider, partitions, times);
  const loadable = divider.kind === "lost" || divider.kind === "jumped" ? divider : null;
  const failed = loadable?.loading instanceof ProblemError ? loadable.loading : null;
  return (
    <Line
      className={cn(
        "border-y text-ink",
        glyph === "triangle" ? "border-warn-line bg-warn-bg" : "border-line-strong bg-sunken",
      )}
    >
      {glyph !== null && <Glyph shape={glyph} />}
      <span className="min-w-0 truncate" title={`${title} · ${text}`}>
        <b>{title}</b>
        {text !== "" && <span className="text-ink-2"> · {text}</span>}
        {failed !== null && <span className="text-crit"> · {failed.message}</span>}
      </span>
      <span className="flex-1" />
      {loadable !== null && loadable.loading !== "done" && loadable.ranges.length > 0 && (
        <Button
          tone="quiet"
          className="h-full px-1.5 text-accent hover:text-accent"
          pending={loadable.loading === "yes"}
          onClick={(event) => {
            event.stopPropagation();
            onLoad(loadable);
          }}
        >
          {loadable.loaded > 0 ? "Load more of them" : "Load these offsets"}
        </Button>
      )}
    </Line>
  );
}

function Offsets({ from, to }: { from: string; to: string }) {
  return (
    <>
      <Offset value={from} />
      {from !== to && (
        <>
          {" to "}
          <Offset value={to} />
        </>
      )}
    </>
  );
}

function Line({ className, children }: { className: string; children: React.ReactNode }) {
  return (
    <span
      {...cellRole}
      className={cn(
        "-mr-3 -ml-gutter col-span-full flex h-full min-w-0 items-center gap-2 whitespace-nowrap pr-3 pl-gutter font-sans text-12 tracking-normal",
        className,
      )}
    >
      {children}
    </span>
  );
}
