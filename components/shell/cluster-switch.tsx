"use client";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown, Lock } from "lucide-react";
import Link from "next/link";
import { Glyph } from "#components/ui/glyph.tsx";
import { Menu, MenuLink, MenuSeparator } from "#components/ui/menu.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { ClusterSummary } from "#lib/contracts/clusters.ts";
import { clusterHref } from "#lib/hrefs.ts";
import { clustersQuery } from "#lib/queries/clusters.ts";
import { useCluster } from "./cluster-context.tsx";

/** Which cluster this is, what must not be forgotten about it, and the way to the others. */
export function ClusterSwitch({ clusters }: { clusters: readonly ClusterSummary[] }) {
  const current = useCluster();
  if (clusters.length < 2) {
    return (
      <span className="flex min-w-0 items-center gap-1.5 px-2 font-medium">
        <ClusterName cluster={current} />
      </span>
    );
  }
  return (
    <Menu
      className="min-w-60"
      trigger={
        <button
          type="button"
          aria-label={`Cluster ${current.displayName}. Switch cluster`}
          className="flex h-ctl min-w-0 items-center gap-1.5 rounded-2 pr-1.5 pl-2 font-medium hover:bg-hover"
        >
          <ClusterName cluster={current} />
          <ChevronDown aria-hidden className="size-3.5 text-ink-2" strokeWidth={1.6} />
        </button>
      }
    >
      <ClusterLinks clusters={clusters} current={current.name} />
      <MenuSeparator />
      <MenuLink render={<Link href="/clusters" />}>All clusters</MenuLink>
    </Menu>
  );
}

function ClusterName({ cluster }: { cluster: ClusterSummary }) {
  return (
    <>
      <span className="truncate">{cluster.displayName}</span>
      {cluster.production && (
        <Tag tone="env" className="h-4 px-1.5 text-11">
          production
        </Tag>
      )}
      {cluster.local && <Tag className="h-4 px-1.5 text-11 max-sm:hidden">sample</Tag>}
      {cluster.readOnly && (
        <Tag className="h-4 gap-1 px-1.5 text-11">
          <Lock aria-hidden className="size-2.5" strokeWidth={2} />
          <span className="max-sm:sr-only">read-only</span>
        </Tag>
      )}
    </>
  );
}

/** Asked for only while the menu is open: each answer means a look at every cluster. */
function ClusterLinks({ clusters, current }: { clusters: readonly ClusterSummary[]; current: string }) {
  const states = useQuery(clustersQuery()).data?.clusters;
  return clusters.map((cluster) => {
    const state = states?.find(({ name }) => name === cluster.name);
    return (
      <MenuLink
        key={cluster.name}
        render={<Link href={clusterHref(cluster.name)} />}
        aria-current={cluster.name === current ? "true" : undefined}
      >
        <Glyph shape={state === undefined ? "dash" : state.answers ? "tick" : "octagon"} />
        <span className="flex-1 truncate aria-[current]:font-medium">{cluster.displayName}</span>
        {cluster.production && (
          <Tag tone="env" className="h-4 px-1.5 text-11">
            production
          </Tag>
        )}
        {state !== undefined && !state.answers && <span className="text-12 text-crit">no answer</span>}
      </MenuLink>
    );
  });
}
