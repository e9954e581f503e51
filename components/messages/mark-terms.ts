/** A stretch of a text: which of the terms it is, or null. */
export interface MarkedPiece {
  readonly text: string;
  readonly term: number | null;
}

/** More marks than this in one text help nobody. */
const MAX_MARKS = 500;

/**
 * Cuts a text where terms are found, whatever their case. Where two begin at one place the earlier term of the list wins;
 * marks never overlap.
 */
export function markTerms(text: string, terms: readonly string[]): readonly MarkedPiece[] {
  const wanted = terms.map((term) => term.toLowerCase());
  const lower = text.toLowerCase();
  // Some letters change their length with their case: places would shift.
  const searched = lower.length === text.length ? lower : text;
  const pieces: MarkedPiece[] = [];
  let from = 0;
  for (let marks = 0; marks < MAX_MARKS; marks++) {
    let at = -1;
    let found = -1;
    for (const [index, term] of wanted.entries()) {
      const place = term === "" ? -1 : searched.indexOf(term, from);
      if (place !== -1 && (at === -1 || place < at)) {
        at = place;
        found = index;
      }
    }
    const length = wanted[found]?.length;
    if (length === undefined) break;
    if (at > from) pieces.push({ text: text.slice(from, at), term: null });
    from = at + length;
    pieces.push({ text: text.slice(at, from), term: found });
  }
  if (from < text.length) pieces.push({ text: text.slice(from), term: null });
  return pieces;
}
