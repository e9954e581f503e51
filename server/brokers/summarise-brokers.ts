import type { z } from "zod";
import type { brokerSummary } from "#lib/contracts/brokers.ts";
import { diskUsedPercent } from "#lib/disk-fullness.ts";
import type { ClusterLogDirs, LogDirVolume } from "../clusters/read-log-dirs.ts";
import type { RegisteredBroker } from "../kafka/describe-cluster.ts";
import type { Metadata } from "../kafka/read-metadata.ts";
import type { BrokerProcess } from "./local-control.ts";

type Summary = z.input<typeof brokerSummary>;

/** All that tells something about brokers; null where it could not be read. */
export interface BrokerSources {
  readonly metadata: Metadata;
  readonly registered: readonly RegisteredBroker[] | null;
  /** Fenced brokers that accept connections: they live, but the controller keeps clients away. */
  readonly listening: ReadonlySet<number>;
  readonly controllerId: number | null;
  readonly logDirs: ClusterLogDirs | null;
  readonly processes: ReadonlyMap<number, BrokerProcess> | null;
}

/** Every broker that anything tells of, by id: one that holds replicas or is registered is expected, whether it is up or not. */
export function summariseBrokers(sources: BrokerSources): Summary[] {
  const { metadata, registered, listening, controllerId, logDirs, processes } = sources;
  const up = new Map(metadata.brokers.map((broker) => [broker.id, broker]));
  const known = new Map((registered ?? []).map((broker) => [broker.id, broker]));
  const load = countReplicas(metadata);
  const ids = new Set([...up.keys(), ...known.keys(), ...load.keys(), ...(processes?.keys() ?? [])]);
  // Metadata goes on listing a broker that was killed until its session ends; the launcher knows at once.
  const stateOf = (id: number) => {
    if (up.has(id)) return processes?.get(id) === "stopped" ? "down" : "up";
    return listening.has(id) ? "fenced" : "down";
  };
  return [...ids]
    .sort((a, b) => a - b)
    .map((id) => {
      const address = up.get(id) ?? known.get(id);
      const disk = logDirs?.byBroker.get(id);
      return {
        id,
        host: address?.host ?? null,
        port: address?.port ?? null,
        rack: address?.rack ?? null,
        state: stateOf(id),
        isController: id === controllerId,
        ...(load.get(id) ?? { leaderCount: 0, replicaCount: 0, outOfSyncCount: 0 }),
        sizeBytes: disk?.sizeBytes.toString() ?? null,
        diskTotalBytes: disk?.totalBytes?.toString() ?? null,
        diskUsableBytes: disk?.usableBytes?.toString() ?? null,
        diskUsedPercent: fullest(disk?.logDirs ?? []),
        process: processes?.get(id) ?? null,
      };
    });
}

/** A broker stops when any of its volumes is full, however much is left on the others. */
function fullest(volumes: readonly LogDirVolume[]): number | null {
  const known = volumes
    .map(({ totalBytes, usableBytes }) => diskUsedPercent(totalBytes, usableBytes))
    .filter((percent) => percent !== null);
  return known.length === 0 ? null : Math.max(...known);
}

interface Load {
  leaderCount: number;
  replicaCount: number;
  outOfSyncCount: number;
}

function countReplicas({ topics }: Metadata): Map<number, Load> {
  const byBroker = new Map<number, Load>();
  const of = (id: number) => {
    const known = byBroker.get(id);
    if (known) return known;
    const load = { leaderCount: 0, replicaCount: 0, outOfSyncCount: 0 };
    byBroker.set(id, load);
    return load;
  };
  for (const { partitions } of topics) {
    for (const { leader, replicas, isr } of partitions) {
      if (leader !== null) of(leader).leaderCount++;
      for (const id of replicas) {
        const load = of(id);
        load.replicaCount++;
        if (!isr.includes(id)) load.outOfSyncCount++;
      }
    }
  }
  return byBroker;
}
