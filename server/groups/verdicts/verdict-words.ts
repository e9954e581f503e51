import type { Sentence } from "#lib/contracts/kafka.ts";
import { formatCount, formatDuration, formatRate } from "#lib/format.ts";
import { listed } from "../../clusters/words.ts";
import type { GroupMember } from "../group-reading.ts";
import type { CasePartition } from "./group-case.ts";

const MOST_NAMED = 3;
const MOST_LISTED = 20;

/** "orders-3", "orders-3, orders-4 and 7 more", each a subject. */
export function named(partitions: readonly CasePartition[]): Sentence {
  return listed(
    partitions.map(({ topic, partition }) => ({ topic, partition })),
    MOST_NAMED,
  );
}

/** As a verdict lists them. */
export function listedPartitions(partitions: readonly CasePartition[]): { topic: string; partition: number }[] {
  return partitions.slice(0, MOST_LISTED).map(({ topic, partition }) => ({ topic, partition }));
}

/** "billing-4": as its operators call it. */
export function memberName({ instanceId, clientId }: GroupMember): string {
  return instanceId ?? clientId;
}

/** "billing-4 on host 10.4.2.17" */
export function memberWords(member: GroupMember): string {
  return `${memberName(member)} on host ${member.host}`;
}

/** "4 min 12 s"; whole seconds. */
export function lasting(ms: number): string {
  return formatDuration(Math.max(1_000, Math.floor(ms / 1_000) * 1_000));
}

/** "18,442 messages" */
export function messages(count: bigint): string {
  return `${formatCount(count)} ${count === 1n ? "message" : "messages"}`;
}

/** "108", "0.4": without its unit. */
export function perSecond(count: bigint, overMs: number): string {
  return formatRate(Number(count) / (overMs / 1_000));
}

/** By lag, the most first. */
export function byLag(partitions: readonly CasePartition[]): CasePartition[] {
  return partitions.toSorted((a, b) => compare(b.now.lag ?? -1n, a.now.lag ?? -1n));
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
