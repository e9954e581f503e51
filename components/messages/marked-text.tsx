import { markTerms } from "./mark-terms.ts";

const colours = [
  "bg-warn-bg shadow-[inset_0_-1.5px_0_var(--warn-mark)]",
  "bg-info-bg shadow-[inset_0_-1.5px_0_var(--info-mark)]",
  "bg-env-bg shadow-[inset_0_-1.5px_0_var(--env)]",
  "bg-accent-bg shadow-[inset_0_-1.5px_0_var(--accent)]",
  "bg-crit-bg shadow-[inset_0_-1.5px_0_var(--crit-mark)]",
] as const;

/** Text whose highlighted terms are marked, each in its own colour. Always text: nothing in it becomes markup. */
export function MarkedText({ text, terms = [] }: { text: string; terms?: readonly string[] | undefined }) {
  if (terms.length === 0) return text;
  return markTerms(text, terms).map(({ text: piece, term }, index) =>
    term === null ? (
      piece
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place
      <mark key={index} className={`text-ink ${colours[term % colours.length]}`}>
        {piece}
      </mark>
    ),
  );
}
