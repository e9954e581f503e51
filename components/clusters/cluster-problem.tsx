"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import { ConnectionDoctor } from "#components/clusters/connection-doctor.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { ProblemNotice } from "#components/ui/problem-notice.tsx";
import { type ProblemCode, ProblemError } from "#lib/problem.ts";

interface ClusterProblemProps {
  query: Pick<UseQueryResult, "error" | "isFetching" | "refetch">;
  /** What could not be read, as a sentence. */
  what: string;
}

/** The cluster itself doesn't answer, or not to us: the way there is what to look at. */
const doctorFor: ReadonlySet<ProblemCode> = new Set(["cluster-unreachable", "kafka-login-failed", "deadline-exceeded"]);

/** In place of a page whose first answer failed. */
export function ClusterProblem({ query: { error, isFetching, refetch }, what }: ClusterProblemProps) {
  const cluster = useCluster();
  if (error instanceof ProblemError && doctorFor.has(error.code)) return <ConnectionDoctor cluster={cluster.name} />;
  return (
    <div className="px-gutter py-4">
      <h1 className="sr-only">{what}</h1>
      <ProblemNotice error={error} title={what} onRetry={() => refetch()} retrying={isFetching} />
    </div>
  );
}
