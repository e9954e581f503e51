import type { z } from "zod";
import type { setBrokerProcess as contract } from "#lib/contracts/brokers.ts";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import { ProblemError } from "#lib/problem.ts";
import type { Change } from "../changes/change.ts";
import { recordChange } from "../changes/record-change.ts";
import { listed } from "../clusters/words.ts";
import type { ClusterContext } from "../context.ts";
import type { LocalControl } from "../settings/cluster-settings.ts";
import { brokerNotFound } from "./broker-not-found.ts";
import { type BrokerProcess, changeBrokerProcess, listBrokerProcesses } from "./local-control.ts";

/**
 * Begins to stop or start a broker of the local sample cluster, so that a person sees a failure and its healing. Only one may be away
 * at a time: the brokers are the controllers too, and two of three must stay for a quorum.
 * @throws {ProblemError} not-local-cluster, broker-not-found, quorum-at-risk, broker-unreachable (the launcher), cancelled
 */
export async function setBrokerProcess(
  ctx: ClusterContext,
  { params: { brokerId }, body: { state } }: ParsedInput<typeof contract>,
): Promise<z.input<typeof contract.response>> {
  const { local } = ctx.cluster;
  if (local === null) {
    throw new ProblemError(
      "not-local-cluster",
      `Tailrace didn't start the brokers of ${ctx.cluster.displayName}, so it can't stop or start them. Do it where they run.`,
    );
  }
  const process = await ctx.state.inTurn(() => change(ctx, local, brokerId, state));
  ctx.state.forget();
  return { brokerId, state: process };
}

async function change(
  ctx: ClusterContext,
  local: LocalControl,
  brokerId: number,
  state: "running" | "stopped",
): Promise<BrokerProcess> {
  const processes = await listBrokerProcesses(local, ctx.signal);
  const before = processes.get(brokerId);
  if (before === undefined) throw brokerNotFound(brokerId, [...processes.keys()]);
  const away = [...processes].filter(([id, process]) => id !== brokerId && process !== "running").map(([id]) => id);
  if (state === "stopped" && away.length > 0) {
    throw new ProblemError(
      "quorum-at-risk",
      `Broker ${listed(away.map(String), away.length).join("")} isn't running. With broker ${brokerId} stopped too, the controllers' quorum of ${processes.size} would be lost and nothing could be changed. Start it first, and wait until it is up.`,
    );
  }
  const entry: Change = {
    action: state === "stopped" ? "stop-broker" : "start-broker",
    target: { broker: brokerId },
    before: { process: before },
    after: { process: state },
  };
  const { result } = await recordChange(ctx, entry, () => changeBrokerProcess(local, brokerId, state, ctx.signal));
  return result;
}
