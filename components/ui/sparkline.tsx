import { formatRate } from "#lib/format.ts";
import { sparklinePaths } from "./sparkline.ts";

const WIDTH = 104;
const HEIGHT = 20;

/** A line of the last minutes, from 0 up; steps without a reading are gaps. Its words: lowest, highest, now. */
export function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const { paths, last } = sparklinePaths(values, WIDTH, HEIGHT);
  const known = values.filter((value) => value !== null);
  const text =
    known.length === 0
      ? "no readings yet"
      : `between ${formatRate(Math.min(...known))} and ${formatRate(Math.max(...known))} a second`;
  return (
    <span title={text} className="inline-block align-middle">
      <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
        {paths.map((path) => (
          <path
            key={path}
            d={path}
            fill="none"
            stroke="var(--mark-2)"
            strokeWidth="1.2"
            strokeLinejoin="round"
            strokeLinecap="round"
          />
        ))}
        {last !== null && <circle cx={last.x} cy={last.y} r="1.8" fill="var(--ink)" />}
      </svg>
      <span className="sr-only">{text}</span>
    </span>
  );
}
