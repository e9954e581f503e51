"use client";
import type { Column } from "#components/ui/data-table-columns.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import type { PartitionDetail } from "#lib/contracts/topics.ts";

interface PartitionDetailsProps {
  topic: string;
  /** Those of the table: a narrow window has no room for all of them. */
  columns: readonly Column<PartitionDetail>[];
  /** Undefined before one was chosen, or when it is gone. */
  partition: PartitionDetail | undefined;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Everything the table knows of one partition, a value a line, with what each number is. */
export function PartitionDetails({ topic, columns, partition, open, onOpenChange }: PartitionDetailsProps) {
  if (partition === undefined) return null;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Partition ${partition.partition}`}
      description={<span className="mono break-all">{topic}</span>}
    >
      <dl className="pb-2">
        {columns
          .filter(({ id }) => id !== "partition")
          .map(({ id, header, headerTitle, cell }) => (
            <div key={id} className="flex items-baseline justify-between gap-x-4 border-line border-t py-1.5">
              <dt className="min-w-0">
                {header}
                {headerTitle !== undefined && (
                  <span className="block text-pretty text-12 text-ink-3 leading-4">{headerTitle}</span>
                )}
              </dt>
              <dd className="shrink-0 text-right">{cell(partition)}</dd>
            </div>
          ))}
      </dl>
    </Dialog>
  );
}
