import type { ReplicaSegments, SegmentList } from "#lib/contracts/segments.ts";
import { compacts } from "../cleanup-policy.ts";
import type { MapScale } from "../segments-url.ts";
import { isReadable, type ReadableReplica } from "../shown-replica.ts";
import { type Differences, differencesOf } from "./differences.ts";
import { type Edge, edgesOf, retentionEdgeMs } from "./edges.ts";
import type { GroupPlace } from "./group-marks.ts";
import { type LaneLayout, layoutLane, placeOffset, timeAtOffset } from "./lane-layout.ts";
import { mapSegments } from "./map-segment.ts";
import type { Domain } from "./shares.ts";
import { spansOf } from "./spans.ts";
import { fullSize } from "./summary.ts";
import type { TimeSpans } from "./time-spans.ts";

/** A replica whose segments are drawn. */
export interface MapLane {
  readonly replica: ReadableReplica;
  readonly layout: LaneLayout;
  readonly moved: TimeSpans["moved"] | null;
  /** From the leader's; null for the leader itself, for a future replica, or when the leader's files can't be read. */
  readonly differences: Differences | null;
}

/** All that is drawn, in pixels of a track of a given width. */
export interface MapModel {
  readonly domain: Domain | null;
  readonly shown: MapLane;
  /** In the order of the brokers' answer: the leader first. */
  readonly others: readonly (MapLane | ReplicaSegments)[];
  readonly full: { readonly bytes: bigint; readonly words: string };
  readonly edges: readonly Edge[];
  readonly places: readonly GroupPlace[];
}

export function isDrawn(lane: MapLane | ReplicaSegments): lane is MapLane {
  return "layout" in lane;
}

export function mapModel(list: SegmentList, shown: ReadableReplica, scale: MapScale, trackPx: number): MapModel {
  const nowMs = BigInt(list.observedAtMs);
  const readable = list.replicas.filter(isReadable);
  const lanes = readable.map(({ segments }) => mapSegments(segments));
  const {
    domain,
    lanes: spans,
    moved,
  } = spansOf(scale, lanes, {
    nowMs,
    edgeMs: retentionEdgeMs(list.retention, nowMs),
    highWatermark: list.highWatermark === null ? null : BigInt(list.highWatermark),
  });
  const leader = readable.findIndex(({ role }) => role === "leader");
  const drawn = readable.map((replica, index): MapLane => {
    const segments = lanes[index] ?? [];
    // A future replica is on its way to be one: it differs by what isn't copied yet.
    const isCompared = leader !== -1 && leader !== index && replica.role !== "future";
    const compared = isCompared ? (lanes[leader] ?? null) : null;
    return {
      replica,
      layout: layoutLane(segments, spans[index] ?? [], trackPx),
      moved: moved[index] ?? null,
      differences: compared && differencesOf(segments, compared, { compacts: compacts(list.retention) }),
    };
  });
  const lane = drawn[readable.indexOf(shown)];
  if (lane === undefined) throw new Error("The replica that is shown is one of the list that can be read.");
  const places = placesOf(list, lane.layout, nowMs);
  return {
    domain,
    shown: lane,
    others: list.replicas
      .filter((replica) => replica !== shown)
      .map((replica) => drawn.find((other) => other.replica === replica) ?? replica),
    full: fullSize(lanes, list.retention),
    edges: edgesOf(lane.layout, list, scale === "time" ? domain : null, nowMs),
    places,
  };
}

export function boundsOf({ logStartOffset, highWatermark }: SegmentList) {
  return {
    logStartOffset: logStartOffset === null ? null : BigInt(logStartOffset),
    highWatermark: highWatermark === null ? null : BigInt(highWatermark),
  };
}

function placesOf({ committed }: SegmentList, layout: LaneLayout, nowMs: bigint): GroupPlace[] {
  return committed.map(({ group, offset: text }) => {
    const offset = BigInt(text);
    const writtenMs = timeAtOffset(layout.segments, offset);
    return { group, offset, x: placeOffset(layout, offset), ageMs: writtenMs === null ? null : nowMs - writtenMs };
  });
}
