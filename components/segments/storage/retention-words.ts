import type { Retention } from "#lib/contracts/segments.ts";
import type { TopicStorage } from "#lib/contracts/topic-storage.ts";
import { formatBytes, formatDuration } from "#lib/format.ts";
import { compacts, deletes } from "../cleanup-policy.ts";
import type { Storage, StoredPartition } from "./storage-model.ts";

export type Kept = Pick<Storage, "oldest" | "frees" | "nextGoesAtMs" | "partitions">;

/** What the topic's configs keep, against what is kept, and why the two differ; a sentence each. */
export function retentionSentences(retention: Retention | null, kept: Kept, nowMs: number): string[] {
  if (retention === null) return ["What retention keeps isn't known: the topic's configs could not be read."];
  if (retention.tiered) {
    return [
      "Tiered storage is on: older messages lie in remote storage and aren't counted here, and local.retention.ms and local.retention.bytes decide what goes next from the brokers' disks.",
    ];
  }
  const isCompacted = compacts(retention);
  const isDeleted = deletes(retention);
  return [
    ...(isCompacted ? [compacted(isDeleted)] : []),
    ...(isDeleted ? deleted(retention, kept, nowMs) : []),
    ...(isCompacted || isDeleted
      ? []
      : ["Nothing is deleted by age or size: cleanup.policy names neither delete nor compact."]),
    ...next(retention, kept, nowMs, isDeleted),
  ];
}

function compacted(deletes: boolean): string {
  return deletes
    ? "Compacted and deleted: of each key only the newest message has to stay, and that too goes with its segment."
    : "Compacted: of each key the newest message stays, however old; retention.ms and retention.bytes don't apply. What the next compaction frees is known only afterwards.";
}

function deleted({ retentionMs, retentionBytes }: Retention, { oldest, partitions }: Kept, nowMs: number): string[] {
  const [byTime, bySize] = [BigInt(retentionMs), BigInt(retentionBytes)];
  if (byTime < 0n && bySize < 0n) {
    return [
      "Nothing goes by age or size: retention.ms and retention.bytes are -1. It grows as long as its disks have room.",
    ];
  }
  const age = oldest?.oldestMs == null ? null : BigInt(nowMs) - oldest.oldestMs;
  const sentences: string[] = [];
  if (byTime < 0n) sentences.push("Nothing goes by age: retention.ms is -1.");
  else if (age !== null && age > byTime) {
    sentences.push(
      `Kept ${formatDuration(age - byTime)} longer than retention.ms (${formatDuration(byTime)}): a segment goes whole, once its newest message is that old.`,
    );
  } else if (age !== null && age < 0n) {
    sentences.push("The first message's timestamp lies in the future: nothing goes by age before it has passed.");
  } else if (age !== null) {
    sentences.push(`Nothing is older than retention.ms (${formatDuration(byTime)}).`);
  } else {
    sentences.push(`A segment goes once its newest message is older than retention.ms (${formatDuration(byTime)}).`);
  }
  const largest = largestOf(partitions);
  if (bySize >= 0n) {
    sentences.push(
      largest === null
        ? `A partition's oldest segments go once it holds retention.bytes (${formatBytes(bySize)}) without them.`
        : `The largest partition holds ${formatBytes(largest)} of retention.bytes (${formatBytes(bySize)} a partition): its oldest segments go once it holds that much without them.`,
    );
  }
  return sentences;
}

function next(retention: Retention, { frees, nextGoesAtMs }: Kept, nowMs: number, deletes: boolean): string[] {
  if (frees.bytes === null) return [];
  if (frees.bytes > 0n) {
    const least = frees.isLowerBound ? "at least " : "";
    return [`The next check${within(retention)} frees ${least}${formatBytes(frees.bytes)} on all brokers together.`];
  }
  if (!deletes) return [];
  if (nextGoesAtMs === null) return [];
  const inMs = nextGoesAtMs - nowMs;
  if (inMs <= 0) return [];
  return [`The next segment is due in ${formatDuration(inMs)}, if nothing younger is written to it.`];
}

function within({ checkIntervalMs }: Retention): string {
  return checkIntervalMs === null ? "" : `, within ${formatDuration(checkIntervalMs)},`;
}

function largestOf(partitions: readonly StoredPartition[]): bigint | null {
  let most: bigint | null = null;
  for (const { sizeBytes } of partitions) {
    if (sizeBytes !== null && (most === null || sizeBytes > most)) most = sizeBytes;
  }
  return most;
}

const DAY_S = 86_400;

/** "≈ +1.25 GiB a day", and what it was taken from. What retention freed is no rate: it goes in whole segments, now and then. */
export function growthWords({ bytesPerSecond, overMs }: NonNullable<TopicStorage["growth"]>): {
  readonly value: string;
  readonly aside: string;
} {
  const over = formatDuration(overMs >= 1_000 ? Math.round(overMs / 1_000) * 1_000 : overMs);
  if (bytesPerSecond < 0) {
    const freed = formatBytes(BigInt(Math.round((-bytesPerSecond * overMs) / 1_000)));
    return { value: `−${freed}`, aside: `without replicas, in ${over}: more was freed than came` };
  }
  const perDay = BigInt(Math.round(bytesPerSecond * DAY_S));
  const value = `≈\u00a0${perDay === 0n ? "" : "+"}${formatBytes(perDay)} a day`;
  return { value, aside: `without replicas, sampled over ${over}` };
}
