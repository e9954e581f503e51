import type { z } from "zod";
import type { brokerSummary } from "#lib/contracts/brokers.ts";
import type { MissingPart } from "#lib/contracts/kafka.ts";
import { ProblemError } from "#lib/problem.ts";
import { missingSizes, sizesOfAway } from "../clusters/missing-sizes.ts";
import type { ClusterLogDirs } from "../clusters/read-log-dirs.ts";
import type { Reading } from "../clusters/shared-read.ts";
import type { ClusterContext } from "../context.ts";
import { missing } from "../kafka/broker-failure.ts";
import type { RegisteredBroker } from "../kafka/describe-cluster.ts";
import type { Quorum } from "../kafka/describe-quorum.ts";
import { isListening } from "../kafka/is-listening.ts";
import type { Metadata } from "../kafka/read-metadata.ts";
import { type BrokerProcess, listBrokerProcesses } from "./local-control.ts";
import { summariseBrokers } from "./summarise-brokers.ts";

export interface BrokersReading {
  readonly brokers: readonly z.input<typeof brokerSummary>[];
  readonly metadata: Reading<Metadata>;
  readonly quorum: Reading<Quorum | null> | null;
  readonly controllerId: number | null;
  readonly logDirs: Reading<ClusterLogDirs> | null;
  readonly missing: readonly MissingPart[];
}

/** Only the metadata is waited for; whatever is slower than this is left out and named. */
const PATIENCE_MS = 1_000;
/** Brokers walk all their partitions for it. */
const LOG_DIRS_PATIENCE_MS = 2_000;

/**
 * All brokers, from everything that tells of them: metadata, registrations, quorum, log dirs (at most 10 s old), and the launcher of
 * the local cluster. What can't be read is named in `missing`; only metadata is needed.
 * @throws {ProblemError} cluster-unreachable, deadline-exceeded, cancelled
 */
export async function readBrokers(ctx: ClusterContext): Promise<BrokersReading> {
  const { state, signal, cluster } = ctx;
  const parts: MissingPart[] = [];
  const [metadata, quorum, registered, logDirs, processes] = await Promise.all([
    state.metadata.get(signal),
    state.quorum.getWithin(signal, PATIENCE_MS, "the quorum"),
    state.registered.getWithin(signal, PATIENCE_MS, "the registered brokers"),
    state.logDirs.getWithin(signal, LOG_DIRS_PATIENCE_MS, "what lies on the disks"),
    cluster.local === null ? null : settled(listBrokerProcesses(cluster.local, signal)),
  ]);
  const zooKeeper = quorum.problem?.code === "not-supported-by-broker";
  if (quorum.problem && !zooKeeper) parts.push(missing(quorum.problem, "quorum"));
  // Before Kafka 4.0 only brokers that hold replicas can be told to be missing.
  if (registered.problem && registered.problem.code !== "not-supported-by-broker") {
    parts.push(missing(registered.problem, "registered brokers"));
  }
  if (logDirs.problem) parts.push(missing(logDirs.problem, "sizes and disks"));
  if (processes?.problem) parts.push(missing(processes.problem, "processes of the local brokers"));

  const controllerId = zooKeeper
    ? metadata.value.controllerProxy
    : quorum.problem
      ? null
      : (quorum.reading?.value?.leaderId ?? null);
  const known = registered.problem ? null : (registered.reading?.value.brokers ?? null);
  const listening = await listeningAmong(known ?? [], metadata.value, signal);
  const brokers = summariseBrokers({
    metadata: metadata.value,
    registered: known,
    listening,
    controllerId: controllerId === -1 ? null : controllerId,
    logDirs: logDirs.reading?.value ?? null,
    processes: processes?.value ?? null,
  });
  const sizesNamed = missingSizes(logDirs.reading?.value.failures ?? []);
  parts.push(...sizesNamed, ...ofThoseAway(brokers, sizesNamed));
  return {
    brokers,
    metadata,
    quorum: quorum.problem ? null : quorum.reading,
    controllerId: controllerId === -1 ? null : controllerId,
    logDirs: logDirs.reading,
    missing: parts,
  };
}

function ofThoseAway(brokers: BrokersReading["brokers"], named: readonly MissingPart[]): MissingPart[] {
  return brokers
    .filter(
      ({ id, state, sizeBytes }) => state !== "up" && sizeBytes === null && !named.some((one) => one.brokerId === id),
    )
    .map(({ id, state }) => sizesOfAway(id, state));
}

async function listeningAmong(
  registered: readonly RegisteredBroker[],
  metadata: Metadata,
  signal: AbortSignal,
): Promise<ReadonlySet<number>> {
  const up = new Set(metadata.brokers.map(({ id }) => id));
  const fenced = registered.filter(({ id, fenced }) => fenced && !up.has(id));
  const answers = await Promise.all(
    fenced.map(async ({ id, host, port }) => ((await isListening(host, port, signal)) ? [id] : [])),
  );
  return new Set(answers.flat());
}

async function settled(
  processes: Promise<ReadonlyMap<number, BrokerProcess>>,
): Promise<{ value: ReadonlyMap<number, BrokerProcess> | null; problem: ProblemError | null }> {
  try {
    return { value: await processes, problem: null };
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code === "cancelled") throw error;
    return { value: null, problem: error };
  }
}
