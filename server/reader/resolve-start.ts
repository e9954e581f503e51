import type { TailStart } from "#lib/tail/start.ts";
import type { ClusterConnections } from "../kafka/connections.ts";
import { listOffsets, type OffsetKind, type OffsetsByTopic } from "../kafka/list-offsets.ts";
import type { MetadataPartition, MetadataTopic } from "../kafka/read-metadata.ts";
import { earlierOf, laterOf } from "./offset-bounds.ts";
import type { PartitionPosition } from "./partition-position.ts";

/** Where reading begins in one partition. */
export interface ResolvedStart {
  readonly from: bigint;
  /**
   * The offset that was asked for, when the log doesn't hold it. Before `from`: the messages between were deleted. Behind it:
   * not written yet, or the log was cut off since.
   */
  readonly wanted: bigint | null;
  /** Where the partition ends now, as far as its isolation lets one read. */
  readonly end: bigint;
}

/**
 * Asks one leader where its partitions start: every start lies in [log start offset, high watermark], with `committed` in
 * [log start offset, last stable offset], but for offsets that were asked for: they may lie between the two ends.
 * @param nowMs what "so long ago" counts from
 * @returns by position; those that the leader doesn't answer for are left out
 * @throws {ProblemError} cancelled
 */
export async function resolveStarts(
  kafka: ClusterConnections,
  leader: number,
  positions: readonly PartitionPosition[],
  options: { readonly committed: boolean; readonly nowMs: number },
  signal: AbortSignal,
): Promise<ReadonlyMap<PartitionPosition, ResolvedStart>> {
  const topics = asTopics(leader, positions);
  const times = new Set(positions.flatMap(({ start }) => timeOf(start, options.nowMs) ?? []));
  const kinds: OffsetKind[] = ["earliest", "latest", ...(options.committed ? ["stable" as const] : [])];
  const listed = await listOffsets(
    kafka,
    topics,
    [...kinds, ...[...times].map((sinceMs): OffsetKind => ({ sinceMs }))],
    signal,
  );
  const at = (index: number, { topic, partition }: PartitionPosition) =>
    offsetOf(listed[index]?.offsets, topic, partition);
  const resolved = new Map<PartitionPosition, ResolvedStart>();
  for (const position of positions) {
    const earliest = at(0, position);
    const highWatermark = at(1, position);
    const end = options.committed ? at(2, position) : highWatermark;
    if (earliest === null || highWatermark === null || end === null || position.start === null) continue;
    const sinceMs = timeOf(position.start, options.nowMs);
    const since = sinceMs === null ? null : at(kinds.length + [...times].indexOf(sinceMs), position);
    if (sinceMs !== null && since === null) continue;
    resolved.set(position, startWithin(position.start, { earliest, end, highWatermark, since }));
  }
  return resolved;
}

/** @param known `since`: the first offset at or after the time, -1 when there is none, null when no time was asked for */
export function startWithin(
  start: TailStart,
  known: {
    readonly earliest: bigint;
    readonly end: bigint;
    readonly highWatermark: bigint;
    readonly since: bigint | null;
  },
): ResolvedStart {
  const { earliest, since } = known;
  // Retention may have moved the beginning between the two questions.
  const end = laterOf(known.end, earliest);
  const within = (offset: bigint, last = end) => laterOf(earlierOf(offset, last), earliest);
  switch (start.kind) {
    case "earliest":
      return { from: earliest, wanted: null, end };
    case "now":
      return { from: end, wanted: null, end };
    case "last":
      return { from: within(end - BigInt(start.count)), wanted: null, end };
    case "offset": {
      const wanted = BigInt(start.offset);
      const from = within(wanted, laterOf(known.highWatermark, end));
      return { from, wanted: from === wanted ? null : wanted, end };
    }
    case "ago":
    case "at":
      return { from: since === null || since < 0n ? end : within(since), wanted: null, end };
  }
}

function timeOf(start: TailStart | null, nowMs: number): number | null {
  if (start?.kind === "ago") return Math.max(0, nowMs - start.ms);
  return start?.kind === "at" ? start.timestampMs : null;
}

function offsetOf(offsets: OffsetsByTopic | undefined, topic: string, partition: number): bigint | null {
  return offsets?.get(topic)?.[partition] ?? null;
}

/** The positions as the metadata that `listOffsets` takes: all other partitions have no leader, and are not asked for. */
function asTopics(leader: number, positions: readonly PartitionPosition[]): MetadataTopic[] {
  const byTopic = Map.groupBy(positions, ({ topic }) => topic);
  return [...byTopic].map(([name, mine]) => {
    const length = 1 + mine.reduce((highest, { partition }) => Math.max(highest, partition), 0);
    const partitions = Array.from({ length }, (_, partition) => placeholder(partition));
    for (const { partition } of mine) partitions[partition] = { ...placeholder(partition), leader };
    return { name, topicId: null, internal: false, errorCode: 0, partitions };
  });
}

const NOBODY: readonly number[] = [];

function placeholder(partition: number): MetadataPartition {
  return { partition, leader: null, leaderEpoch: null, replicas: NOBODY, isr: NOBODY, offlineReplicas: NOBODY };
}
