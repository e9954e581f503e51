import type { SegmentList } from "#lib/contracts/segments.ts";
import { formatBytes, formatCount, formatDuration, plural } from "#lib/format.ts";
import type { Zone } from "#lib/time.ts";
import { compacts, deletes } from "../cleanup-policy.ts";
import { largest } from "./extremes.ts";
import type { MapSegment } from "./map-segment.ts";
import { inWords } from "./segment-words.ts";
import type { TimeSpans } from "./time-spans.ts";

export interface MessageCount {
  readonly count: bigint;
  /** Some of those offsets have no message: compaction, gaps, transaction markers. */
  readonly atMost: boolean;
}

/** Offsets from the log start to the high watermark; null when one of them isn't known. */
export function messageCount(
  { logStartOffset, highWatermark, retention }: Pick<SegmentList, "logStartOffset" | "highWatermark" | "retention">,
  segments: readonly MapSegment[],
): MessageCount | null {
  if (logStartOffset === null || highWatermark === null) return null;
  const count = BigInt(highWatermark) - BigInt(logStartOffset);
  const gaps = segments.some(({ end, segment }, index) => {
    const next = segments[index + 1];
    return segment.abortedTransactions !== null || (next !== undefined && end < next.base);
  });
  return { count: count < 0n ? 0n : count, atMost: compacts(retention) || gaps };
}

export function totalSize(segments: readonly MapSegment[]): bigint {
  return segments.reduce((sum, { size }) => sum + size, 0n);
}

/** What a bar of full height stands for: segment.bytes, or the largest segment where one is larger or that isn't known. */
export function fullSize(lanes: readonly (readonly MapSegment[])[], retention: SegmentList["retention"]) {
  const limit = retention === null ? null : BigInt(retention.segmentBytes);
  const most = largest(lanes.flat().map(({ size }) => size)) ?? 0n;
  if (limit !== null && limit >= most && limit > 0n)
    return { bytes: limit, words: `segment.bytes, ${formatBytes(limit)}` };
  const known = limit === null ? "" : `; segment.bytes is ${formatBytes(limit)}`;
  return { bytes: most > 0n ? most : 1n, words: `the largest one, ${formatBytes(most)}${known}` };
}

/** What retention does to a replica's segments next, in a sentence or two. */
export function nextToGo(
  segments: readonly MapSegment[],
  retention: SegmentList["retention"],
  { zone, nowMs }: { readonly zone: Zone; readonly nowMs: number },
): string {
  if (retention === null) return "What goes next isn't known: the topic's configs could not be read.";
  const due = segments.filter(({ segment }) => segment.goes?.dueNow === true);
  const [firstDue] = due;
  if (firstDue !== undefined) return dueSentence(due, retention);
  const cleaned = compacts(retention) ? `${cleanedSentence(segments)} ` : "";
  if (retention.tiered) {
    return `${cleaned}The topic is tiered: what lies here goes once it was copied and local.retention.* is over, which its files don't tell.`;
  }
  if (!deletes(retention))
    return `${cleaned}Nothing is deleted by age or size: cleanup.policy is ${retention.cleanupPolicy}.`;
  if (totalSize(segments) === 0n) return `${cleaned}There is nothing to delete: the partition is empty.`;
  const next = segments.find(({ segment }) => segment.goes !== null);
  const goes = next?.segment.goes ?? null;
  if (next === undefined || goes === null) return cleaned + keptSentence(retention);
  const which = next.segment.active ? "The active segment" : "The oldest segment";
  const bySize = bySizeWords(next, segments, BigInt(retention.retentionBytes));
  if (goes.atMs !== null) {
    const unless = next.segment.active ? ", unless more is written to it" : "";
    const sooner =
      bySize === null ? "" : `; sooner by retention.bytes (${formatBytes(retention.retentionBytes)}) ${bySize}`;
    return `${cleaned}${which} goes ${inWords(goes.atMs, zone, nowMs)} by ${goes.because}${unless}${sooner}.`;
  }
  const byTime =
    BigInt(retention.retentionMs) < 0n ? "" : " When retention.ms deletes it isn't known: it has no timestamp to tell.";
  return `${cleaned}${which} goes by retention.bytes ${bySize ?? "as soon as more is written"}.${byTime}`;
}

/** What must come for retention.bytes to delete a segment: "once 88.1 MiB more are written"; null when it deletes nothing. */
function bySizeWords({ segment, size }: MapSegment, all: readonly MapSegment[], keeps: bigint): string | null {
  if (keeps < 0n) return null;
  // What is written to itself makes no difference: all that is kept lies behind it.
  if (segment.active) return `once it has rolled and ${formatBytes(keeps)} are written after it`;
  const more = keeps + size - totalSize(all);
  return `once ${formatBytes(more > 0n ? more : 0n)} more are written`;
}

function dueSentence(due: readonly MapSegment[], { checkIntervalMs }: NonNullable<SegmentList["retention"]>): string {
  const reasons = new Set(due.map(({ segment }) => segment.goes?.because));
  const past = [...reasons].map((because) =>
    because === "log-start-offset" ? "before the log start offset" : `past ${because}`,
  );
  const when = checkIntervalMs === null ? "" : `, every ${formatDuration(checkIntervalMs)}`;
  const [they, are] = due.length === 1 ? ["it goes", "is"] : ["they go", "are"];
  return `${plural(due.length, "segment")} (${formatBytes(totalSize(due))}) ${are} ${past.join(" or ")}: ${they} at the broker's next check${when}.`;
}

function cleanedSentence(segments: readonly MapSegment[]): string {
  const rolled = segments.filter(({ segment }) => !segment.active);
  if (rolled.length === 0) return "Compaction leaves the active segment alone.";
  if (rolled.some(({ segment }) => segment.compacted === null)) return "How far compaction came isn't known.";
  const cleaned = rolled.filter(({ segment }) => segment.compacted).length;
  return `${formatCount(cleaned)} of ${plural(rolled.length, "rolled segment")} ${cleaned === 1 ? "is" : "are"} cleaned.`;
}

function keptSentence({ retentionMs, retentionBytes }: NonNullable<SegmentList["retention"]>): string {
  if (BigInt(retentionMs) < 0n && BigInt(retentionBytes) < 0n) {
    return "Nothing goes: retention.ms and retention.bytes are unlimited.";
  }
  return "Nothing goes that could be told now.";
}

/** What isn't where its timestamps say on the time scale, and why; empty when all is. */
export function movedSentences(moved: TimeSpans["moved"], segments: readonly MapSegment[]): string[] {
  const { unknown, outOfOrder, future } = moved;
  if (totalSize(segments) === 0n) return [];
  if (unknown === segments.length) return ["No timestamp is known: the segments are laid side by side, by offset."];
  return [
    unknown > 0 && `No timestamps are known of ${plural(unknown, "segment")}: laid beside the others, by offset.`,
    outOfOrder > 0 &&
      `In ${plural(outOfOrder, "segment")} timestamps overlap those of others or go backwards: laid side by side, by offset.`,
    future > 0 &&
      `${plural(future, "segment")} ${future === 1 ? "holds" : "hold"} timestamps in the future (a producer's clock or unit): laid side by side, by offset. retention.ms counts from those.`,
  ].filter((sentence) => sentence !== false);
}
