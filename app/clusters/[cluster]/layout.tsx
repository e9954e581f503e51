import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Shell } from "#components/shell/shell.tsx";
import { summarizeCluster } from "#server/clusters/summarize-cluster.ts";
import { runtime } from "#server/runtime.ts";

export const dynamic = "force-dynamic";

export async function generateMetadata({ params }: LayoutProps<"/clusters/[cluster]">): Promise<Metadata> {
  const { cluster } = await params;
  const name = runtime().settings.clusters.find((one) => one.name === cluster)?.displayName ?? cluster;
  return { title: { default: name, template: `%s · ${name} · Tailrace` } };
}

/** What the settings say of the cluster is known at once; nothing is asked of Kafka here. */
export default async function ClusterLayout({ params, children }: LayoutProps<"/clusters/[cluster]">) {
  const { cluster: name } = await params;
  const clusters = runtime().settings.clusters.map(summarizeCluster);
  const cluster = clusters.find((one) => one.name === name);
  if (cluster === undefined) notFound();
  return (
    <Shell key={name} cluster={cluster} clusters={clusters}>
      {children}
    </Shell>
  );
}
