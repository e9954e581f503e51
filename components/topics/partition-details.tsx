"use client";
import type { Column } from "#components/ui/data-table-columns.ts";
import { LinkButton } from "#components/ui/link-button.tsx";
import { RowDetails } from "#components/ui/row-details.tsx";
import type { PartitionDetail } from "#lib/contracts/topics.ts";
import { segmentsHref, tailHref } from "#lib/hrefs.ts";

interface PartitionDetailsProps {
  cluster: string;
  topic: string;
  columns: readonly Column<PartitionDetail>[];
  /** Undefined before one was chosen, or when it is gone. */
  partition: PartitionDetail | undefined;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

const shownElsewhere = ["partition", "segments", "tail"];

/** Everything the table knows of one partition, and the ways on from it. */
export function PartitionDetails({ cluster, topic, partition, ...details }: PartitionDetailsProps) {
  if (partition === undefined) return null;
  const { partition: id } = partition;
  return (
    <RowDetails
      {...details}
      title={`Partition ${id}`}
      description={<span className="mono break-all">{topic}</span>}
      row={partition}
      without={shownElsewhere}
      actions={
        <>
          <LinkButton href={tailHref(cluster, { topics: topic, partitions: String(id) })}>Tail</LinkButton>
          <LinkButton href={segmentsHref(cluster, topic, id)}>Segments</LinkButton>
        </>
      }
    />
  );
}
