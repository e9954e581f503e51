import { isrTicks, type Tick } from "./isr-ticks.ts";

interface IsrTicksProps {
  /** Replicas in sync, by partition. Undefined: all of them, everywhere. */
  inSync: readonly number[] | undefined;
  partitionCount: number;
  replicationFactor: number;
  /** Below it, acks=all is refused; null when unknown. */
  minInSync: number | null;
}

const TICK = 3;
const STEP = 5;
const HEIGHT = 14;

/** One tick per partition, as high as its share of replicas in sync. Decoration: the words beside it say the same. */
export function IsrTicks({ inSync, partitionCount, replicationFactor, minInSync }: IsrTicksProps) {
  const ticks = isrTicks({ inSync, partitionCount, replicationFactor, minInSync });
  const width = Math.max(0, ticks.length * STEP - (STEP - TICK));
  return (
    <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden>
      {layers.map(({ states, color, draw, stroke }) => {
        const path = ticks
          .map((tick, index) => (states.includes(tick.state) ? draw(index * STEP, tick.share) : ""))
          .join("");
        if (path === "") return null;
        return stroke === true ? (
          <path key={`${color} stroke`} d={path} stroke={color} strokeWidth="1.2" fill="none" />
        ) : (
          <path key={color} d={path} fill={color} />
        );
      })}
    </svg>
  );
}

interface Layer {
  readonly states: readonly Tick["state"][];
  readonly color: string;
  readonly draw: (x: number, share: number) => string;
  readonly stroke?: boolean;
}

/** One path a colour, whatever the number of ticks: a long list holds a thousand of them. */
const layers: readonly Layer[] = [
  { states: ["full"], color: "var(--mark)", draw: (x) => bar(x, HEIGHT) },
  { states: ["missing", "under-min"], color: "var(--line)", draw: (x) => bar(x, HEIGHT) },
  { states: ["missing"], color: "var(--warn-mark)", draw: (x, share) => bar(x, Math.round(share * HEIGHT)) },
  { states: ["under-min"], color: "var(--crit-mark)", draw: (x, share) => bar(x, Math.round(share * HEIGHT)) },
  { states: ["offline"], color: "var(--crit-bg)", draw: (x) => `M${x} 0h${TICK}v9h-${TICK}z` },
  { states: ["offline"], color: "var(--crit-mark)", draw: (x) => `M${x} 10l3 3m0-3l-3 3`, stroke: true },
];

/** Stands on the ground line. */
function bar(x: number, height: number): string {
  return `M${x} ${HEIGHT - height}h${TICK}v${height}h-${TICK}z`;
}
