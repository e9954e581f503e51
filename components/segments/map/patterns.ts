type Pattern = Readonly<Record<"plain" | "due" | "dirty", React.CSSProperties>>;

function patternOf(ink: string, quiet: string): Pattern {
  return {
    plain: { background: ink },
    // Goes at the next check.
    due: { background: `repeating-linear-gradient(115deg, ${ink} 0 2px, transparent 2px 5px)` },
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

/** A replica whose files can't be read. */
export const unreadPattern: React.CSSProperties = {
  background: "repeating-linear-gradient(115deg, var(--line-strong) 0 1px, transparent 1px 6px)",
  boxShadow: "inset 0 0 0 1px var(--line-strong)",
};
