import { cn } from "./cn.ts";

/**
 * A silhouette for each state, so that colour is never alone.
 * octagon: offline, under min ISR, down. triangle: under-replicated, dropped. arrows: healing, waiting. ring: idle, empty.
 * dash: unknown. tick: as it should be. note: worth knowing.
 */
export type GlyphShape = "octagon" | "triangle" | "arrows" | "ring" | "dash" | "tick" | "note";

const shapes: Record<GlyphShape, React.ReactNode> = {
  octagon: (
    <>
      <path d="M4.3 0h5.4L14 4.3v5.4L9.7 14H4.3L0 9.7V4.3z" fill="var(--crit-mark)" />
      <path d="M4.6 4.6l4.8 4.8M9.4 4.6 4.6 9.4" stroke="var(--bg)" strokeWidth="1.7" strokeLinecap="round" />
    </>
  ),
  triangle: (
    <>
      <path
        d="M7 .6c.5 0 .9.2 1.1.7l5.7 10.3c.5.9-.1 1.9-1.1 1.9H1.3c-1 0-1.6-1-1.1-1.9L5.9 1.3C6.1.8 6.5.6 7 .6z"
        fill="var(--warn-mark)"
      />
      <path d="M7 4.8v3.4M7 10.6h.01" stroke="var(--bg)" strokeWidth="1.7" strokeLinecap="round" />
    </>
  ),
  arrows: (
    <g fill="none" stroke="var(--info-mark)" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round">
      <path d="M2 6.5a5 5 0 0 1 8.7-2.8L12 5M12 7.5a5 5 0 0 1-8.7 2.8L2 9" />
      <path d="M12.2 2v3.2H9M1.8 12V8.8H5" />
    </g>
  ),
  ring: <circle cx="7" cy="7" r="4.7" fill="none" stroke="var(--ink-3)" strokeWidth="1.6" strokeDasharray="2.4 2" />,
  dash: <path d="M3 7h8" stroke="var(--ink-3)" strokeWidth="1.7" strokeLinecap="round" />,
  tick: (
    <path
      d="m2.5 7.5 3 3 6-6.5"
      fill="none"
      stroke="var(--ink-2)"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  note: (
    <g fill="none" stroke="var(--ink-2)" strokeLinecap="round">
      <circle cx="7" cy="7" r="5.8" strokeWidth="1.4" />
      <path d="M7 6.5V10M7 4.2h.01" strokeWidth="1.5" />
    </g>
  ),
};

/** Decoration beside the word that says the same; give `label` only where no word stands beside it. */
export function Glyph({ shape, label, className }: { shape: GlyphShape; label?: string; className?: string }) {
  const drawing = shapes[shape];
  if (label === undefined) {
    return (
      <svg viewBox="0 0 14 14" className={cn("size-3.5", className)} aria-hidden>
        {drawing}
      </svg>
    );
  }
  return (
    <svg viewBox="0 0 14 14" className={cn("size-3.5", className)} role="img" aria-label={label}>
      {drawing}
    </svg>
  );
}
