/** A word that belongs to a place of a track, or to a few that are close together. In pixels of the track. */
export interface WantedLabel {
  readonly key: string;
  readonly from: number;
  /** Equal to `from` for a single place. */
  readonly to: number;
  readonly width: number;
}

export interface PlacedLabel {
  readonly key: string;
  /** 0 is the row next to the track. */
  readonly row: number;
  /** Beside its line, or at the line's end where there is no room beside it. */
  readonly side: "left" | "right" | "under";
  /** Where its line stands: at the side of its marks that it is on. */
  readonly x: number;
  readonly left: number;
}

/** Between a mark and its words, and between the words of two marks. */
export const LABEL_GAP_PX = 8;

interface Interval {
  readonly left: number;
  readonly right: number;
}

/**
 * Rows for labels, so that none covers another or a mark, and no line from a mark to its label crosses a third one's. What comes
 * first is placed first, on the side where there is more room if that can be.
 * @returns those that fit, in at most `maxRows` rows
 */
export function placeLabels(wanted: readonly WantedLabel[], trackPx: number, maxRows: number): PlacedLabel[] {
  const placed: (PlacedLabel & Interval)[] = [];
  for (const label of wanted) {
    const found = firstFree(label);
    if (found !== null) placed.push(found);
  }
  return placed.map(({ right: _, ...label }) => label);

  function firstFree(label: WantedLabel): (PlacedLabel & Interval) | null {
    const middle = (label.from + label.to) / 2;
    for (const side of middle > trackPx / 2 ? fromTheRight : fromTheLeft) {
      const x = side === "right" ? label.to : label.from;
      const left = leftOf(side, x, label.width);
      const right = left + label.width;
      if (left < 0 || right > trackPx) continue;
      for (let row = side === "under" ? 1 : 0; row < maxRows; row++) {
        // Its own line goes through every row before.
        if (placed.some((other) => other.row < row && isWithin(x, other))) break;
        if (isFree({ left, right }, row, label.key)) return { key: label.key, row, side, x, left, right };
      }
    }
    return null;
  }

  function leftOf(side: PlacedLabel["side"], x: number, width: number): number {
    if (side === "right") return x + LABEL_GAP_PX;
    return side === "left" ? x - LABEL_GAP_PX - width : Math.max(0, Math.min(trackPx - width, x - width / 2));
  }

  function isFree(room: Interval, row: number, key: string): boolean {
    const covers = placed.some(
      (other) => other.row === row && room.left < other.right + LABEL_GAP_PX && other.left < room.right + LABEL_GAP_PX,
    );
    const crossed = placed.some((other) => other.row >= row && isWithin(other.x, room));
    const onMarks =
      row === 0 &&
      wanted.some(
        ({ key: other, from, to }) =>
          other !== key && from < room.right + LABEL_GAP_PX / 2 && to > room.left - LABEL_GAP_PX / 2,
      );
    return !covers && !crossed && !onMarks;
  }
}

const fromTheRight = ["left", "right", "under"] as const;
const fromTheLeft = ["right", "left", "under"] as const;

function isWithin(x: number, { left, right }: Interval): boolean {
  return x > left - LABEL_GAP_PX / 2 && x < right + LABEL_GAP_PX / 2;
}

/** How wide text is about, in the interface's typeface at 12 px: enough, never too little. */
export function textWidth(text: string): number {
  return Math.ceil(text.length * 6.6) + 2;
}
