import type { Metadata } from "next";
import { ClusterList } from "#components/clusters/cluster-list.tsx";
import { summarizeCluster } from "#server/clusters/summarize-cluster.ts";
import { runtime } from "#server/runtime.ts";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Clusters" };

export default function ClustersPage() {
  return <ClusterList clusters={runtime().settings.clusters.map(summarizeCluster)} />;
}
