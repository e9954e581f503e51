import type { GroupVerdict } from "#lib/contracts/groups.ts";
import { isBehindTransaction, type SampledCase, stoodSinceMs } from "./group-case.ts";
import { lasting, listedPartitions, messages, named } from "./verdict-words.ts";

/** A producer's transaction.timeout.ms is 60 s unless it says otherwise, and the coordinator looks every 10 s. */
const OPEN_MS = 2 * 60_000;

/** It has read all up to the last stable offset, which doesn't move: a transaction behind it is open. */
export function openTransaction(group: SampledCase): GroupVerdict | null {
  const { reading, nowMs } = group;
  if (reading.members === null || reading.members.length === 0) return null;
  const behind = group.partitions
    .flatMap((partition) => {
      const openMs = partition.seen.transactionSinceMs;
      const stoodMs = stoodSinceMs(partition);
      if (openMs === null || stoodMs === null || !isBehindTransaction(partition)) return [];
      return nowMs - Math.max(openMs, stoodMs) >= OPEN_MS ? [{ partition, openMs }] : [];
    })
    .toSorted((a, b) => a.openMs - b.openMs);
  const [first] = behind;
  if (first === undefined) return null;
  const partitions = behind.map(({ partition }) => partition);
  const waiting = partitions.reduce((sum, { now }) => sum + (now.lag ?? 0n), 0n);
  const one = partitions.length === 1;
  const stands = one
    ? `the last stable offset stays at ${first.partition.now.lastStableOffset}`
    : "their last stable offsets don't move";
  return {
    kind: "open-transaction",
    severity: "warning",
    evidence: [
      "On ",
      ...named(partitions),
      ` it waits for a transaction that has been open for ${lasting(nowMs - first.openMs)}: ${stands}, and ${messages(waiting)} ${waiting === 1n ? "lies" : "lie"} behind ${one ? "it" : "them"}.`,
    ],
    advice: [
      "Consumers with isolation.level=read_committed go on when the producer commits or aborts, at the latest after its transaction.timeout.ms. If it hangs, find it with kafka-transactions.sh describe-producers and end it with abort.",
    ],
    partitions: listedPartitions(partitions),
    memberId: null,
    sinceMs: Math.round(first.openMs),
  };
}
