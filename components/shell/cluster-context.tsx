"use client";
import { createContext, useContext } from "react";
import type { ClusterSummary } from "#lib/contracts/clusters.ts";

const Context = createContext<ClusterSummary | null>(null);

/** The cluster of the pages inside: its settings, known before anything was asked of it. */
export function ClusterProvider({ cluster, children }: { cluster: ClusterSummary; children: React.ReactNode }) {
  return <Context value={cluster}>{children}</Context>;
}

export function useCluster(): ClusterSummary {
  const cluster = useContext(Context);
  if (cluster === null) throw new Error("useCluster outside ClusterProvider");
  return cluster;
}
