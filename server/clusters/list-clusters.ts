import type { z } from "zod";
import type { listClusters as contract } from "#lib/contracts/clusters.ts";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import { ProblemError } from "#lib/problem.ts";
import type { ServerContext } from "../context.ts";
import type { ClusterRuntime } from "../runtime.ts";
import { summarizeCluster } from "./summarize-cluster.ts";

/** A list waits no longer for a cluster that is silent. */
const PATIENCE_MS = 2_000;

/**
 * The configured clusters, each with whether it answers. All are asked at once, so the slowest decides how long it takes.
 * Never fails for a cluster that doesn't answer: its entry says why.
 */
export async function listClusters(
  { runtime, signal }: ServerContext,
  _input: ParsedInput<typeof contract>,
): Promise<z.input<typeof contract.response>> {
  const observedAtMs = Date.now();
  const clusters = await Promise.all(
    runtime.settings.clusters.map(async ({ name }) => {
      const cluster = await runtime.cluster(name);
      return cluster === null ? [] : [await askWhetherItAnswers(cluster, signal)];
    }),
  );
  return { clusters: clusters.flat(), observedAtMs };
}

async function askWhetherItAnswers({ settings, kafka }: ClusterRuntime, signal: AbortSignal) {
  const summary = summarizeCluster(settings);
  try {
    const question = { what: "its brokers", deadlineMs: PATIENCE_MS };
    const { brokers } = await kafka.askKafkajs(question, signal, (admin) => admin.describeCluster());
    return { ...summary, answers: true, detail: null, brokersUp: brokers.length };
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code === "cancelled") throw error;
    return { ...summary, answers: false, detail: error.message, brokersUp: null };
  }
}
