import type { z } from "zod";
import type { getBrokerLogDirs as contract } from "#lib/contracts/brokers.ts";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import { byName } from "../clusters/by-name.ts";
import type { ClusterContext } from "../context.ts";
import { describeLogDirs } from "../kafka/describe-log-dirs.ts";
import { errorName } from "../kafka/error-name.ts";
import { assertBrokerUp } from "./assert-broker-up.ts";

/**
 * What lies in a broker's log dirs, topic by topic, asked of that broker now.
 * @throws {ProblemError} broker-not-found, broker-unreachable, kafka-forbidden, deadline-exceeded, cancelled
 */
export async function getBrokerLogDirs(
  ctx: ClusterContext,
  { params }: ParsedInput<typeof contract>,
): Promise<z.input<typeof contract.response>> {
  await assertBrokerUp(ctx, params.brokerId);
  const observedAtMs = Date.now();
  const logDirs = await describeLogDirs(ctx.kafka, params.brokerId, null, ctx.signal);
  return {
    logDirs: logDirs.map(({ path, errorCode, topics, totalBytes, usableBytes }) => ({
      path,
      error: errorName(errorCode),
      sizeBytes: sum(topics.flatMap(({ replicas }) => replicas)).toString(),
      totalBytes: totalBytes?.toString() ?? null,
      usableBytes: usableBytes?.toString() ?? null,
      topics: byName(topics).map(({ name, replicas }) => ({
        topic: name,
        sizeBytes: sum(replicas).toString(),
        replicas: replicas
          .toSorted((a, b) => a.partition - b.partition)
          .map(({ partition, sizeBytes, offsetLag, isFuture }) => ({
            partition,
            sizeBytes: sizeBytes.toString(),
            offsetLag: offsetLag.toString(),
            isFuture,
          })),
      })),
    })),
    observedAtMs,
  };
}

function sum(replicas: readonly { readonly sizeBytes: bigint }[]): bigint {
  return replicas.reduce((total, { sizeBytes }) => total + sizeBytes, 0n);
}
