"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import Link from "next/link";
import { useZone } from "#components/preferences/preferences.tsx";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useNow } from "#components/ui/now.tsx";
import { formatDuration } from "#lib/format.ts";
import { connectionHref } from "#lib/hrefs.ts";
import { ProblemError } from "#lib/problem.ts";
import { formatTime } from "#lib/time.ts";
import { useCluster } from "./cluster-context.tsx";

type Query = Pick<UseQueryResult<{ observedAtMs: number }>, "data" | "error" | "isFetching" | "refetch">;

/** The last refresh failed: what is on screen is older than it should be, and stays. Nothing while all goes well. */
export function StaleNotice({ query: { data, error, isFetching, refetch } }: { query: Query }) {
  const now = useNow();
  const zone = useZone();
  const cluster = useCluster();
  if (error === null || data === undefined) return null;
  const seconds = Math.max(1, Math.floor((now - data.observedAtMs) / 1_000));
  return (
    <div className="px-gutter pb-3">
      <Notice
        tone="warn"
        title={`Stale: ${formatDuration(seconds * 1_000)} old.`}
        action={
          <Button tone="quiet" pending={isFetching} onClick={() => refetch()}>
            Try now
          </Button>
        }
      >
        The last refresh failed: {error instanceof ProblemError ? error.message : "an unexpected error."} What you see
        is from {formatTime(data.observedAtMs, zone)} {zone}.{" "}
        <Link href={connectionHref(cluster.name)} className="link">
          Check the connection
        </Link>
      </Notice>
    </div>
  );
}
