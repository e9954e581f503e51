import type { GroupVerdict } from "#lib/contracts/groups.ts";
import { formatCount, formatRate } from "#lib/format.ts";
import { type CasePartition, isBehindTransaction, type SampledCase, waitingSinceMs } from "./group-case.ts";
import { STUCK_MS } from "./stuck.ts";
import { byLag, memberWords, messages } from "./verdict-words.ts";

/** It must have been so at each of these moments. */
const AGO_MS = [0, 60_000, 120_000, 180_000] as const;
const FEWEST_PARTITIONS = 3;
/** Less is nothing that one batch wouldn't make. */
const FEWEST_MESSAGES = 100n;
const BEHIND_MS = 30_000;
/** So many times what the others get is uneven. */
const UNEVEN = 1.5;

/** For 3 minutes one partition has held more than half of all lag, although it is being read. */
export function hotPartition(group: SampledCase): GroupVerdict | null {
  const committed = group.partitions.filter(({ now }) => now.commit !== null && now.lag !== null);
  if (committed.length < FEWEST_PARTITIONS || group.reading.members?.length === 0) return null;
  const [hot] = byLag(committed);
  if (hot === undefined || hot.now.lag === null || hot.now.lag < FEWEST_MESSAGES) return null;
  const total = committed.reduce((sum, { now }) => sum + (now.lag ?? 0n), 0n);
  if (hot.now.lag * 2n <= total || !isReadButBehind(group, hot)) return null;
  if (!AGO_MS.every((agoMs) => heldMost(hot, committed, agoMs))) return null;
  const percent = (hot.now.lag * 100n) / total;
  const { topic, partition } = hot;
  return {
    kind: "hot-partition",
    severity: "warning",
    evidence: [
      { topic, partition },
      ` holds ${percent}% of its lag: ${formatCount(hot.now.lag)} of ${messages(total)}.`,
    ],
    advice: [advice(hot, committed)],
    partitions: [{ topic, partition }],
    memberId: hot.holder?.memberId ?? null,
    sinceMs: Math.round(group.nowMs - STUCK_MS),
  };
}

function heldMost(hot: CasePartition, partitions: readonly CasePartition[], agoMs: number): boolean {
  const lag = hot.seen.lagAgo(agoMs);
  if (lag === null || lag < FEWEST_MESSAGES) return false;
  const total = partitions.reduce((sum, { seen }) => sum + (seen.lagAgo(agoMs) ?? 0n), 0n);
  return lag * 2n > total;
}

/** What stands still is stuck, and what waits for a transaction isn't hot. */
function isReadButBehind({ nowMs, nothingReadable }: SampledCase, hot: CasePartition): boolean {
  const { now, seen, topic, partition } = hot;
  if (now.commit === null || now.highWatermark === null || isBehindTransaction(hot)) return false;
  if (nothingReadable(topic, partition) === true) return false;
  const waitingMs = waitingSinceMs(hot);
  if (waitingMs !== null && nowMs - waitingMs >= STUCK_MS) return false;
  return (seen.timeLag(now.commit.offset, now.highWatermark, nowMs)?.ms ?? 0) >= BEHIND_MS;
}

/** Its share of what is written tells whether the messages are the cause, or who reads them. */
function advice(hot: CasePartition, partitions: readonly CasePartition[]): string {
  const mine = hot.seen.producedPerSecond;
  const others = partitions.filter((one) => one !== hot).flatMap(({ seen }) => seen.producedPerSecond ?? []);
  if (mine === null || others.length === 0) return "Compare how much is written to it with the others.";
  const mean = others.reduce((sum, rate) => sum + rate, 0) / others.length;
  const written = `${formatRate(mine)} messages a second are written to it, ${formatRate(mean)} to each of the others on average: `;
  if (mine > mean * UNEVEN) {
    return `${written}few keys hold most messages. Give those keys a finer one, or let its consumer take more at a time.`;
  }
  const reader = hot.holder === null ? "its reader" : memberWords(hot.holder);
  return `${written}not what is written makes the difference, but how it is read. See what ${reader} does with these messages.`;
}
