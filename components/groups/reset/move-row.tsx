import { ArrowRight, CircleSlash, Minus, Plus, RotateCcw, SkipForward, Undo2 } from "lucide-react";
import { memo } from "react";
import { cn } from "#components/ui/cn.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { Offset, Unknown } from "#components/ui/quantity.tsx";
import { Td } from "#components/ui/table.tsx";
import type { PlannedMove } from "#lib/contracts/offset-resets.ts";
import { formatCount } from "#lib/format.ts";
import type { Zone } from "#lib/time.ts";
import { EditOffset } from "./edit-offset.tsx";
import { moveTime } from "./move-time.ts";
import { partitionKey } from "./plan-moves.ts";
import { differenceText, notesOf, skippedBy } from "./plan-words.ts";

const directions = {
  replay: { Icon: RotateCcw, word: "replays" },
  skip: { Icon: SkipForward, word: "skips" },
  "first-commit": { Icon: Plus, word: "first commit" },
  forget: { Icon: CircleSlash, word: "no commit" },
  restore: { Icon: Undo2, word: "same offset" },
  none: { Icon: Minus, word: "stays" },
} as const;

/** Columns that are left out on a small screen; on a middling one the table scrolls sideways. */
export const hiddenColumns = {
  time: "max-sm:hidden",
  now: "max-sm:hidden",
} as const;

/** Which partition it is stays in sight while the rest scrolls sideways. */
export const stickyCell = "max-[1399px]:sticky max-[1399px]:left-0 max-[1399px]:z-[1]";

interface MoveRowProps {
  index: number;
  /** A long note makes a row higher than others. */
  measure: (row: HTMLTableRowElement | null) => void;
  move: PlannedMove;
  /** What it holds since the plan was made; undefined: what the plan starts from. */
  held: string | null | undefined;
  zone: Zone;
  nowMs: number;
  onEdit: ((move: PlannedMove, offset: string | null | undefined) => void) | null;
}

/** One partition of a plan. */
export const MoveRow = memo(function MoveRow({ index, measure, move, held, zone, nowMs, onEdit }: MoveRowProps) {
  const { Icon, word } = directions[move.direction];
  const givenBack = move.direction === "first-commit" && move.flags.includes("restored");
  const skips = skippedBy(move) > 0n;
  const stays = move.direction === "none";
  const notes = notesOf(move);
  const difference = differenceText(move.difference);
  return (
    <tr
      ref={measure}
      data-index={index}
      aria-rowindex={index + 2}
      className={cn(
        skips ? "[&>td]:bg-crit-bg" : "[&>td]:bg-bg hover:[&>td]:bg-hover",
        stays && "[&>td]:text-ink-3",
        "[&>td]:h-row [&>td]:py-0",
      )}
    >
      <Td className={cn("mono", stickyCell)} title={partitionKey(move)}>
        {/* However long the topic's name is, which partition it is stays in sight. */}
        <span className="flex min-w-0">
          <span className="truncate">{move.topic}</span>
          <span>-{move.partition}</span>
        </span>
      </Td>
      <Td right className={hiddenColumns.now}>
        {move.from === null ? (
          <span className="inline-flex items-center gap-1.5 align-middle text-warn">
            <Glyph shape="triangle" />
            no commit
          </span>
        ) : (
          <Offset value={move.from} />
        )}
      </Td>
      <Td right className="pr-0">
        <span className="inline-flex items-center justify-end gap-0.5 align-middle">
          <NewOffset move={move} />
          {onEdit === null || move.flags.includes("unreadable") ? null : (
            <EditOffset move={move} onEdit={(offset) => onEdit(move, offset)} />
          )}
        </span>
      </Td>
      <Td right className={cn(skips && "font-semibold text-crit")}>
        {difference ?? <NotApplicable />}
      </Td>
      <Td>
        <span
          className={cn(
            "inline-flex items-center gap-1.5 align-middle",
            skips ? "font-semibold text-crit" : "text-ink-2",
          )}
        >
          <Icon aria-hidden className="size-3.5" strokeWidth={1.6} />
          {move.direction === "skip" && !skips ? "moves on" : givenBack ? "given back" : word}
        </span>
      </Td>
      <Td className={cn("truncate text-ink-2", hiddenColumns.time)}>
        {timeAt(move, "from", zone, nowMs)}
        <ArrowRight aria-label="to" className="mx-1 inline size-3 text-ink-3" strokeWidth={1.6} />
        {timeAt(move, "to", zone, nowMs)}
      </Td>
      <Td right>{move.lagAfter === null ? <Unknown /> : formatCount(move.lagAfter)}</Td>
      <Td className="whitespace-normal text-pretty text-ink-2 leading-[17px]">
        <span className="block py-1 empty:hidden">
          {held !== undefined && <span className="text-warn">{heldText(held)}</span>}
          {notes.map(({ text, tone }, place) => (
            <span key={text}>
              {(place > 0 || held !== undefined) && "; "}
              <span className={cn(tone === "crit" && "text-crit", tone === "warn" && "text-warn")}>{text}</span>
            </span>
          ))}
        </span>
      </Td>
    </tr>
  );
});

function NewOffset({ move }: { move: PlannedMove }) {
  if (move.direction === "forget") return <span className="text-ink-2">no commit</span>;
  if (move.to !== null) return <Offset value={move.to} />;
  return move.from === null ? <span className="text-ink-3">none</span> : <Offset value={move.from} />;
}

function NotApplicable() {
  return (
    <span className="text-ink-3">
      <span aria-hidden>—</span>
      <span className="sr-only">none</span>
    </span>
  );
}

/** There is no message yet at the high watermark: that is the end. */
function timeAt(move: PlannedMove, end: "from" | "to", zone: Zone, nowMs: number): string {
  if (move[end] !== null && move[end] === move.highWatermark) return "end";
  return moveTime(end === "from" ? move.fromTimestampMs : move.toTimestampMs, zone, nowMs);
}

function heldText(held: string | null | undefined): string {
  if (held === undefined) return "";
  return held === null ? "has no commit any more" : `now at ${formatCount(held)}`;
}
