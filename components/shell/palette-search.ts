export interface PaletteEntry {
  readonly id: string;
  readonly label: string;
  /** Further words it is found by. */
  readonly words?: string;
}

/** Entries that match, best first: the whole label, its start, the start of a word in it, anywhere in it. */
export function searchEntries<Entry extends PaletteEntry>(
  entries: readonly Entry[],
  query: string,
  limit: number,
): Entry[] {
  const terms = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (terms.length === 0) return entries.slice(0, limit);
  const ranked: { entry: Entry; score: number }[] = [];
  for (const entry of entries) {
    const score = scoreOf(entry, terms);
    if (score > 0) ranked.push({ entry, score });
  }
  // Array.sort is stable: equal scores keep the order they came in.
  ranked.sort((a, b) => b.score - a.score || a.entry.label.length - b.entry.label.length);
  return ranked.slice(0, limit).map(({ entry }) => entry);
}

/** 0 when a term is found nowhere. */
function scoreOf(entry: PaletteEntry, terms: readonly string[]): number {
  const label = entry.label.toLowerCase();
  let total = 0;
  for (const term of terms) {
    const at = label.indexOf(term);
    if (at === -1) {
      if (entry.words?.toLowerCase().includes(term) !== true) return 0;
      total += 1;
    } else if (label.length === term.length) total += 8;
    else if (at === 0) total += 6;
    else if (/[^a-z0-9]/.test(label[at - 1] ?? "")) total += 4;
    else total += 2;
  }
  return total;
}
