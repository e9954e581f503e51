import { cn } from "#components/ui/cn.ts";
import type { LagRow } from "./lag-rows.ts";

const THOUSAND = 1_000n;

/** A lag beside the largest: seen before it is read. Hatched where it is no lag that was ever worked off: nothing is committed. */
export function LagBar({
  row: { lag, level, remark },
  largest,
  remark: words,
}: {
  row: LagRow;
  largest: bigint;
  remark: { text: string; title: string } | null;
}) {
  const share = lag === null || largest === 0n ? 0 : Number((lag * THOUSAND) / largest) / 10;
  return (
    <span className="flex items-center gap-1.5" title={words?.title}>
      <span aria-hidden className="flex h-2.5 w-10 shrink-0">
        {lag !== null && lag > 0n && (
          <span
            className={cn(
              "h-full min-w-px",
              remark === "no-commit"
                ? "[background-image:repeating-linear-gradient(115deg,var(--warn-mark)_0_2px,transparent_2px_5px)]"
                : level === "crit"
                  ? "bg-crit-mark"
                  : level === "warn"
                    ? "bg-warn-mark"
                    : "bg-mark-2",
            )}
            style={{ width: `${share}%` }}
          />
        )}
      </span>
      {words !== null && words.text !== "" && <span className="min-w-0 truncate text-12 text-ink-3">{words.text}</span>}
    </span>
  );
}
