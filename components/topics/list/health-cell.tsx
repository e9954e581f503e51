import { IsrTicks } from "#components/ui/isr-ticks.tsx";
import { formatCount } from "#lib/format.ts";
import type { TopicRow } from "./topic-rows.ts";

/** Ticks, and the worst in words; on a phone the words alone. */
export function HealthCell({ topic }: { topic: TopicRow }) {
  const { inSync, partitionCount, replicationFactor, minInSync } = topic;
  return (
    <span className="flex items-center gap-2">
      <span className="max-md:hidden">
        <IsrTicks
          inSync={inSync}
          partitionCount={partitionCount}
          replicationFactor={replicationFactor}
          minInSync={minInSync}
        />
      </span>
      <HealthWords topic={topic} />
    </span>
  );
}

function HealthWords({ topic: { offline, underMinIsr, underReplicated, partitionCount } }: { topic: TopicRow }) {
  if (offline > 0) return <span className="text-12 text-crit">{formatCount(offline)} offline</span>;
  if (underMinIsr !== null && underMinIsr > 0) {
    return <span className="text-12 text-crit">{formatCount(underMinIsr)} under min</span>;
  }
  if (underReplicated > 0) {
    return (
      <span className="text-12 text-warn" title={`${underReplicated} of ${partitionCount} partitions miss a replica`}>
        {formatCount(underReplicated)} of {formatCount(partitionCount)}
        <span className="sr-only"> under-replicated</span>
      </span>
    );
  }
  return <span className="text-12 text-ink-3 md:sr-only">in sync</span>;
}
