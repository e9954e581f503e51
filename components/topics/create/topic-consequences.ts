import { bytesQuantity, formatBytes, formatCount, formatDuration, plural, quantityText } from "#lib/format.ts";
import { possiblePlacement } from "#lib/placement.ts";

/** What is known of the topic that would be made; null: not known. -1 is "no limit", as in Kafka. */
export interface PlannedTopic {
  readonly partitions: number | null;
  readonly replicationFactor: number | null;
  /** The brokers of each partition, where they are chosen by hand; null: Kafka spreads them. */
  readonly assignment: readonly (readonly number[])[] | null;
  readonly minInsyncReplicas: number | null;
  readonly cleanupPolicy: string | null;
  readonly retentionMs: bigint | null;
  readonly retentionBytes: bigint | null;
}

export interface PlanBroker {
  readonly id: number;
  readonly rack: string | null;
  readonly state: "up" | "fenced" | "down";
  readonly diskUsableBytes: string | null;
}

/** One line of "What this creates": a fact, and what follows from it. */
export interface Consequence {
  readonly key: "replicas" | "losses" | "disk";
  readonly severity: "note" | "warning" | "critical";
  readonly title: string;
  readonly detail: string;
}

/** Writes a second, in bytes, for which disk need is worked out. */
export const assumedRates = [10_000, 100_000, 1_000_000, 10_000_000, 100_000_000] as const;

/** What follows from a topic's size and configs, in plain words. Unknown numbers leave their line out. */
export function topicConsequences(
  topic: PlannedTopic,
  brokers: readonly PlanBroker[],
  bytesPerSecond: number,
): Consequence[] {
  const tooFew = tooFewBrokers(topic, brokers);
  if (tooFew) return [tooFew];
  return [
    replicaConsequence(topic, brokers),
    lossConsequence(topic, brokers),
    diskConsequence(topic, brokers, bytesPerSecond),
  ].filter((line) => line !== null);
}

/** The controller says it too, but only once it is asked; what would follow is then beside the point. */
function tooFewBrokers({ replicationFactor }: PlannedTopic, brokers: readonly PlanBroker[]): Consequence | null {
  if (replicationFactor === null || brokers.length === 0 || replicationFactor <= brokers.length) return null;
  return {
    key: "replicas",
    severity: "critical",
    title: `${plural(replicationFactor, "replica")} of a partition need as many brokers.`,
    detail: `This cluster has ${formatCount(brokers.length)}, those that are down included.`,
  };
}

function replicaConsequence(topic: PlannedTopic, brokers: readonly PlanBroker[]): Consequence | null {
  const { partitions, replicationFactor } = topic;
  if (partitions === null || replicationFactor === null) return null;
  const up = brokers.filter(({ state }) => state === "up").length;
  const away = brokers.filter(({ state }) => state !== "up");
  const title = `${plural(partitions, "partition")} × ${plural(replicationFactor, "replica")} = ${plural(
    partitions * replicationFactor,
    "replica",
  )}${brokers.length > 0 ? ` on ${plural(brokers.length, "broker")}` : ""}.`;
  if (away.length === 0) {
    return { key: "replicas", severity: "note", title, detail: up === 0 ? "" : "Every broker is up." };
  }
  const names = away.map(({ id }) => id).join(", ");
  const [subject, verb] = away.length === 1 ? [`Broker ${names} is`, "gets"] : [`Brokers ${names} are`, "get"];
  return replicationFactor > up
    ? {
        key: "replicas",
        severity: "warning",
        title,
        detail: `${subject} not up, and ${plural(up, "broker")} are too few: partitions start under-replicated.`,
      }
    : {
        key: "replicas",
        severity: "note",
        title,
        detail: `${subject} not up, and ${verb} replicas only where no other broker is left.`,
      };
}

function lossConsequence(topic: PlannedTopic, brokers: readonly PlanBroker[]): Consequence | null {
  const { replicationFactor: replicas, minInsyncReplicas } = topic;
  if (replicas === null || minInsyncReplicas === null) return null;
  const away = replicasAway(topic, replicas, brokers);
  const inSync = replicas - away;
  if (inSync < Math.min(minInsyncReplicas, replicas)) {
    return {
      key: "losses",
      severity: "critical",
      title: "Writes with acks=all are refused from the start.",
      detail: `min.insync.replicas asks for ${Math.min(minInsyncReplicas, replicas)}, and ${startsWith(inSync, replicas)}.`,
    };
  }
  // Measured on Kafka 4.3: the check is capped at the number of replicas. Older brokers don't cap it.
  if (minInsyncReplicas > replicas) {
    return {
      key: "losses",
      severity: "warning",
      title: `min.insync.replicas asks for ${minInsyncReplicas} of ${plural(replicas, "replica")}.`,
      detail: "Newer brokers then want all of them in sync; older ones refuse every write with acks=all.",
    };
  }
  if (replicas === 1) {
    return {
      key: "losses",
      severity: "warning",
      title: "No broker may be lost.",
      detail: "With one replica a partition is offline while its broker is down, and gone with its disk.",
    };
  }
  const spare = inSync - minInsyncReplicas;
  if (away > 0) {
    return {
      key: "losses",
      severity: "warning",
      title: `Writes with acks=all survive the loss of ${spare === 0 ? "no other broker" : plural(spare, "more broker")}.`,
      detail: `Where a broker is away already, ${startsWith(inSync, replicas)}; with ${spare + 1} more gone, ${
        minInsyncReplicas === 1 ? "the partition is offline" : "writes are refused"
      }.`,
    };
  }
  if (spare === 0) {
    return {
      key: "losses",
      severity: "warning",
      title: "Writes with acks=all survive the loss of no broker.",
      detail: `All ${replicas} replicas must be in sync; with one gone, writes are refused.`,
    };
  }
  return {
    key: "losses",
    severity: "note",
    title: `Writes with acks=all survive the loss of ${plural(spare, "broker")}.`,
    detail:
      minInsyncReplicas === 1
        ? "The last replica takes writes alone: what only it has is lost with it."
        : `With ${spare + 1} gone, they are refused; nothing acknowledged is lost.`,
  };
}

/** Replicas that the worst placed partition has, or may get, on brokers that aren't up. */
function replicasAway({ assignment }: PlannedTopic, replicas: number, brokers: readonly PlanBroker[]): number {
  const up = new Set(brokers.filter(({ state }) => state === "up").map(({ id }) => id));
  if (up.size === brokers.length) return 0;
  // Kafka starts at any broker: as many partitions as there are brokers show the worst that can come of it.
  const placeable = brokers.map(({ id, rack }) => ({ id, rack, up: up.has(id) }));
  const rows = assignment ?? possiblePlacement(placeable, brokers.length, replicas);
  if (rows === null) return replicas;
  return rows.reduce((most, row) => Math.max(most, row.filter((id) => !up.has(id)).length), 0);
}

function startsWith(inSync: number, replicas: number): string {
  return `a partition starts with ${inSync} of ${plural(replicas, "replica")} in sync`;
}

function diskConsequence(
  topic: PlannedTopic,
  brokers: readonly PlanBroker[],
  bytesPerSecond: number,
): Consequence | null {
  const { partitions, replicationFactor, cleanupPolicy, retentionMs, retentionBytes } = topic;
  if (partitions === null || replicationFactor === null || cleanupPolicy === null) return null;
  if (retentionMs === null || retentionBytes === null) return null;
  const deletes = cleanupPolicy.split(",").some((policy) => policy.trim() === "delete");
  const rate = `${quantityText(rateQuantity(bytesPerSecond))} in`;
  const removesNothing = cleanupPolicy.trim() === "";
  if (!deletes && !removesNothing) {
    return {
      key: "disk",
      severity: "note",
      title: "It keeps the newest message of each key for ever.",
      detail: `Disk need follows the number of keys, not time. ${freeText(brokers)}`.trim(),
    };
  }
  const byTime = removesNothing || retentionMs < 0n ? null : (retentionMs * BigInt(bytesPerSecond)) / 1000n;
  const bySize = removesNothing || retentionBytes < 0n ? null : retentionBytes * BigInt(partitions);
  if (byTime === null && bySize === null) {
    return {
      key: "disk",
      severity: "warning",
      title: "It grows without a limit.",
      detail: `Neither time nor size ends it. At ${rate} that is ${formatBytes(
        BigInt(bytesPerSecond) * 86_400n * BigInt(replicationFactor),
      )} a day with all replicas. ${freeText(brokers)}`.trim(),
    };
  }
  const sizeRules = bySize !== null && (byTime === null || bySize < byTime);
  const once = sizeRules ? bySize : (byTime ?? 0n);
  const all = once * BigInt(replicationFactor);
  const free = freeBytes(brokers);
  const sum = `${formatBytes(once)} × ${replicationFactor} = ${formatBytes(all)}`;
  return {
    key: "disk",
    severity: free !== null && all > free ? "warning" : "note",
    title: sizeRules ? `At most ${sum}.` : `At ${rate}, ${formatDuration(retentionMs)} need ${sum}.`,
    detail:
      `${sizeRules ? "retention.bytes sets the limit, and each partition may exceed it by one segment. " : ""}${freeText(brokers)}`.trim(),
  };
}

/** 1,000,000 → 1 MB/s: rates are decimal, sizes binary. */
export function rateQuantity(bytesPerSecond: number) {
  const [value, unit] =
    bytesPerSecond >= 1_000_000 ? [bytesPerSecond / 1_000_000, "MB/s"] : [bytesPerSecond / 1_000, "kB/s"];
  return { value: String(value), unit };
}

function freeBytes(brokers: readonly PlanBroker[]): bigint | null {
  const up = brokers.filter(({ state }) => state === "up");
  if (up.length === 0 || up.some(({ diskUsableBytes }) => diskUsableBytes === null)) return null;
  return up.reduce((sum, { diskUsableBytes }) => sum + BigInt(diskUsableBytes ?? "0"), 0n);
}

function freeText(brokers: readonly PlanBroker[]): string {
  const free = freeBytes(brokers);
  if (free === null) return "";
  const up = brokers.filter(({ state }) => state === "up").length;
  return `Free on ${up === 1 ? "the broker" : `the ${up} brokers`} that are up: ${quantityText(bytesQuantity(free))}.`;
}
