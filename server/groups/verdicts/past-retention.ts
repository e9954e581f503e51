import type { GroupVerdict } from "#lib/contracts/groups.ts";
import type { Sentence } from "#lib/contracts/kafka.ts";
import { formatCount } from "#lib/format.ts";
import { type CasePartition, type SampledCase, stoodSinceMs } from "./group-case.ts";
import { listedPartitions, messages, named } from "./verdict-words.ts";

/** Commits and log starts are read a moment apart: it must still be so a step later. */
const STILL_SO_MS = 10_000;

type Loss = "certain" | "possible";

/**
 * Its committed offset lies below the log start offset: messages were deleted that it had not read. That is certain where one of
 * them was seen before. A group that had read everything may stand there too: before the marker of the last transaction.
 */
export function pastRetention(group: SampledCase): GroupVerdict | null {
  const { reading, nowMs } = group;
  const losses = group.partitions.map((partition) => ({ partition, loss: lossOf(partition, nowMs) }));
  const certain = losses.some(({ loss }) => loss === "certain");
  const behind = losses
    .flatMap(({ partition, loss }) => (loss === (certain ? "certain" : "possible") ? [partition] : []))
    .toSorted((a, b) => ((a.now.lost ?? 0n) < (b.now.lost ?? 0n) ? 1 : -1));
  const [first] = behind;
  if (first === undefined) return null;
  const memberless = reading.members?.length === 0;
  const lost = behind.reduce((sum, { now }) => sum + (now.lost ?? 0n), 0n);
  const since = behind.map((partition) => stoodSinceMs(partition) ?? nowMs);
  return {
    kind: "past-retention",
    severity: severity(behind, certain, memberless),
    evidence: certain ? lostEvidence(behind, lost) : possibleEvidence(behind, lost),
    advice: [certain ? lostAdvice(memberless) : possibleAdvice(memberless)],
    partitions: listedPartitions(behind),
    memberId: null,
    sinceMs: Math.round(Math.min(...since)),
  };
}

/** Null: none, or it is too early to tell. */
function lossOf(partition: CasePartition, nowMs: number): Loss | null {
  const { now, seen } = partition;
  const { commit, logStartOffset, highWatermark, lost } = now;
  if (lost === null || commit === null || logStartOffset === null) return null;
  const sinceMs = stoodSinceMs(partition);
  if (sinceMs === null || nowMs - sinceMs < STILL_SO_MS) return null;
  if (seen.readableAt !== null && seen.readableAt < logStartOffset) return "certain";
  // Markers and aborted messages are no loss.
  if (logStartOffset <= (seen.nothingUnreadTo ?? -1n)) return null;
  // One offset before the end of an empty log is where a reader of all transactions stands: behind it was the last one's marker.
  const nothingLeft = highWatermark !== null && logStartOffset >= highWatermark;
  return nothingLeft && lost === 1n ? null : "possible";
}

/** Of a group that nobody runs, nobody misses them yet; and one whose log is empty may have read it all. */
function severity(behind: readonly CasePartition[], certain: boolean, memberless: boolean): GroupVerdict["severity"] {
  if (certain) return memberless ? "warning" : "critical";
  const someLeft = behind.some(({ now }) => (now.highWatermark ?? 0n) > (now.logStartOffset ?? 0n));
  return someLeft && !memberless ? "warning" : "info";
}

function lostEvidence(behind: readonly CasePartition[], lost: bigint): Sentence {
  const were = lost === 1n ? ["was", "it"] : ["were", "them"];
  return [
    `${messages(lost)} of `,
    ...named(behind),
    ` ${were[0]} deleted before it read ${were[1]}${
      behind.length === 1 ? `: ${whereOf(behind)}.` : ", whose logs now start beyond its committed offsets."
    }`,
  ];
}

function possibleEvidence(behind: readonly CasePartition[], lost: bigint): Sentence {
  const one = behind.length === 1;
  const unknown =
    lost === 1n
      ? "the offset between is deleted. Whether it was a message that it had not read is not known."
      : `the ${formatCount(lost)} offsets between are deleted. Whether there were messages among them that it had not read is not known.`;
  return [
    "On ",
    ...named(behind),
    one ? ` ${whereOf(behind)}` : " its committed offsets lie below the log starts",
    `; ${unknown}`,
  ];
}

function whereOf([first]: readonly CasePartition[]): string {
  return `it committed offset ${first?.now.commit?.offset}, and the log now starts at ${first?.now.logStartOffset}`;
}

const THEN = "auto.offset.reset decides where it goes on: earliest at the log start, latest at the end, none fails.";
const CHOOSE = "To choose the place yourself, reset its offsets before.";

function lostAdvice(memberless: boolean): string {
  return memberless
    ? `When it starts again, ${THEN} ${CHOOSE}`
    : `They can't be read any more. A${THEN.slice(1)} Give the topic a longer retention if it falls behind often.`;
}

function possibleAdvice(memberless: boolean): string {
  const nothing = "If only markers of transactions and aborted messages were left, it has lost nothing.";
  return memberless ? `${nothing} When it starts again, ${THEN} ${CHOOSE}` : `${nothing} A${THEN.slice(1)}`;
}
