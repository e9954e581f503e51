import { cn } from "#components/ui/cn.ts";
import type { Edge } from "./edges.ts";
import { LABEL_GAP_PX, placeLabels, textWidth } from "./labels.ts";

const ROW_PX = 16;
const MAX_ROWS = 4;
/** Below this there is room for an edge's name, not for what it means. */
const WIDE_PX = 620;

/** Lines across a lane, with their words above it. `children` is the lane's track. */
export function MapEdges({
  edges,
  trackPx,
  children,
}: {
  edges: readonly Edge[];
  trackPx: number;
  children: React.ReactNode;
}) {
  const words = new Map(
    edges.map(({ key, name, meaning }) => [key, trackPx < WIDE_PX ? name : `${name} · ${meaning}`]),
  );
  const labels = placeLabels(
    edges.map(({ key, x }) => ({ key, x, width: textWidth(words.get(key) ?? "") })),
    trackPx,
    MAX_ROWS,
  );
  const rows = labels.reduce((most, { row }) => Math.max(most, row + 1), 0);
  return (
    <div className="relative" style={{ paddingTop: rows * ROW_PX + 4 }}>
      {children}
      {edges.map(({ key, x }) => {
        const label = labels.find((placed) => placed.key === key);
        return (
          <div
            key={key}
            aria-hidden
            className={cn(
              "pointer-events-none absolute bottom-0 z-2 border-ink-2 border-l",
              key.startsWith("retention") && "border-dashed",
            )}
            style={{ left: `${(100 * x) / trackPx}%`, top: (rows - 1 - (label?.row ?? 0)) * ROW_PX }}
          >
            {label !== undefined && (
              <span
                className={cn(
                  "absolute top-0 whitespace-nowrap font-medium text-11 text-ink-2",
                  label.side === "left" ? "text-right" : "text-left",
                )}
                style={label.side === "left" ? { right: LABEL_GAP_PX - 1 } : { left: LABEL_GAP_PX - 2 }}
              >
                {words.get(key)}
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}
