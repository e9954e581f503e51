"use client";
import { useZone } from "#components/preferences/preferences.tsx";
import { Offset } from "#components/ui/quantity.tsx";
import { formatBytes } from "#lib/format.ts";
import type { MapScale } from "../segments-url.ts";
import { byteTicks, offsetTicks, type Tick } from "./axis-ticks.ts";
import type { Domain } from "./shares.ts";
import { timeTicks } from "./time-ticks.ts";

/** A label has this much room, at least. */
const LABEL_PX = { time: 92, offset: 104, size: 84 } as const;
const TICK_PX = { fine: 4, whole: 8 } as const;
/** Labels this near to an end begin or end there instead of standing in the middle of their tick. */
const END_SHARE = 0.04;

/** The ruler under the map. */
export function MapAxis({
  scale,
  domain,
  trackPx,
  nowMs,
}: {
  scale: MapScale;
  /** Null: there is nothing to measure by. */
  domain: Domain | null;
  trackPx: number;
  nowMs: bigint;
}) {
  const zone = useZone();
  if (domain === null) return <div aria-hidden className="mb-1 border-line-strong border-t" />;
  const labels = Math.max(2, Math.floor(trackPx / LABEL_PX[scale]));
  const isNow = scale === "time" && domain.to === nowMs;
  const ticks: Tick[] =
    scale === "time"
      ? timeTicks(domain, zone, labels)
      : scale === "offset"
        ? offsetTicks(domain, labels)
        : byteTicks(domain, labels);
  const path = ticks.map(({ share, size }) => `M${(share * 100).toFixed(3)} 0V${TICK_PX[size]}`).join("");
  const nowShare = (trackPx - LABEL_PX.time / 2) / trackPx;
  return (
    <div aria-hidden>
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" className="block h-2 w-full overflow-visible" aria-hidden>
        <path d={`M0 0H100${path}`} stroke="var(--line-strong)" vectorEffect="non-scaling-stroke" />
      </svg>
      <div className="relative h-[18px] text-11 text-ink-3 leading-4">
        {ticks.map(
          ({ share, label }) =>
            label !== null &&
            !(isNow && share > nowShare) && (
              <span
                key={share}
                className="absolute whitespace-nowrap"
                style={{ left: `${share * 100}%`, transform: shift(share) }}
              >
                {scale === "time" && label}
                {scale === "offset" && <Offset value={label} className="text-11" />}
                {scale === "size" && formatBytes(label)}
              </span>
            ),
        )}
        {isNow && <span className="absolute right-0">now</span>}
      </div>
    </div>
  );
}

function shift(share: number): string {
  if (share < END_SHARE) return "none";
  return share > 1 - END_SHARE ? "translateX(-100%)" : "translateX(-50%)";
}
