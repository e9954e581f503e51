"use client";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { ConnectionDoctor } from "./connection-doctor.tsx";

/** The connection of the cluster one is looking at, on a page of its own. */
export function ConnectionView() {
  return <ConnectionDoctor cluster={useCluster().name} />;
}
