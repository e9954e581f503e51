import type { LogDir } from "#lib/contracts/brokers.ts";

/** All replicas of one topic in one log dir. */
export interface TopicInLogDir {
  readonly logDir: string;
  readonly topic: string;
  readonly replicas: number;
  readonly sizeBytes: bigint;
  /** Messages the furthest replica is behind; 0 when all are level. */
  readonly mostBehind: bigint;
}

/** One replica in one log dir. */
export interface ReplicaInLogDir {
  readonly logDir: string;
  readonly topic: string;
  readonly partition: number;
  readonly sizeBytes: bigint;
  readonly behind: bigint;
  readonly isFuture: boolean;
}

export function topicRows(logDirs: readonly LogDir[]): TopicInLogDir[] {
  return logDirs.flatMap(({ path, topics }) =>
    topics.map(({ topic, sizeBytes, replicas }) => ({
      logDir: path,
      topic,
      replicas: replicas.length,
      sizeBytes: BigInt(sizeBytes),
      mostBehind: replicas.reduce((most, { offsetLag }) => (BigInt(offsetLag) > most ? BigInt(offsetLag) : most), 0n),
    })),
  );
}

export function replicaRows(logDirs: readonly LogDir[]): ReplicaInLogDir[] {
  return logDirs.flatMap(({ path, topics }) =>
    topics.flatMap(({ topic, replicas }) =>
      replicas.map(({ partition, sizeBytes, offsetLag, isFuture }) => ({
        logDir: path,
        topic,
        partition,
        sizeBytes: BigInt(sizeBytes),
        behind: BigInt(offsetLag),
        isFuture,
      })),
    ),
  );
}
