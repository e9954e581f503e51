import { z } from "zod";
import type { BrokerSummary } from "#lib/contracts/brokers.ts";
import { ProblemError } from "#lib/problem.ts";
import { abortProblem } from "../kafka/deadline.ts";
import type { LocalControl } from "../settings/cluster-settings.ts";

export type BrokerProcess = NonNullable<BrokerSummary["process"]>;

const process = z.enum(["running", "starting", "stopping", "stopped"]);
const brokersAnswer = z.object({ brokers: z.array(z.object({ id: z.int(), process })) });
const changeAnswer = z.object({ id: z.int(), process });

const PATIENCE_MS = 2_000;

/**
 * The processes of the local sample cluster's brokers, from the launcher that runs them.
 * @throws {ProblemError} broker-unreachable when the launcher doesn't answer; cancelled
 */
export async function listBrokerProcesses(
  local: LocalControl,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, BrokerProcess>> {
  const { brokers } = await ask(local, "/brokers", {}, brokersAnswer, signal);
  return new Map(brokers.map(({ id, process }) => [id, process]));
}

/**
 * Begins to stop or start one; returns at once with its state right after.
 * @throws {ProblemError} as `listBrokerProcesses`
 */
export async function changeBrokerProcess(
  local: LocalControl,
  brokerId: number,
  state: "running" | "stopped",
  signal: AbortSignal,
): Promise<BrokerProcess> {
  const change = { method: "PUT", body: JSON.stringify({ state }) };
  return (await ask(local, `/brokers/${brokerId}`, change, changeAnswer, signal)).process;
}

async function ask<T>(
  { url, token }: LocalControl,
  path: string,
  init: { method?: string; body?: string },
  answer: z.ZodType<T>,
  signal: AbortSignal,
): Promise<T> {
  try {
    const response = await fetch(`${url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
    const body: unknown = await response.json();
    if (response.ok) return answer.parse(body);
    throw new Error(`the launcher answered ${response.status}: ${JSON.stringify(body)}`);
  } catch (cause) {
    if (signal.aborted) throw abortProblem(signal);
    throw new ProblemError(
      "broker-unreachable",
      "The launcher that runs the local brokers doesn't answer, so their processes can't be seen, stopped or started. Check that npm start still runs.",
      { cause },
    );
  }
}
