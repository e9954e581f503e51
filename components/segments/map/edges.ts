import type { SegmentList } from "#lib/contracts/segments.ts";
import { digitGroups, formatBytes, formatDuration } from "#lib/format.ts";
import { deletes } from "../cleanup-policy.ts";
import { type LaneLayout, placeBytesBeforeEnd, placeOffset, placeTime, placeWithin } from "./lane-layout.ts";
import type { Domain } from "./shares.ts";

/** A line across a lane: what lies before it goes, or is gone. */
export interface Edge {
  readonly key: "retention.ms" | "retention.bytes" | "log-start" | "high-watermark";
  /** In pixels of the track. */
  readonly x: number;
  readonly name: string;
  /** What it means; left out where there is no room. */
  readonly meaning: string;
}

type Bounds = Pick<SegmentList, "retention" | "logStartOffset" | "highWatermark">;

/** What is older than this goes by retention.ms; null when nothing does, or retention isn't known. */
export function retentionEdgeMs(retention: SegmentList["retention"], nowMs: bigint): bigint | null {
  if (retention === null || !deletes(retention)) return null;
  const retentionMs = BigInt(retention.retentionMs);
  return retentionMs < 0n ? null : nowMs - retentionMs;
}

/**
 * The lines of a lane. Only those that divide it: retention that has nothing to cut is said in words elsewhere.
 * @param axis the time axis; null on another scale
 */
export function edgesOf(lane: LaneLayout, bounds: Bounds, axis: Domain | null, nowMs: bigint): Edge[] {
  const { retention, logStartOffset, highWatermark } = bounds;
  const [first, last] = [lane.segments[0], lane.segments.at(-1)];
  if (first === undefined || last === undefined) return [];
  const edges: Edge[] = [];
  const edgeMs = retentionEdgeMs(retention, nowMs);
  if (retention !== null && edgeMs !== null && reaches(lane, edgeMs, axis)) {
    edges.push({
      key: "retention.ms",
      x: placeTime(lane, edgeMs, axis) ?? placeWithin(lane, lane.segments.length - 1, 1),
      name: `retention.ms ${formatDuration(retention.retentionMs)}`,
      meaning: "a segment goes when its last message is older",
    });
  }
  const keeps = retention === null || !deletes(retention) ? -1n : BigInt(retention.retentionBytes);
  const x = keeps < 0n ? null : placeBytesBeforeEnd(lane, keeps);
  if (x !== null) {
    edges.push({
      key: "retention.bytes",
      x,
      name: `retention.bytes ${formatBytes(keeps)}`,
      meaning: "a segment goes when all of it lies before",
    });
  }
  if (logStartOffset !== null && BigInt(logStartOffset) > first.base) {
    edges.push({
      key: "log-start",
      x: placeOffset(lane, BigInt(logStartOffset)),
      name: `log start ${spaced(logStartOffset)}`,
      meaning: "what lies before can't be read any more",
    });
  }
  if (highWatermark !== null && BigInt(highWatermark) < last.end) {
    edges.push({
      key: "high-watermark",
      x: placeOffset(lane, BigInt(highWatermark)),
      name: `high watermark ${spaced(highWatermark)}`,
      meaning: "what lies behind isn't replicated yet",
    });
  }
  return edges;
}

/** On the time axis it has its place whether or not something is as old. */
function reaches({ segments }: LaneLayout, edgeMs: bigint, axis: Domain | null): boolean {
  if (axis !== null) return edgeMs >= axis.from && edgeMs <= axis.to;
  return segments.some(({ firstMs, maxMs }) => {
    const oldest = firstMs ?? maxMs;
    return oldest !== null && oldest <= edgeMs;
  });
}

function spaced(offset: string): string {
  return digitGroups(offset).join("\u202f");
}
