"use client";
import { useQueryState } from "nuqs";
import { DataTable } from "#components/ui/data-table.tsx";
import type { ChangedPartition } from "#lib/contracts/changes.ts";
import { formatCount, plural } from "#lib/format.ts";
import { parseAsSort } from "#lib/url-state.ts";
import { movedPartitionColumns } from "./moved-partition-columns.tsx";

const sortUrl = parseAsSort.withDefault({ id: "partition", desc: false });
const rowKey = ({ topic, partition }: ChangedPartition) => `${topic}-${partition}`;

/** What a change of offsets did, partition by partition. */
export function MovedPartitions({ partitions }: { partitions: readonly ChangedPartition[] }) {
  const [sort, setSort] = useQueryState("sort", sortUrl);
  const unmoved = partitions.filter(({ outcome }) => outcome !== "moved").length;
  return (
    <section aria-labelledby="moved">
      <div className="flex min-h-11 flex-wrap items-baseline gap-x-3 px-gutter pt-3 pb-1.5">
        <h2 id="moved">By partition</h2>
        <span className="text-ink-2">
          {plural(partitions.length, "partition")}
          {unmoved > 0 && `, ${formatCount(unmoved)} of them not known to be moved`}
        </span>
      </div>
      <DataTable
        label="Partitions of the change"
        columns={movedPartitionColumns}
        rows={partitions}
        rowKey={rowKey}
        sort={sort}
        onSortChange={setSort}
      />
    </section>
  );
}
