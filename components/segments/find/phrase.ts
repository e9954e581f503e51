/** A sentence of which some words are more than text: offsets and bytes are set as such, names in mono. */
export type PhrasePart =
  | string
  /** An offset, or a byte's position: digits in groups. */
  | { readonly number: string }
  /** A timestamp in ms, in the zone on screen. */
  | { readonly time: string }
  | { readonly mono: string };
export type Phrase = readonly PhrasePart[];

/** As plain text, for tests and for a copy. @param timeText how a timestamp is written */
export function phraseText(phrase: Phrase, timeText: (timestampMs: string) => string = (ms) => ms): string {
  return phrase
    .map((part) =>
      typeof part === "string"
        ? part
        : "number" in part
          ? part.number
          : "time" in part
            ? timeText(part.time)
            : part.mono,
    )
    .join("");
}
