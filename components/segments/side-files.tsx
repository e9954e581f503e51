"use client";
import { useQueryStates } from "nuqs";
import { useMemo, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import type { SegmentList } from "#lib/contracts/segments.ts";
import { segmentsUrl } from "./segments-url.ts";
import { isReadable, type ReadableReplica, shownReplica } from "./shown-replica.ts";
import { SideFileLine } from "./side-files/side-file-line.tsx";
import { type SideFileRow, sideFileRows } from "./side-files/side-file-rows.ts";

/** More than these don't stand side by side. */
const MOST_ABREAST = 3;
/** Beyond, the log dir's files, which are of all partitions, are asked for. */
const SHORT_ROWS = 8;

/** What lies beside the segments, explained, replica by replica. */
export function SideFiles({ list }: { list: SegmentList }) {
  const [{ broker }, setUrl] = useQueryStates({ broker: segmentsUrl.broker });
  const [unfolded, setUnfolded] = useState(false);
  const replicas = useMemo(() => list.replicas.filter(isReadable), [list]);
  const rows = useMemo(() => sideFileRows(replicas), [replicas]);
  const shown = shownReplica(list, broker) ?? replicas[0];
  if (rows.length === 0 || shown === undefined) return null;
  const abreast = replicas.length <= MOST_ABREAST;
  const folds = rows.length > SHORT_ROWS && rows.some(isFolded);
  const seen = folds && !unfolded ? rows.filter((row) => !isFolded(row)) : rows;
  const choices = replicas.filter(({ role }) => role !== "future");
  return (
    <section aria-labelledby="side-files" className="min-w-0 border-line-strong border-t">
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 px-gutter py-1.5">
        <h2 id="side-files">Beside the logs</h2>
        <span className="text-12 text-ink-3">what each file is for, and what it says about this partition</span>
        {choices.length > 1 && (
          <SegmentedControl
            aria-label="Files of"
            className={cn("ml-auto", abreast && "xl:hidden")}
            value={String(shown.brokerId)}
            onValueChange={(id) => setUrl({ broker: Number(id) }, { history: "replace" })}
            options={choices.map(({ brokerId }) => ({ value: String(brokerId), label: `Broker ${brokerId}` }))}
          />
        )}
      </div>
      <div className="px-gutter">
        <Table label="Files beside the logs" className="table-fixed">
          <colgroup>
            <col className="w-[54%] xl:w-auto 2xl:w-[180px]" />
            <col className="max-2xl:hidden" />
            {replicas.map((replica) => (
              <col key={keyOf(replica)} className={cn(abreast && "xl:w-[19%]", columnClass(replica, shown, abreast))} />
            ))}
          </colgroup>
          <thead>
            <tr>
              <Th>File</Th>
              <Th className="max-2xl:hidden">What it is for</Th>
              {replicas.map((replica) => (
                <Th key={keyOf(replica)} className={columnClass(replica, shown, abreast)}>
                  Broker {replica.brokerId}
                  <span className="font-regular text-ink-3">{`, ${replica.role === "future" ? "moving" : replica.role}`}</span>
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {seen.map((row) => (
              <SideFileLine
                key={row.key}
                row={row}
                columns={replicas.map((replica) => ({
                  key: keyOf(replica),
                  className: columnClass(replica, shown, abreast),
                }))}
              />
            ))}
          </tbody>
        </Table>
      </div>
      <div className="px-gutter py-2.5">
        {folds && (
          <Button onClick={() => setUnfolded(!unfolded)} aria-expanded={unfolded}>
            {unfolded
              ? "Without the files of the log dir"
              : `The ${rows.length - seen.length} files of the log dir too`}
          </Button>
        )}
      </div>
    </section>
  );
}

/** Files for all partitions that say nothing about this one. */
function isFolded({ place, cells }: SideFileRow): boolean {
  return place === "log-dir" && cells.every((cell) => cell === null || cell.facts.length === 0);
}

function keyOf({ brokerId, role }: ReadableReplica): string {
  return `${brokerId} ${role === "future" ? "future" : ""}`;
}

/** Where the window is narrow, or there are many, only the chosen replica's. */
function columnClass(replica: ReadableReplica, shown: ReadableReplica, abreast: boolean): string | undefined {
  if (replica.brokerId === shown.brokerId && replica.role === shown.role) return undefined;
  return abreast ? "max-xl:hidden" : "hidden";
}
