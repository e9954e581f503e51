import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { useZone } from "#components/preferences/preferences.tsx";
import { topicUrl } from "#components/topics/topic-url.ts";
import { DataTable } from "#components/ui/data-table.tsx";
import { Bytes } from "#components/ui/quantity.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import type { Retention } from "#lib/contracts/segments.ts";
import { formatCount, plural } from "#lib/format.ts";
import { segmentsHref } from "#lib/hrefs.ts";
import { compacts } from "../cleanup-policy.ts";
import { partitionColumns } from "./partition-columns.tsx";
import { replicaColumns } from "./replica-columns.tsx";
import type { Storage } from "./storage-model.ts";
import { type PartitionRow, partitionRows, type ReplicaRow, replicaRows, sortedBy } from "./storage-rows.ts";

interface StorageTableProps {
  cluster: string;
  topic: string;
  storage: Storage;
  retention: Retention | null;
  hot: ReadonlySet<number>;
}

/** Every partition or every replica, those with something to look into first, then by size. */
export function StorageTable({ cluster, topic, storage, retention, hot }: StorageTableProps) {
  const [{ storageBy, storageSort }, setUrl] = useQueryStates({
    storageBy: topicUrl.storageBy,
    storageSort: topicUrl.storageSort,
  });
  const zone = useZone();
  const isCompacted = compacts(retention);
  const partitions = useMemo(() => partitionRows(storage, hot, isCompacted), [storage, hot, isCompacted]);
  const replicas = useMemo(() => replicaRows(storage, isCompacted), [storage, isCompacted]);
  const columns = useMemo(
    () => ({
      partitions: partitionColumns(partitions, zone),
      replicas: replicaColumns(replicas, zone),
    }),
    [partitions, replicas, zone],
  );
  const hrefs = useMemo(
    () => ({
      partition: ({ partition }: PartitionRow) => segmentsHref(cluster, topic, partition),
      replica: ({ partition, brokerId }: ReplicaRow) =>
        segmentsHref(cluster, topic, partition, { broker: String(brokerId) }),
    }),
    [cluster, topic],
  );
  const { once, onDisk, frees, segments } = storage;
  const freed = <Bytes value={frees.bytes} atLeast={frees.isLowerBound && frees.bytes !== null} />;
  const shared = {
    sort: sortedBy(storageBy === "partition" ? partitions : replicas, storageSort),
    onSortChange: (next: typeof storageSort) => setUrl({ storageSort: next }),
    empty: "The topic has no partition.",
  };
  return (
    <section aria-labelledby="storage-where">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line-strong border-t px-gutter py-2">
        <h2 id="storage-where">Where it lies</h2>
        <span className="text-12 text-ink-3">
          {plural(partitions.length, "partition")} · {formatCount(replicas.length)} replicas · a row opens its segments
        </span>
        <SegmentedControl
          aria-label="One row for each"
          className="ml-auto"
          value={storageBy}
          onValueChange={(next) => setUrl({ storageBy: next })}
          options={[
            { value: "partition", label: "By partition" },
            { value: "replica", label: "By replica" },
          ]}
        />
      </div>
      {storageBy === "partition" ? (
        <DataTable
          {...shared}
          label={`Storage of ${topic} by partition`}
          columns={columns.partitions}
          rows={partitions}
          rowKey={partitionKey}
          rowHref={hrefs.partition}
          foot={{
            partition: "Sum",
            size: <Bytes value={once.bytes} atLeast={once.isLowerBound && once.bytes !== null} />,
            segments: formatCount(segments),
            frees: freed,
          }}
        />
      ) : (
        <DataTable
          {...shared}
          label={`Storage of ${topic} by replica`}
          columns={columns.replicas}
          rows={replicas}
          rowKey={replicaKey}
          rowHref={hrefs.replica}
          foot={{
            partition: "Sum",
            size: <Bytes value={onDisk.bytes} atLeast={onDisk.isLowerBound && onDisk.bytes !== null} />,
            frees: freed,
          }}
        />
      )}
    </section>
  );
}

const partitionKey = ({ partition }: PartitionRow) => String(partition);
const replicaKey = ({ partition, brokerId }: ReplicaRow) => `${partition} ${brokerId}`;
