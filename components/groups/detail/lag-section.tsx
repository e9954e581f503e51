"use client";
import { Download } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useMemo, useState } from "react";
import { DeleteOffsetsButton } from "#components/groups/delete/delete-offsets-button.tsx";
import { TimeLag } from "#components/groups/lag-cells.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { buttonStyle } from "#components/ui/button-style.ts";
import { DataTable } from "#components/ui/data-table.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import { Unknown } from "#components/ui/quantity.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import type { GroupDetail } from "#lib/contracts/groups.ts";
import { formatCount, formatRate, plural } from "#lib/format.ts";
import { offsetsCsvUrl } from "#lib/queries/groups.ts";
import { groupUrl } from "./group-url.ts";
import { lagColumns } from "./lag-columns.tsx";
import { type LagRow, type LagTotals, lagTotals } from "./lag-rows.ts";
import { lostWords, noCommitWords } from "./lag-words.ts";
import { memberNameParts } from "./member-names.ts";
import { PartitionDetails } from "./partition-details.tsx";

interface LagSectionProps {
  group: GroupDetail;
  rows: readonly LagRow[];
  /** Chooses a topic, where there are several. */
  chooser: React.ReactNode;
}

/** How far behind the group is on each partition, and in all. */
export function LagSection({ group, rows, chooser }: LagSectionProps) {
  const cluster = useCluster();
  const [{ to, sort }, setUrl] = useQueryStates({ to: groupUrl.to, sort: groupUrl.sort });
  const [details, setDetails] = useState<{ key: string; open: boolean } | null>(null);
  const totals = useMemo(() => lagTotals(rows), [rows]);
  const names = useMemo(() => memberNameParts(group.members ?? []), [group.members]);
  const { largest } = totals;
  const columns = useMemo(
    () => lagColumns({ to, largest, names, onOpen: (key) => setDetails({ key, open: true }) }),
    [to, largest, names],
  );
  const critical = rows.filter(({ level }) => level === "crit").length;
  const uncommitted = noCommitWords(totals);
  const lost = lostWords(totals);
  return (
    <section aria-labelledby="lag-by-partition" className="border-line-strong border-b">
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-2 px-gutter py-1.5">
        <h2 id="lag-by-partition">Lag by partition</h2>
        <span className="text-12 text-ink-3">{plural(rows.length, "partition")}</span>
        <div className="ml-auto flex flex-wrap items-center gap-2">
          {chooser}
          <SegmentedControl
            aria-label="Lag is counted"
            value={to}
            onValueChange={(next) => setUrl({ to: next })}
            options={[
              { value: "high-watermark", label: "to high watermark" },
              { value: "last-stable", label: "to last stable offset" },
            ]}
          />
        </div>
      </div>
      <DataTable
        label={`Lag of ${group.group} by partition`}
        columns={columns}
        rows={rows}
        rowKey={keyOf}
        sort={sort}
        onSortChange={(next) => setUrl({ sort: next })}
        foot={footOf(totals)}
        // Tinted where one row is the answer.
        {...(critical === 1 && { rowTone: critTone })}
      />
      <div className="flex flex-wrap items-start gap-x-6 gap-y-2 border-line border-t px-gutter py-2.5">
        <div className="grid min-w-0 flex-1 basis-96 gap-1.5">
          {uncommitted !== null && <Note {...uncommitted} />}
          {lost !== null && <Note {...lost} />}
          {uncommitted === null && lost === null && (
            <p className="text-ink-3 leading-7">
              Every partition has a commit, and nothing was deleted before it was read.
            </p>
          )}
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <a href={offsetsCsvUrl(cluster.name, group.group)} download className={buttonStyle({ tone: "quiet" })}>
            <Download aria-hidden strokeWidth={1.6} />
            Export CSV
          </a>
          <DeleteOffsetsButton group={group} tone="quiet" />
        </div>
      </div>
      <PartitionDetails
        group={group}
        columns={columns}
        row={rows.find(({ key }) => key === details?.key)}
        open={details?.open === true}
        onOpenChange={(open) => setDetails((shown) => shown && { ...shown, open })}
      />
    </section>
  );
}

function keyOf({ key }: LagRow): string {
  return key;
}

function critTone({ level }: LagRow): "crit" | undefined {
  return level === "crit" ? "crit" : undefined;
}

function Note({ title, detail }: { title: string; detail: string }) {
  return (
    <p className="flex max-w-[108ch] gap-2 text-pretty text-ink-2 leading-5">
      <Glyph shape="triangle" className="mt-[3px]" />
      <span>
        <b className="font-strong text-ink">{title}</b> {detail}
      </span>
    </p>
  );
}

function footOf(totals: LagTotals): Readonly<Record<string, React.ReactNode>> {
  const { partitions, lag, unread } = totals;
  return {
    partition: plural(partitions, "partition"),
    lag:
      lag === null ? (
        <Unknown why="nothing of it could be read" />
      ) : (
        <span title={unread > 0 ? `Without ${plural(unread, "partition")} whose offsets could not be read` : undefined}>
          {unread > 0 && <span className="font-regular text-ink-3">≥&nbsp;</span>}
          {formatCount(lag)}
        </span>
      ),
    time: <TimeLag timeLag={totals.timeLag} />,
    in: <Rate value={totals.producedPerSecond} />,
    out: <Rate value={totals.committedPerSecond} />,
  };
}

function Rate({ value }: { value: number | null }) {
  return value === null ? <Unknown why="not known of every partition" /> : formatRate(value);
}
