"use client";
import { Pause, Play, RotateCw } from "lucide-react";
import { usePreferences } from "#components/preferences/preferences.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Glyph, type GlyphShape } from "#components/ui/glyph.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { Unknown } from "#components/ui/quantity.tsx";
import { formatCount, formatRate } from "#lib/format.ts";
import type { TailSession } from "#lib/tail/tail-session.ts";
import { TailChart } from "./tail-chart.tsx";
import { lossReasonsText, type StatusWords, statusWords } from "./tail-words.ts";
import { useTailFigures, useTailStatus } from "./use-tail.ts";

const MEGABYTE = 1_000_000;

/** What the tail is doing, how much comes, how much of it is shown: always exact, always in sight. */
export function TailStrip({ session }: { session: TailSession }) {
  const figures = useTailFigures(session);
  return (
    <section
      aria-label="State of the tail"
      className="flex min-h-[60px] flex-none items-stretch border-line-strong border-y max-md:flex-wrap"
    >
      <div className="flex items-center gap-2.5 py-2 pr-4 pl-gutter max-md:w-full max-md:border-line max-md:border-b md:w-[348px] md:flex-none lg:w-[408px]">
        <StatePill session={session} />
        <MainButton session={session} />
      </div>
      <Figure label="In" value={rate(figures.inPerSecond)} unit="/s" />
      <Figure label="Matched" value={rate(figures.matchedPerSecond)} unit="/s" />
      <Figure label="Shown" value={rate(figures.shownPerSecond)} unit="/s" />
      <Figure
        label="Read"
        value={figures.bytesPerSecond === null ? null : megabytes(figures.bytesPerSecond)}
        unit="MB/s"
        className="max-lg:hidden"
      />
      <Figure
        label="Not shown"
        value={formatCount(figures.lostTotal)}
        className={figures.lostTotal > 0 ? "text-warn" : undefined}
        title={figures.lostTotal > 0 ? lossReasonsText(figures.lost) : "Every message that matched was sent"}
      />
      <div className="min-w-0 flex-1 border-line border-l pt-2 pr-gutter pb-1 pl-4 max-md:w-full max-md:flex-none max-md:border-t max-md:border-l-0 max-md:px-gutter max-lg:md:hidden">
        <TailChart history={figures.history} />
      </div>
    </section>
  );
}

const pillLooks: Record<StatusWords["look"], string> = {
  live: "border-accent-line bg-accent-bg text-accent",
  plain: "border-line-strong bg-sunken text-ink-2",
  warn: "border-warn-line bg-warn-bg text-warn",
  info: "border-info-line bg-info-bg text-info",
  crit: "border-crit-line bg-crit-bg text-crit",
};
const pillGlyphs: Partial<Record<StatusWords["look"], GlyphShape>> = { plain: "ring", info: "arrows", crit: "octagon" };

function StatePill({ session }: { session: TailSession }) {
  const figures = useTailFigures(session);
  const { title, why, look } = statusWords(useTailStatus(session), figures);
  const glyph = pillGlyphs[look];
  return (
    <p
      role="status"
      className={cn("flex h-[26px] min-w-0 items-center gap-1.5 rounded-full border px-2.5", pillLooks[look])}
    >
      {glyph !== undefined && <Glyph shape={glyph} className="size-3" />}
      {look === "warn" && <Pause aria-hidden className="size-3" strokeWidth={2} />}
      {look === "live" && <span aria-hidden className="size-2 rounded-full bg-accent" />}
      <b>{title}</b>
      {why !== "" && <span className="truncate">· {why}</span>}
    </p>
  );
}

function MainButton({ session }: { session: TailSession }) {
  const { connection, pause, resting } = useTailStatus(session);
  const { singleKeys } = usePreferences();
  const key = singleKeys && <Kbd className="max-md:hidden">Space</Kbd>;
  if (resting) return null;
  if (
    connection.kind === "ended" ||
    connection.kind === "failed" ||
    (connection.kind === "reconnecting" && pause === null)
  ) {
    return (
      <Button onClick={() => session.retry()}>
        <RotateCw aria-hidden strokeWidth={1.6} />
        {connection.kind === "ended" ? "Go on" : "Try now"}
      </Button>
    );
  }
  return pause === null ? (
    <Button onClick={() => session.pause("you")}>
      <Pause aria-hidden strokeWidth={1.6} />
      Pause {key}
    </Button>
  ) : (
    <Button onClick={() => session.resume()}>
      <Play aria-hidden strokeWidth={1.6} />
      Continue {key}
    </Button>
  );
}

interface FigureProps {
  label: string;
  /** Null: unknown. */
  value: string | null;
  unit?: string;
  title?: string;
  className?: string | undefined;
}

function Figure({ label, value, unit, title, className }: FigureProps) {
  return (
    <div
      title={title}
      className={cn(
        "min-w-[92px] whitespace-nowrap border-line border-l px-4 py-2 max-md:min-w-0 max-md:flex-1 max-md:border-l-0 max-md:px-3 max-md:py-1.5",
        className,
      )}
    >
      <div className="text-12 text-ink-2 max-md:text-11">{label}</div>
      <div className="font-strong text-[17px] leading-6 tracking-[-0.015em] max-md:text-[14px] max-md:leading-[18px]">
        {value === null ? <Unknown why="nothing is read just now" /> : value}
        {unit !== undefined && value !== null && (
          <span className="font-regular text-12 text-ink-3 tracking-normal">&nbsp;{unit}</span>
        )}
      </div>
    </div>
  );
}

function rate(perSecond: number | null): string | null {
  return perSecond === null ? null : formatRate(perSecond);
}

/** Three significant digits: 0.003, 2.91, 14.2. */
function megabytes(bytesPerSecond: number): string {
  const value = bytesPerSecond / MEGABYTE;
  if (value === 0) return "0";
  return value >= 10 ? value.toFixed(1) : value >= 0.1 ? value.toFixed(2) : value.toFixed(3);
}
