import { DISK_CRIT_PERCENT, DISK_WARN_PERCENT } from "#lib/disk-fullness.ts";
import { cn } from "./cn.ts";

/** Used share of a disk, with a mark at 85 %. Hatched when it is from before the broker went away. */
export function DiskBar({
  percent,
  stale = false,
  className,
}: {
  percent: number | null;
  stale?: boolean;
  className?: string;
}) {
  return (
    <span aria-hidden className={cn("relative block h-2.5 w-full min-w-16", className)}>
      <span className="absolute inset-x-0 inset-y-[3px] bg-line" />
      {percent !== null && (
        <span
          className={cn(
            "absolute inset-y-[3px] left-0",
            stale
              ? "hatch"
              : percent >= DISK_CRIT_PERCENT
                ? "bg-crit-mark"
                : percent >= DISK_WARN_PERCENT
                  ? "bg-warn-mark"
                  : "bg-mark-2",
          )}
          style={{ width: `${percent}%` }}
        />
      )}
      <span className="absolute inset-y-0 w-px bg-ink-2" style={{ left: `${DISK_WARN_PERCENT}%` }} />
    </span>
  );
}
