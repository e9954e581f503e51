/** A word that belongs to a place of a track. */
export interface WantedLabel {
  readonly key: string;
  /** In pixels of the track. */
  readonly x: number;
  readonly width: number;
}

export interface PlacedLabel {
  readonly key: string;
  /** 0 is the row next to the track. */
  readonly row: number;
  readonly side: "left" | "right";
  readonly left: number;
}

/** Between a mark and its words, and between the words of two marks. */
export const LABEL_GAP_PX = 8;

/**
 * Rows for labels, so that none covers another, and no line from a mark to its label crosses a third one's. What comes first is
 * placed first. Each is at the side of its mark where there is more room, if it can be.
 * @returns those that fit, in at most `maxRows` rows
 */
export function placeLabels(wanted: readonly WantedLabel[], trackPx: number, maxRows: number): PlacedLabel[] {
  const placed: (PlacedLabel & { readonly right: number })[] = [];
  /** How far each mark's line reaches; it stands in row 0 in any case. */
  const lines = new Map(wanted.map(({ key, x }) => [key, { x, row: 0 }]));
  for (const label of wanted) {
    const found = firstFree(label);
    if (found === null) continue;
    placed.push(found);
    lines.set(label.key, { x: label.x, row: found.row });
  }
  return placed.map(({ right: _, ...label }) => label);

  function firstFree({ key, x, width }: WantedLabel): (PlacedLabel & { readonly right: number }) | null {
    const sides = x > trackPx / 2 ? (["left", "right"] as const) : (["right", "left"] as const);
    for (let row = 0; row < maxRows; row++) {
      if (placed.some((other) => other.row < row && isWithin(x, other))) return null;
      for (const side of sides) {
        const left = side === "right" ? x + LABEL_GAP_PX : x - LABEL_GAP_PX - width;
        const right = left + width;
        if (left < 0 || right > trackPx) continue;
        const covers = placed.some(
          (other) => other.row === row && left < other.right + LABEL_GAP_PX && other.left < right + LABEL_GAP_PX,
        );
        if (covers) continue;
        const crossed = [...lines].some(
          ([line, { x: at, row: reach }]) => line !== key && reach >= row && isWithin(at, { left, right }),
        );
        if (!crossed) return { key, row, side, left, right };
      }
    }
    return null;
  }
}

function isWithin(x: number, { left, right }: { readonly left: number; readonly right: number }): boolean {
  return x > left - LABEL_GAP_PX / 2 && x < right + LABEL_GAP_PX / 2;
}

/** How wide text is about, in the interface's typeface at 12 px: enough, never too little. */
export function textWidth(text: string): number {
  return Math.ceil(text.length * 6.6) + 2;
}
