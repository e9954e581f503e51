import type { z } from "zod";
import type { getBroker as contract } from "#lib/contracts/brokers.ts";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { ClusterContext } from "../context.ts";
import { brokerNotFound } from "./broker-not-found.ts";
import { readBrokers } from "./read-brokers.ts";

/**
 * One broker; a down one too, as far as others tell of it.
 * @throws {ProblemError} broker-not-found, cluster-unreachable, deadline-exceeded, cancelled
 */
export async function getBroker(
  ctx: ClusterContext,
  { params }: ParsedInput<typeof contract>,
): Promise<z.input<typeof contract.response>> {
  const { brokers, metadata, missing } = await readBrokers(ctx);
  const broker = brokers.find(({ id }) => id === params.brokerId);
  if (broker === undefined) {
    throw brokerNotFound(
      params.brokerId,
      brokers.map(({ id }) => id),
    );
  }
  return {
    broker,
    missing: missing.filter(({ brokerId }) => brokerId === undefined || brokerId === broker.id),
    observedAtMs: metadata.observedAtMs,
  };
}
