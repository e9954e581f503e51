import { cn } from "#components/ui/cn.ts";
import { Offset } from "#components/ui/quantity.tsx";
import type { Edge } from "./edges.ts";
import { LABEL_GAP_PX, type PlacedLabel, placeLabels, textWidth } from "./labels.ts";

const ROW_PX = 16;
/** Between the labels and the track. */
const TICK_PX = 4;
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
  const { inFull, labels } = edgeLabels(edges, trackPx);
  const rows = labels.reduce((most, { row }) => Math.max(most, row + 1), 0);
  return (
    <div className="relative" style={{ paddingTop: rows * ROW_PX + TICK_PX }}>
      {children}
      {edges.map((edge) => {
        const { key, x, look } = edge;
        const label = labels.find((placed) => placed.key === key);
        return (
          <div
            key={key}
            aria-hidden
            className={cn(
              "pointer-events-none absolute z-2",
              look !== "none" && "border-ink-2 border-l",
              look === "line" && "bottom-0",
              key.startsWith("retention") && "border-dashed",
            )}
            style={{ left: `${(100 * x) / trackPx}%`, ...extent(look, lineTop(rows, label), rows * ROW_PX + TICK_PX) }}
          >
            {label !== undefined && (
              <span
                className={cn(
                  "absolute whitespace-nowrap text-11",
                  look === "line" ? "font-medium text-ink-2" : "text-ink-3",
                )}
                style={besideLine(label)}
              >
                {edge.name}
                {edge.offset !== null && (
                  <>
                    {" "}
                    <Offset value={edge.offset} className="text-11" />
                  </>
                )}
                {inFull.has(key) && edge.meaning !== "" && ` · ${edge.meaning}`}
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

/** A tick ends above the track. */
function extent(look: Edge["look"], top: number, trackTop: number): React.CSSProperties {
  return look === "line" ? { top } : { top, height: trackTop - top };
}

function widthOf({ key, name, offset, meaning }: Edge, inFull: ReadonlySet<string>): number {
  // Digits of an offset are mono, and its groups stand apart.
  const digits = offset === null ? "" : ` ${"0".repeat(Math.ceil(offset.length * 1.2))}`;
  return textWidth(`${name}${digits}${inFull.has(key) && meaning !== "" ? ` · ${meaning}` : ""}`);
}

/** With what the edges mean where that finds room, else with their names. */
function edgeLabels(edges: readonly Edge[], trackPx: number) {
  const inFull = new Set(trackPx < WIDE_PX ? [] : edges.map(({ key }) => key));
  for (;;) {
    const wanted = edges.map((edge) => ({ key: edge.key, from: edge.x, to: edge.x, width: widthOf(edge, inFull) }));
    const labels = placeLabels(wanted, trackPx, MAX_ROWS);
    if (labels.length === edges.length || inFull.size === 0) return { inFull, labels };
    const without = edges.filter(({ key }) => !labels.some((label) => label.key === key) && inFull.has(key));
    if (without.length === 0) inFull.clear();
    for (const { key } of without) inFull.delete(key);
  }
}
