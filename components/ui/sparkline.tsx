import { formatRate } from "#lib/format.ts";
import { sparklinePaths } from "./sparkline.ts";

const WIDTH = 104;
const HEIGHT = 20;

interface SparklineProps {
  values: readonly (number | null)[];
  /** The same in words. Left out: the values are messages a second, and the words are the lowest and highest. */
  text?: string;
}

/** A line of the last minutes, from 0 up; steps without a reading are gaps. */
export function Sparkline({ values, text: given }: SparklineProps) {
  const { paths, last } = sparklinePaths(values, WIDTH, HEIGHT);
  const text = given ?? rangeText(values.filter((value) => value !== null));
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

function rangeText(rates: readonly number[]): string {
  if (rates.length === 0) return "no readings yet";
  return `between ${formatRate(Math.min(...rates))} and ${formatRate(Math.max(...rates))} a second`;
}
