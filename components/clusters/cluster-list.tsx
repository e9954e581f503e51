"use client";
import { useQuery } from "@tanstack/react-query";
import { Lock } from "lucide-react";
import Link from "next/link";
import { BrandMark } from "#components/shell/brand.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import { ProblemNotice } from "#components/ui/problem-notice.tsx";
import { SkeletonBar } from "#components/ui/skeleton.tsx";
import { Table, Td, Th, Tr } from "#components/ui/table.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { ClusterSummary } from "#lib/contracts/clusters.ts";
import { plural } from "#lib/format.ts";
import { clusterHref } from "#lib/hrefs.ts";
import { clustersQuery } from "#lib/queries/clusters.ts";

/** The configured clusters, and whether each answers. */
export function ClusterList({ clusters }: { clusters: readonly ClusterSummary[] }) {
  const { data, error } = useQuery(clustersQuery());
  return (
    <main className="mx-auto w-full max-w-[880px] px-gutter py-6">
      <p className="mb-5 flex items-center gap-2 font-semibold">
        <BrandMark />
        Tailrace
      </p>
      <h1 className="mb-3">{clusters.length === 1 ? "1 cluster" : `${clusters.length} clusters`}</h1>
      <ProblemNotice error={error} title="Whether they answer is not known." className="mb-3" />
      <Table label="Clusters">
        <thead>
          <tr>
            <Th>Cluster</Th>
            <Th>State</Th>
            <Th className="max-md:hidden">Bootstrap server</Th>
          </tr>
        </thead>
        <tbody>
          {clusters.map((cluster) => {
            const state = data?.clusters.find(({ name }) => name === cluster.name);
            return (
              <Tr key={cluster.name}>
                <Td className="h-9">
                  <span className="flex flex-wrap items-center gap-1.5">
                    <Link href={clusterHref(cluster.name)} className="link font-medium">
                      {cluster.displayName}
                    </Link>
                    {cluster.production && <Tag tone="env">production</Tag>}
                    {cluster.readOnly && (
                      <Tag>
                        <Lock aria-hidden className="size-3" strokeWidth={1.8} />
                        read-only
                      </Tag>
                    )}
                  </span>
                </Td>
                <Td className="max-w-96 whitespace-normal py-1">
                  {state === undefined ? (
                    <SkeletonBar />
                  ) : state.answers ? (
                    <span className="flex items-center gap-1.5 text-ink-2">
                      <Glyph shape="tick" />
                      {state.brokersUp === null ? "answers" : `${plural(state.brokersUp, "broker")} up`}
                    </span>
                  ) : (
                    <span className="grid grid-cols-[14px_minmax(0,1fr)] gap-1.5 text-crit">
                      <Glyph shape="octagon" className="mt-[3px]" />
                      <span className="text-pretty break-words">{state.detail ?? "no answer"}</span>
                    </span>
                  )}
                </Td>
                <Td className="max-md:hidden">
                  <span className="mono text-ink-2">{cluster.bootstrap}</span>
                </Td>
              </Tr>
            );
          })}
        </tbody>
      </Table>
    </main>
  );
}
