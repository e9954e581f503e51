import type { z } from "zod";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { MissingPart } from "#lib/contracts/kafka.ts";
import type { listSegments as contract } from "#lib/contracts/segments.ts";
import { missingOffsets } from "../../clusters/missing-offsets.ts";
import type { ClusterContext } from "../../context.ts";
import { listOffsets } from "../../kafka/list-offsets.ts";
import { describePartition } from "../describe-partition.ts";
import { FenceError } from "../partition-directory.ts";
import { readSideFiles } from "../read-side-files.ts";
import { type LogBounds, whatGoes } from "../retention.ts";
import { findReplicas, type Replica } from "../sources/find-replicas.ts";
import { committedIn } from "./committed-in.ts";
import { onlyPartition } from "./only-partition.ts";
import { type PartitionConfig, readCheckInterval, readPartitionConfig } from "./partition-config.ts";
import { readCleanedTo } from "./read-cleaned-to.ts";
import { damageOnWire, retentionOnWire, segmentOnWire } from "./wire.ts";

type Answer = z.input<typeof contract.response>;

/**
 * A partition as files: the segments of every replica whose directory can be read, and what the brokers tell of the others. What
 * is damaged or goes away meanwhile is told at its place.
 * @throws {ProblemError} topic-not-found, partition-not-found, kafka-forbidden, cluster-unreachable, deadline-exceeded, cancelled
 */
export async function listSegments(ctx: ClusterContext, { params }: ParsedInput<typeof contract>): Promise<Answer> {
  const observedAtMs = Date.now();
  const { partition } = params;
  const { topic, replicas, missing } = await findReplicas(ctx, params.topic, partition);
  const leader = topic.partitions[partition]?.leader ?? null;
  const [[earliest, latest], configs, checkIntervalMs] = await Promise.all([
    listOffsets(ctx.kafka, [onlyPartition(topic, partition)], ["earliest", "latest"], ctx.signal),
    readPartitionConfig(ctx, topic.name),
    readCheckInterval(ctx, leader ?? replicas[0]?.brokerId ?? null),
  ]);
  const bounds: LogBounds = {
    logStartOffset: earliest.offsets.get(topic.name)?.[partition] ?? null,
    highWatermark: latest.offsets.get(topic.name)?.[partition] ?? null,
  };
  const { config } = configs;
  const read = await Promise.all(
    replicas.map((replica) => readReplica(ctx, replica, { topic: topic.name, partition }, config, bounds)),
  );
  const groups = committedIn(ctx.state, topic.name, partition);
  return {
    topic: topic.name,
    partition,
    topicId: topic.topicId,
    replicas: read.map(({ replica }) => replica),
    logStartOffset: bounds.logStartOffset?.toString() ?? null,
    highWatermark: bounds.highWatermark?.toString() ?? null,
    retention: config && retentionOnWire(config, checkIntervalMs),
    committed: [...groups.committed],
    missing: [
      ...missing,
      ...missingOffsets([earliest, latest]),
      ...configs.missing,
      ...(config?.tiered ? [goesUnknown(topic.name)] : []),
      ...read.flatMap(({ missing: parts }) => parts),
      ...groups.missing,
    ],
    observedAtMs,
  };
}

interface ReadReplica {
  readonly replica: Answer["replicas"][number];
  readonly missing: readonly MissingPart[];
}

async function readReplica(
  { signal, state }: ClusterContext,
  found: Replica,
  { topic, partition }: { readonly topic: string; readonly partition: number },
  config: PartitionConfig | null,
  bounds: LogBounds,
): Promise<ReadReplica> {
  const { brokerId, role, inSync, access, directory } = found;
  const told = {
    brokerId,
    role,
    inSync,
    sizeBytes: found.sizeBytes?.toString() ?? null,
    offsetLag: found.offsetLag?.toString() ?? null,
  };
  const unread = { directory: null, segments: [], sideFiles: [], damage: [], bytesRead: "0" };
  if (directory === null) return { replica: { ...told, access, ...unread }, missing: [] };
  try {
    const [described, cleanedTo] = await Promise.all([
      describePartition(directory, signal, state.segments.described.get),
      config?.cleanupPolicy.includes("compact") ? readCleanedTo(found.log, topic, partition) : null,
    ]);
    const { sideFiles, damage, bytesRead } = await readSideFiles(
      { log: found.log, directory, listing: described.listing, topic, partition },
      signal,
    );
    const deletable = described.segments.map(({ baseOffset, sizeBytes, maxTimestampMs }) => ({
      baseOffset,
      sizeBytes: BigInt(sizeBytes),
      maxTimestampMs,
    }));
    const goes = config === null || config.tiered ? [] : whatGoes(deletable, config, bounds, Date.now());
    const segments = described.segments.map((segment, index) => {
      const next = described.segments[index + 1];
      const compacted = cleanedTo === null ? null : next !== undefined && next.baseOffset <= cleanedTo;
      return segmentOnWire(segment, compacted, goes[index] ?? null);
    });
    const replica: Answer["replicas"][number] = {
      ...told,
      sizeBytes: told.sizeBytes ?? sumOf(described.segments).toString(),
      access,
      directory: directory.name,
      segments,
      sideFiles: [...sideFiles],
      damage: damage.map(damageOnWire),
      bytesRead: (described.bytesRead + bytesRead).toString(),
    };
    return { replica, missing: described.notDescribed === 0 ? [] : [oldOnes(brokerId, described.notDescribed)] };
  } catch (error) {
    if (!(error instanceof FenceError)) throw error;
    const reason = error.reason === "forbidden" ? "forbidden" : "absent";
    const gone = { state: "unreadable", reason, detail: error.message } as const;
    return { replica: { ...told, access: gone, ...unread }, missing: [] };
  }
}

function sumOf(segments: readonly { readonly sizeBytes: number }[]): bigint {
  return segments.reduce((sum, { sizeBytes }) => sum + BigInt(sizeBytes), 0n);
}

function oldOnes(brokerId: number, count: number): MissingPart {
  return {
    part: `times and offsets of the ${count} oldest segments on broker ${brokerId}`,
    code: "not-all",
    detail:
      "There are more segments than are read at once: of the oldest ones only the sizes are told. Open one to see what is in it.",
    brokerId,
  };
}

function goesUnknown(topic: string): MissingPart {
  return {
    part: "what goes next",
    code: "not-supported-by-broker",
    detail: `${topic} is tiered (remote.storage.enable): what lies here goes once it was copied and local.retention.* is over, which its files don't tell.`,
  };
}
