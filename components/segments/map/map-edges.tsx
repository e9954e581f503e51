import { cn } from "#components/ui/cn.ts";
import type { Edge } from "./edges.ts";
import { LABEL_GAP_PX, type PlacedLabel, placeLabels, textWidth } from "./labels.ts";

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
  const { words, labels } = edgeLabels(edges, trackPx);
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
            style={{ left: `${(100 * x) / trackPx}%`, top: lineTop(rows, label) }}
          >
            {label !== undefined && (
              <span className="absolute whitespace-nowrap font-medium text-11 text-ink-2" style={besideLine(label)}>
                {words.get(key)}
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}

/** A line begins beside its label, or below it. */
function lineTop(rows: number, label: PlacedLabel | undefined): number {
  const above = label?.side === "under" ? 0 : 1;
  return (rows - above - (label?.row ?? 0)) * ROW_PX;
}

/** The text is narrower than the room it was given: it stands next to its line. */
function besideLine({ side, left, x }: PlacedLabel): React.CSSProperties {
  if (side === "left") return { top: 0, right: LABEL_GAP_PX - 1 };
  return side === "right" ? { top: 0, left: LABEL_GAP_PX - 2 } : { top: -ROW_PX, left: left - x };
}

/** With what the edges mean where that finds room, else with their names. */
function edgeLabels(edges: readonly Edge[], trackPx: number) {
  const inFull = new Set(trackPx < WIDE_PX ? [] : edges.map(({ key }) => key));
  for (;;) {
    const words = new Map(
      edges.map(({ key, name, meaning }) => [key, inFull.has(key) ? `${name} · ${meaning}` : name]),
    );
    const wanted = edges.map(({ key, x }) => ({ key, from: x, to: x, width: textWidth(words.get(key) ?? "") }));
    const labels = placeLabels(wanted, trackPx, MAX_ROWS);
    if (labels.length === edges.length || inFull.size === 0) return { words, labels };
    const without = edges.filter(({ key }) => !labels.some((label) => label.key === key) && inFull.has(key));
    if (without.length === 0) inFull.clear();
    for (const { key } of without) inFull.delete(key);
  }
}
