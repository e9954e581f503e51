import type { DescribedLogDir } from "../kafka/describe-log-dirs.ts";

/**
 * What may be written to, or removed from, a volume between the readings of two log dirs of one answer, which are milliseconds
 * apart.
 */
const BETWEEN_READINGS_BYTES = 64n * 1024n * 1024n;

interface Volumes {
  readonly totalBytes: bigint | null;
  readonly usableBytes: bigint | null;
}

interface KnownVolume {
  readonly totalBytes: bigint;
  readonly usableBytes: bigint;
  /** Of the replicas in one log dir on it. */
  readonly heldBytes: bigint;
}

/**
 * Space of the volumes that a broker's log dirs lie on. Kafka tells the space of each log dir's volume, but not which of them
 * share one (KIP-827): that follows from the numbers, or it does not, and then there is no sum.
 * @returns null when a log dir doesn't tell, or when it can't be told whether two of them share a volume
 */
export function sumOfVolumes(logDirs: readonly DescribedLogDir[]): Volumes {
  const unknown = { totalBytes: null, usableBytes: null };
  const volumes: KnownVolume[] = [];
  for (const { totalBytes, usableBytes, topics } of logDirs) {
    if (totalBytes === null || usableBytes === null) return unknown;
    const heldBytes = topics.reduce((all, { replicas }) => replicas.reduce((sum, one) => sum + one.sizeBytes, all), 0n);
    const volume = { totalBytes, usableBytes, heldBytes };
    const relations = volumes.map((other) => relationOf(volume, other));
    const shared = relations.indexOf("same");
    if (shared >= 0) volumes[shared] = merged(volume, volumes[shared] ?? volume);
    else if (relations.includes("unclear")) return unknown;
    else volumes.push(volume);
  }
  return {
    totalBytes: volumes.reduce((sum, one) => sum + one.totalBytes, 0n),
    usableBytes: volumes.reduce((sum, one) => sum + one.usableBytes, 0n),
  };
}

function relationOf(a: KnownVolume, b: KnownVolume): "same" | "apart" | "unclear" {
  if (a.totalBytes !== b.totalBytes) return "apart";
  if (distance(a.usableBytes, b.usableBytes) > BETWEEN_READINGS_BYTES) return "apart";
  const used = a.totalBytes - a.usableBytes;
  if (a.heldBytes + b.heldBytes > used + BETWEEN_READINGS_BYTES) return "apart";
  // Two volumes that hold different amounts would not have the same left.
  return distance(a.heldBytes, b.heldBytes) > BETWEEN_READINGS_BYTES ? "same" : "unclear";
}

/** Two readings of one volume as one: what they hold adds up. */
function merged(later: KnownVolume, earlier: KnownVolume): KnownVolume {
  return { ...later, heldBytes: later.heldBytes + earlier.heldBytes };
}

function distance(a: bigint, b: bigint): bigint {
  return a > b ? a - b : b - a;
}
