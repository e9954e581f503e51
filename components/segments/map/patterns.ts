type Kind = "plain" | "due" | "dirty";
type Pattern = Readonly<Record<Kind, React.CSSProperties>>;

/** Side of the tile that the hatch repeats in. */
const TILE_PX = 7;

function patternOf(ink: string, quiet: string): Pattern {
  return {
    plain: { background: ink },
    // Goes at the next check. A tile, so that the hatch goes on over narrow bars: see `hatchAt`.
    due: {
      backgroundImage: `linear-gradient(-45deg, ${ink} 0 22%, transparent 22% 50%, ${ink} 50% 72%, transparent 72%)`,
      backgroundSize: `${TILE_PX}px ${TILE_PX}px`,
    },
    // Not yet cleaned: layers.
    dirty: { background: `repeating-linear-gradient(0deg, ${ink} 0 2px, ${quiet} 2px 4px)` },
  };
}

/** What a bar is filled with: by what is the matter with it, and by whether it is at rest, pointed at, or chosen. */
export const patterns = {
  rest: patternOf("var(--mark)", "var(--line)"),
  pointed: patternOf("var(--mark-2)", "var(--line)"),
  chosen: patternOf("var(--accent)", "var(--accent-line)"),
} as const satisfies Record<string, Pattern>;

/** Where a bar's part of the hatch begins, so that it is one over all bars of a track. */
export function hatchAt(leftPx: number): React.CSSProperties {
  return { backgroundPosition: `${-(leftPx % TILE_PX)}px 100%` };
}

/** A replica whose files can't be read. */
export const unreadPattern: React.CSSProperties = {
  background: "repeating-linear-gradient(115deg, var(--line-strong) 0 1px, transparent 1px 6px)",
  boxShadow: "inset 0 0 0 1px var(--line-strong)",
};
