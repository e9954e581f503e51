import type { Column } from "#components/ui/data-table-columns.ts";
import { Bytes, Duration, Unknown } from "#components/ui/quantity.tsx";
import { SkeletonBar } from "#components/ui/skeleton.tsx";
import { Sparkline } from "#components/ui/sparkline.tsx";
import { formatBytes, formatCount, formatRate } from "#lib/format.ts";
import { HealthCell } from "./health-cell.tsx";
import { troubleOf } from "./topic-filter.ts";
import type { TopicRow } from "./topic-rows.ts";

/** The columns of the list, in their order; those that decide stay on a phone. */
export const topicColumns: readonly Column<TopicRow>[] = [
  { id: "name", header: "Topic", width: "auto", sortValue: ({ name }) => name, cell: ({ name }) => name },
  {
    id: "health",
    header: "In sync, by partition",
    headerShort: "In sync",
    headerTitle:
      "One tick per partition, as high as its share of replicas in sync. Above 24 partitions a tick is the worst of a few.",
    width: "min(226px, 27vw)",
    sortValue: troubleOf,
    descendingFirst: true,
    cell: (topic) => <HealthCell topic={topic} />,
  },
  {
    id: "partitions",
    header: "Partitions",
    width: 88,
    align: "right",
    sortValue: ({ partitionCount }) => partitionCount,
    descendingFirst: true,
    cell: ({ partitionCount }) => formatCount(partitionCount),
    hideBelow: "lg",
  },
  {
    id: "replication",
    header: "RF",
    headerTitle: "Replication factor",
    width: 52,
    align: "right",
    sortValue: ({ replicationFactor }) => replicationFactor,
    descendingFirst: true,
    cell: ({ replicationFactor }) => replicationFactor,
    hideBelow: "xl",
  },
  {
    id: "messages",
    header: "Messages",
    headerTitle:
      "High watermark − log start offset, all partitions. At most so many: where producers use transactions, markers and aborted messages count too, and the list can't tell where they do. ≤ marks topics where compaction leaves gaps.",
    width: 136,
    align: "right",
    sortValue: ({ messages }) => messages,
    descendingFirst: true,
    cell: (topic) => <MessagesCell topic={topic} />,
    hideBelow: "md",
  },
  {
    id: "size",
    header: "Size",
    headerTitle: "Bytes on disk, all replicas; ≥ where some lie on a broker that did not answer",
    width: 96,
    align: "right",
    sortValue: ({ sizeBytes }) => sizeBytes ?? null,
    descendingFirst: true,
    cell: ({ sizeBytes, sizeIsLowerBound }) =>
      sizeBytes === undefined ? <SkeletonBar /> : <Bytes value={sizeBytes} atLeast={sizeIsLowerBound} />,
    hideBelow: "md",
  },
  {
    id: "rate",
    header: "In/s",
    headerTitle: "Messages written a second, over the last five seconds",
    width: 76,
    align: "right",
    sortValue: ({ rate }) => rate ?? null,
    descendingFirst: true,
    cell: ({ rate }) =>
      rate === undefined ? (
        <SkeletonBar className="w-6" />
      ) : rate === null ? (
        <Unknown />
      ) : (
        <span className={rate === 0 ? "text-ink-3" : undefined}>{formatRate(rate)}</span>
      ),
  },
  {
    id: "trend",
    header: "Last minutes",
    headerTitle: "Messages written a second, each topic on its own scale from 0",
    width: 124,
    cell: ({ rates }) =>
      rates === undefined ? (
        <SkeletonBar className="w-20" />
      ) : rates === null ? (
        <Unknown />
      ) : (
        <Sparkline values={rates} />
      ),
    hideBelow: "xl",
  },
  {
    id: "policy",
    header: "cleanup.policy",
    width: 126,
    sortValue: ({ cleanupPolicy }) => cleanupPolicy ?? null,
    cell: ({ cleanupPolicy }) =>
      cleanupPolicy === undefined ? (
        <SkeletonBar />
      ) : cleanupPolicy === null ? (
        <Unknown />
      ) : cleanupPolicy === "" ? (
        <span className="text-ink-3" title="cleanup.policy is empty: nothing is deleted or compacted">
          none
        </span>
      ) : (
        <span className="mono text-ink-2">{cleanupPolicy}</span>
      ),
    hideBelow: "lg",
  },
  {
    id: "retention",
    header: "Retention",
    headerTitle: "retention.ms, and retention.bytes by partition where it is set",
    width: 118,
    align: "right",
    sortValue: ({ retentionMs, cleanupPolicy }) => retentionOrder(retentionMs, cleanupPolicy),
    descendingFirst: true,
    cell: (topic) => <RetentionCell topic={topic} />,
    hideBelow: "lg",
  },
];

function MessagesCell({ topic: { messages, messagesAreUpperBound } }: { topic: TopicRow }) {
  if (messages === null) return <Unknown why="not all partitions' offsets could be read" />;
  if (!messagesAreUpperBound || messages === 0n) return formatCount(messages);
  return (
    <span title="At most: compaction has removed some of them">
      <span className="text-ink-3">
        <span aria-hidden>≤ </span>
        <span className="sr-only">at most </span>
      </span>
      {formatCount(messages)}
    </span>
  );
}

function RetentionCell({ topic: { retentionMs, retentionBytes, cleanupPolicy } }: { topic: TopicRow }) {
  if (retentionMs === undefined) return <SkeletonBar className="w-8" />;
  if (retentionMs === null) return <Unknown />;
  if (cleanupPolicy === "compact" || cleanupPolicy === "") {
    return (
      <span
        className="text-ink-3"
        title={`cleanup.policy is ${cleanupPolicy || "empty"}: retention.ms deletes nothing`}
      >
        none
      </span>
    );
  }
  const bytes = retentionBytes !== null && retentionBytes !== undefined && retentionBytes >= 0n ? retentionBytes : null;
  const title = `retention.ms = ${retentionMs}, retention.bytes = ${retentionBytes}`;
  return (
    <span title={title}>
      {retentionMs < 0n ? bytes === null && <span className="text-ink-2">forever</span> : <Duration ms={retentionMs} />}
      {bytes !== null && (
        <span className="text-ink-2">
          {retentionMs >= 0n && " · "}
          {formatBytes(bytes)}
        </span>
      )}
    </span>
  );
}

/** Forever is longer than any number of days; where nothing is deleted by age, last. */
function retentionOrder(
  retentionMs: bigint | null | undefined,
  cleanupPolicy: string | null | undefined,
): bigint | null {
  if (retentionMs === null || retentionMs === undefined) return null;
  if (cleanupPolicy === "compact" || cleanupPolicy === "") return null;
  return retentionMs < 0n ? 2n ** 63n : retentionMs;
}
