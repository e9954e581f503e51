"use client";
import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { Age } from "#components/ui/age.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { DiskBar } from "#components/ui/disk-bar.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { ProblemNotice } from "#components/ui/problem-notice.tsx";
import { Bytes } from "#components/ui/quantity.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import type { LogDir } from "#lib/contracts/brokers.ts";
import { diskUsedPercent } from "#lib/disk-fullness.ts";
import { formatCount, plural } from "#lib/format.ts";
import { brokerLogDirsQuery } from "#lib/queries/brokers.ts";
import { POLL_MS, staleAfterMs } from "#lib/queries/polling.ts";
import { brokerUrl } from "./brokers-url.ts";
import { replicaInLogDirColumns, topicInLogDirColumns } from "./log-dir-columns.tsx";
import { replicaRows, topicRows } from "./log-dir-rows.ts";

/** How full a broker's log dirs are, and what lies in them, largest first. */
export function LogDirsView({ cluster, brokerId }: { cluster: string; brokerId: number }) {
  const query = useQuery(brokerLogDirsQuery(cluster, brokerId));
  return (
    <>
      <ProblemNotice
        error={query.error}
        title={`The log dirs of broker ${brokerId} could not be read.`}
        onRetry={() => query.refetch()}
        retrying={query.isFetching}
        className="mx-gutter my-3"
      />
      {query.isPending && <SkeletonLines label={`Reading the log dirs of broker ${brokerId}`} className="px-gutter" />}
      {query.data && (
        <>
          <ul className="px-gutter pt-1">
            {query.data.logDirs.map((logDir) => (
              <LogDirLine key={logDir.path} logDir={logDir} />
            ))}
          </ul>
          <LogDirContents cluster={cluster} logDirs={query.data.logDirs} observedAtMs={query.data.observedAtMs} />
        </>
      )}
    </>
  );
}

function LogDirLine({ logDir }: { logDir: LogDir }) {
  const { path, error, sizeBytes, totalBytes, usableBytes } = logDir;
  const percent =
    totalBytes === null || usableBytes === null ? null : diskUsedPercent(BigInt(totalBytes), BigInt(usableBytes));
  return (
    <li className="border-line border-b py-2.5 last:border-b-0">
      <div className="grid items-center gap-x-6 gap-y-1 md:grid-cols-[minmax(0,1fr)_minmax(120px,280px)_minmax(0,auto)]">
        <span className="mono break-all">{path}</span>
        <DiskBar percent={percent} />
        <span className="text-ink-2">
          {percent !== null && <b className="font-strong text-ink">{percent}% </b>}
          {totalBytes !== null && (
            <>
              of <Bytes value={totalBytes} /> used ·{" "}
            </>
          )}
          {usableBytes !== null && (
            <>
              <Bytes value={usableBytes} /> free ·{" "}
            </>
          )}
          <Bytes value={sizeBytes} /> of replicas
        </span>
      </div>
      {error !== null && (
        <Notice tone="crit" role="status" title="The broker can't use this directory." className="mt-2">
          “{error}”. Look at the volume and the broker's log; the replicas in it are offline until it is mended and the
          broker restarted.
        </Notice>
      )}
    </li>
  );
}

interface LogDirContentsProps {
  cluster: string;
  logDirs: readonly LogDir[];
  observedAtMs: number;
}

function LogDirContents({ cluster, logDirs, observedAtMs }: LogDirContentsProps) {
  const [{ by, sort }, setUrl] = useQueryStates({ by: brokerUrl.by, sort: brokerUrl.sort });
  const several = logDirs.length > 1;
  const topics = useMemo(() => topicRows(logDirs), [logDirs]);
  const replicas = useMemo(() => replicaRows(logDirs), [logDirs]);
  const topicColumns = useMemo(
    () => topicInLogDirColumns(cluster, several, largestOf(topics)),
    [cluster, several, topics],
  );
  const replicaColumns = useMemo(
    () => replicaInLogDirColumns(cluster, several, largestOf(replicas)),
    [cluster, several, replicas],
  );
  const shared = {
    sort,
    onSortChange: (next: typeof sort) => setUrl({ sort: next }),
    empty: "No replica lies here.",
  };
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line-strong border-t px-gutter py-2">
        <h2>What lies there</h2>
        <span className="text-12 text-ink-3">
          {plural(topics.length, "topic")} · {formatCount(replicas.length)} replicas ·{" "}
          <Age observedAtMs={observedAtMs} staleAfterMs={staleAfterMs(POLL_MS.sizes)} />
        </span>
        <SegmentedControl
          aria-label="One row for each"
          className="ml-auto"
          value={by}
          onValueChange={(next) => setUrl({ by: next })}
          options={[
            { value: "topics", label: "By topic" },
            { value: "replicas", label: "By replica" },
          ]}
        />
      </div>
      {by === "topics" ? (
        <DataTable
          {...shared}
          label="Topics in the log dirs"
          columns={topicColumns}
          rows={topics}
          rowKey={({ logDir, topic }) => `${logDir} ${topic}`}
        />
      ) : (
        <DataTable
          {...shared}
          label="Replicas in the log dirs"
          columns={replicaColumns}
          rows={replicas}
          rowKey={({ logDir, topic, partition, isFuture }) => `${logDir} ${topic} ${partition} ${isFuture}`}
        />
      )}
    </>
  );
}

function largestOf(rows: readonly { readonly sizeBytes: bigint }[]): bigint {
  let largest = 0n;
  for (const { sizeBytes } of rows) if (sizeBytes > largest) largest = sizeBytes;
  return largest;
}
