"use client";
import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useZone } from "#components/preferences/preferences.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { ProblemNotice } from "#components/ui/problem-notice.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import type { GroupDetail, GroupLag } from "#lib/contracts/groups.ts";
import { formatCount, formatDuration, plural } from "#lib/format.ts";
import { groupLagQuery } from "#lib/queries/groups.ts";
import { formatMinute } from "#lib/time.ts";
import { groupUrl } from "./group-url.ts";
import { chartWindow, lagSeries } from "./lag-chart.ts";
import { CHART_HEIGHT, LagChart } from "./lag-chart.tsx";
import { LagHistoryTable } from "./lag-history-table.tsx";
import { levelsOf } from "./lag-rows.ts";

/** Lag over the time that is sampled: as lines on a ruler, or as numbers. */
export function LagHistory({ group, topic }: { group: GroupDetail; topic: string | null }) {
  const cluster = useCluster();
  const zone = useZone();
  const [{ lag: lines, history }, setUrl] = useQueryStates({ lag: groupUrl.lag, history: groupUrl.history });
  const query = useQuery(groupLagQuery(cluster.name, group.group, topic === null ? {} : { topic }));
  const { data, error } = query;
  const asTable = history === "table";
  return (
    <section aria-labelledby="lag-history" className="min-w-0 border-line-strong px-gutter pb-4 max-lg:border-b">
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
        <h2 id="lag-history">{headingOf(data)}</h2>
        <span className="text-12 text-ink-3">
          messages
          {data?.observedSinceMs != null && (
            <>
              , observed since {formatMinute(data.observedSinceMs, zone)} {zone}
            </>
          )}
        </span>
        <div className="ml-auto flex items-center gap-2">
          <SegmentedControl
            aria-label="Lines"
            value={lines}
            onValueChange={(next) => setUrl({ lag: next })}
            options={[
              { value: "partitions", label: "by partition" },
              { value: "total", label: "total" },
            ]}
          />
          <Button tone="quiet" onClick={() => setUrl({ history: asTable ? "chart" : "table" })} className="text-accent">
            {asTable ? "As a chart" : "As a table"}
          </Button>
        </div>
      </div>
      {data === undefined ? (
        error === null ? (
          <div style={{ minHeight: CHART_HEIGHT }}>
            <SkeletonLines label="Reading its lag over time" lines={5} />
          </div>
        ) : (
          <ProblemNotice error={error} title="Its lag over time could not be read." onRetry={() => query.refetch()} />
        )
      ) : data.atMs.length === 0 ? (
        <p className="text-ink-2" style={{ minHeight: CHART_HEIGHT }}>
          Nothing is sampled yet. Tailrace reads the lag of all groups every {formatDuration(data.stepMs)} while it
          runs, and keeps an hour.
        </p>
      ) : (
        // Until those of a topic that was just chosen are there, those of before are no answer.
        <div aria-busy={query.isPlaceholderData} className={query.isPlaceholderData ? "opacity-45" : undefined}>
          <Lines group={group} lag={data} lines={lines} asTable={asTable} />
        </div>
      )}
    </section>
  );
}

function Lines({
  group,
  lag,
  lines,
  asTable,
}: {
  group: GroupDetail;
  lag: GroupLag;
  lines: "partitions" | "total";
  asTable: boolean;
}) {
  const series = lagSeries(lag, lines);
  const label = lines === "total" ? "Lag in all" : "Lag by partition";
  return (
    <>
      {asTable ? (
        <LagHistoryTable label={label} series={series} atMs={lag.atMs} />
      ) : (
        <LagChart
          label={label}
          series={series}
          atMs={lag.atMs}
          levels={levelsOf(group.verdicts)}
          verdicts={group.verdicts}
          onTable="As a table, at the right above, shows the same in numbers."
        />
      )}
      {lines === "partitions" && lag.omitted > 0 && (
        <p className="mt-1 text-12 text-ink-3">
          The {formatCount(lag.partitions.length)} that lag most;{" "}
          {plural(lag.omitted, "partition lags", "partitions lag")} less.
        </p>
      )}
    </>
  );
}

function headingOf(lag: GroupLag | undefined): string {
  if (lag === undefined || lag.atMs.length === 0) return "Lag over time";
  return `Lag, last ${plural(chartWindow(lag.atMs).windowMs / 60_000, "minute")}`;
}
