import type { SegmentList } from "#lib/contracts/segments.ts";
import { formatBytes, formatDuration } from "#lib/format.ts";
import { deletes } from "../cleanup-policy.ts";
import { type LaneLayout, placeBytesBeforeEnd, placeOffset, placeTime, placeWithin } from "./lane-layout.ts";
import type { Domain } from "./shares.ts";

/** A line across a lane: what lies before it goes, or is gone. At a lane's ends, where it divides nothing, only its name. */
export interface Edge {
  readonly key: "retention.ms" | "retention.bytes" | "log-start" | "high-watermark" | "beyond";
  /** In pixels of the track. */
  readonly x: number;
  /** tick: a short one above the lane, which covers nothing. none: what it names lies beyond what is drawn. */
  readonly look: "line" | "tick" | "none";
  readonly name: string;
  /** Which belongs to its name; null for what is no offset. */
  readonly offset: string | null;
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
 * The lines of a lane, and at its ends the names of what divides nothing of it: a log start or a high watermark that is where the
 * files end, retention that has nothing to cut yet.
 * @param axis the time axis; null on another scale
 */
export function edgesOf(lane: LaneLayout, bounds: Bounds, axis: Domain | null, nowMs: bigint): Edge[] {
  if (lane.segments.length === 0) return [];
  const edges = [...retentionEdges(lane, bounds, axis, nowMs), ...offsetEdges(lane, bounds)];
  return edges.toSorted((a, b) => order.indexOf(a.look) - order.indexOf(b.look));
}

/** Labels find room in this order, from the track upwards. */
const order: readonly Edge["look"][] = ["line", "tick", "none"];

function retentionEdges(lane: LaneLayout, { retention }: Bounds, axis: Domain | null, nowMs: bigint): Edge[] {
  if (retention === null || !deletes(retention)) return [];
  const edges: Edge[] = [];
  const beyond: string[] = [];
  const edgeMs = retentionEdgeMs(retention, nowMs);
  if (edgeMs !== null) {
    const name = `retention.ms ${formatDuration(retention.retentionMs)}`;
    if (reaches(lane, edgeMs, axis)) {
      const x = placeTime(lane, edgeMs, axis) ?? placeWithin(lane, lane.segments.length - 1, 1);
      const meaning = "a segment goes when its last message is older";
      edges.push({ key: "retention.ms", x: Math.min(x, lane.trackPx), look: "line", name, offset: null, meaning });
    } else beyond.push(name);
  }
  const keeps = BigInt(retention.retentionBytes);
  if (keeps >= 0n) {
    const name = `retention.bytes ${formatBytes(keeps)}`;
    const x = placeBytesBeforeEnd(lane, keeps);
    const meaning = "a segment goes when all of it lies before";
    if (x === null) beyond.push(name);
    else edges.push({ key: "retention.bytes", x, look: "line", name, offset: null, meaning });
  }
  if (beyond.length > 0) {
    const name = `\u2190\u00a0${beyond.join(", ")}`;
    const meaning = beyond.length > 1 ? "nothing here is as old, or as much" : "nothing here reaches it yet";
    edges.push({ key: "beyond", x: 0, look: "none", name, offset: null, meaning });
  }
  return edges;
}

function offsetEdges(lane: LaneLayout, { logStartOffset, highWatermark }: Bounds): Edge[] {
  const [first, last] = [lane.segments[0], lane.segments.at(-1)];
  if (first === undefined || last === undefined) return [];
  const edges: Edge[] = [];
  if (logStartOffset !== null) {
    const cuts = BigInt(logStartOffset) > first.base;
    edges.push({
      key: "log-start",
      x: cuts ? placeOffset(lane, BigInt(logStartOffset)) : 0,
      look: cuts ? "line" : "tick",
      name: "log start",
      offset: logStartOffset,
      meaning: cuts ? "what lies before can't be read any more" : "",
    });
  }
  if (highWatermark !== null) {
    const [high, end] = [BigInt(highWatermark), last.end];
    const isBehind = high > end ? "this replica ends before it" : "";
    edges.push({
      key: "high-watermark",
      x: high < end ? placeOffset(lane, high) : placeWithin(lane, lane.segments.length - 1, 1),
      look: high < end ? "line" : "tick",
      name: "high watermark",
      offset: highWatermark,
      meaning: high < end ? "what lies behind isn't replicated yet" : isBehind,
    });
  }
  return edges;
}

/** On the time axis it has its place whether or not something is as old. */
function reaches({ segments }: LaneLayout, edgeMs: bigint, axis: Domain | null): boolean {
  if (axis !== null) return edgeMs >= axis.from;
  return segments.some(({ firstMs, maxMs }) => {
    const oldest = firstMs ?? maxMs;
    return oldest !== null && oldest <= edgeMs;
  });
}
