const PERCENT = 100n;

/** How a value compares with the largest of its column: skew is seen before it is read. Decoration beside the number. */
export function ShareBar({ value, of }: { value: bigint | null; of: bigint }) {
  return (
    <span aria-hidden className="block h-1.5 w-full bg-line/60">
      {value !== null && of > 0n && (
        <span className="block h-full bg-mark-2" style={{ width: `${(value * PERCENT) / of}%` }} />
      )}
    </span>
  );
}
