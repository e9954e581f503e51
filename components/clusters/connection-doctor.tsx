"use client";
import { useQuery } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { Since } from "#components/ui/age.tsx";
import { Button } from "#components/ui/button.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import { ProblemNotice } from "#components/ui/problem-notice.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { diagnosisQuery } from "#lib/queries/clusters.ts";
import { ConnectionChain } from "./connection-chain.tsx";
import { diagnosisHeadline, diagnosisSummary } from "./diagnosis-words.ts";

/** Walks from this server to every broker, and names the link that fails, what was seen there, and its fix. */
export function ConnectionDoctor({ cluster }: { cluster: string }) {
  const { displayName } = useCluster();
  const query = useQuery(diagnosisQuery(cluster));
  const { data } = query;
  const again = (
    <Button onClick={() => query.refetch()} pending={query.isFetching}>
      {!query.isFetching && <RotateCw aria-hidden strokeWidth={1.6} />}
      Check again
    </Button>
  );
  return (
    <section aria-label={`Connection to ${displayName}`}>
      <header className="flex flex-wrap items-start gap-x-4 gap-y-2 border-line-strong border-b px-gutter pt-3.5 pb-3">
        <div className="min-w-0 flex-1 basis-72" aria-live="polite">
          <h1 className="flex items-baseline gap-2.5">
            {data && <Glyph shape={data.healthy ? "tick" : "octagon"} className="relative top-px" />}
            <span>{data ? diagnosisHeadline(data, displayName) : `Connecting to ${displayName}`}</span>
          </h1>
          <p className="mt-0.5 max-w-[88ch] text-pretty text-ink-2">
            {data ? diagnosisSummary(data) : "Each link from this server to the brokers is tried in turn."}
          </p>
        </div>
        <div className="flex items-center gap-3">
          {data && (
            <span className="text-12 text-ink-3">
              checked <Since sinceMs={data.observedAtMs} /> ago
            </span>
          )}
          {again}
        </div>
      </header>
      <ProblemNotice error={query.error} title="The check itself failed." className="mx-gutter mt-3" />
      {data ? (
        <div className="px-gutter pb-8">
          {data.chains.map((chain) => (
            <ConnectionChain key={`${chain.role} ${chain.brokerId} ${chain.target}`} chain={chain} />
          ))}
        </div>
      ) : (
        query.isPending && <SkeletonLines label="Checking each link" lines={4} className="px-gutter" />
      )}
    </section>
  );
}
