/** A log that steps down, and goes on. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 22 16" className="h-4 w-[22px]" fill="none" strokeLinecap="round" strokeWidth="2" aria-hidden>
      <path d="M1 3h6.5c4.5 0 3 10 7.5 10h6" stroke="var(--ink)" />
      <path d="M1 8h3.5M17.5 8H21" stroke="var(--accent)" />
    </svg>
  );
}
