import { isrTicks } from "./isr-ticks.ts";

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
      {ticks.map((tick, index) => {
        const x = index * STEP;
        const height = Math.round(tick.share * HEIGHT);
        const key = `${index}`;
        if (tick.state === "full") return <rect key={key} x={x} width={TICK} height={HEIGHT} fill="var(--mark)" />;
        if (tick.state === "offline") {
          return (
            <g key={key}>
              <rect x={x} width={TICK} height={9} fill="var(--crit-bg)" />
              <path d={`M${x} 10l3 3m0-3l-3 3`} stroke="var(--crit-mark)" strokeWidth="1.2" />
            </g>
          );
        }
        return (
          <g key={key}>
            <rect x={x} width={TICK} height={HEIGHT} fill="var(--line)" />
            <rect
              x={x}
              y={HEIGHT - height}
              width={TICK}
              height={height}
              fill={tick.state === "under-min" ? "var(--crit-mark)" : "var(--warn-mark)"}
            />
          </g>
        );
      })}
    </svg>
  );
}
