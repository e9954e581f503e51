import type { z } from "zod";
import type { listBrokers as contract } from "#lib/contracts/brokers.ts";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { ClusterContext } from "../context.ts";
import { readBrokers } from "./read-brokers.ts";

/**
 * All brokers, those that are down too.
 * @throws {ProblemError} cluster-unreachable, deadline-exceeded, cancelled
 */
export async function listBrokers(
  ctx: ClusterContext,
  _input: ParsedInput<typeof contract>,
): Promise<z.input<typeof contract.response>> {
  const { brokers, metadata, logDirs, missing } = await readBrokers(ctx);
  return {
    brokers: [...brokers],
    missing: [...missing],
    sizesObservedAtMs: logDirs?.observedAtMs ?? null,
    observedAtMs: metadata.observedAtMs,
  };
}
