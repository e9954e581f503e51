import { type BrokerFailure, brokerFailure } from "../kafka/broker-failure.ts";
import type { ClusterConnections } from "../kafka/connections.ts";
import { type DescribedLogDir, describeLogDirs } from "../kafka/describe-log-dirs.ts";
import { readMetadata } from "../kafka/read-metadata.ts";
import { sumOfVolumes } from "./sum-of-volumes.ts";

export interface LogDirVolume {
  readonly path: string;
  readonly errorCode: number;
  readonly totalBytes: bigint | null;
  readonly usableBytes: bigint | null;
}

export interface BrokerDisk {
  /** Of all its replicas. */
  readonly sizeBytes: bigint;
  /** Of all volumes its log dirs lie on; null when one of them doesn't tell, or when it can't be told which share a volume. */
  readonly totalBytes: bigint | null;
  readonly usableBytes: bigint | null;
  readonly logDirs: readonly LogDirVolume[];
}

/** What lies on the disks of all brokers that answered. */
export interface ClusterLogDirs {
  readonly byBroker: ReadonlyMap<number, BrokerDisk>;
  /** Bytes of all replicas of a topic, on the brokers that answered. */
  readonly topicSizes: ReadonlyMap<string, bigint>;
  /** How many replicas that is of; those being moved between log dirs are counted once. */
  readonly topicReplicas: ReadonlyMap<string, number>;
  readonly failures: readonly BrokerFailure[];
}

/**
 * Reads the log dirs of all brokers in the metadata at once; one that doesn't answer is a failure among the others' answers.
 * @throws {ProblemError} cluster-unreachable, deadline-exceeded, cancelled
 */
export async function readLogDirs(kafka: ClusterConnections, signal: AbortSignal): Promise<ClusterLogDirs> {
  const { brokers } = await readMetadata(kafka, [], signal);
  const byBroker = new Map<number, BrokerDisk>();
  const topicSizes = new Map<string, bigint>();
  const topicReplicas = new Map<string, number>();
  const failures: BrokerFailure[] = [];
  await Promise.all(
    brokers.map(async ({ id }) => {
      try {
        const logDirs = await describeLogDirs(kafka, id, null, signal);
        byBroker.set(id, diskOf(logDirs));
        addTopics(topicSizes, topicReplicas, logDirs);
      } catch (error) {
        if (signal.aborted) throw error;
        failures.push(brokerFailure(id, error));
      }
    }),
  );
  return { byBroker, topicSizes, topicReplicas, failures };
}

/** @returns sizes and volumes of one broker; a volume that several log dirs lie on counts once */
export function diskOf(logDirs: readonly DescribedLogDir[]): BrokerDisk {
  let sizeBytes = 0n;
  for (const { topics } of logDirs)
    for (const { replicas } of topics) for (const replica of replicas) sizeBytes += replica.sizeBytes;
  return {
    sizeBytes,
    ...sumOfVolumes(logDirs),
    logDirs: logDirs.map(({ path, errorCode, totalBytes, usableBytes }) => ({
      path,
      errorCode,
      totalBytes,
      usableBytes,
    })),
  };
}

function addTopics(sizes: Map<string, bigint>, counts: Map<string, number>, logDirs: readonly DescribedLogDir[]): void {
  for (const { topics } of logDirs) {
    for (const { name, replicas } of topics) {
      let sum = sizes.get(name) ?? 0n;
      let count = counts.get(name) ?? 0;
      for (const { sizeBytes, isFuture } of replicas) {
        sum += sizeBytes;
        if (!isFuture) count++;
      }
      sizes.set(name, sum);
      counts.set(name, count);
    }
  }
}
