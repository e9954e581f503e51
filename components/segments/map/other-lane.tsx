import { Bytes } from "#components/ui/quantity.tsx";
import type { ReplicaSegments } from "#lib/contracts/segments.ts";
import { plural } from "#lib/format.ts";
import { MapBars } from "./map-bars.tsx";
import { MapLaneRow } from "./map-lane.tsx";
import { isDrawn, type MapLane } from "./map-model.ts";
import { unreadPattern } from "./patterns.ts";
import { replicaGlyph, replicaWords } from "./replica-words.ts";
import { SegmentTrack } from "./segment-track.tsx";

const HEIGHT_PX = 26;

interface OtherLaneProps {
  lane: MapLane | ReplicaSegments;
  full: bigint;
  /** The index of the segment of it under the pointer; -1: none. */
  pointed: number;
  onPoint: (index: number | null) => void;
  /** Shows this replica, with a segment of it or as it is. */
  onShow: (baseOffset: string | null) => void;
}

/** A replica that isn't the one shown: thin, to compare with. */
export function OtherLane({ lane, full, pointed, onPoint, onShow }: OtherLaneProps) {
  const replica = isDrawn(lane) ? lane.replica : lane;
  const { brokerId, role } = replica;
  const name = `Broker ${brokerId}`;
  const showable = isDrawn(lane) && role !== "future";
  return (
    <MapLaneRow
      top
      className="mt-2"
      glyph={replicaGlyph(replica, isDrawn(lane) ? lane.differences : null)}
      name={
        <span>
          {showable ? (
            <button
              type="button"
              className="link-quiet rounded-1"
              title={`Show broker ${brokerId}'s segments`}
              onClick={() => onShow(null)}
            >
              {name}
            </button>
          ) : (
            name
          )}{" "}
          · {role}
        </span>
      }
      aside={replicaWords(replica)}
    >
      {isDrawn(lane) ? (
        <>
          <SegmentTrack
            layout={lane.layout}
            heightPx={HEIGHT_PX}
            role="img"
            aria-label={`${name}, ${role}: ${plural(lane.layout.segments.length, "segment")}`}
            onPoint={onPoint}
            onPick={(index) => showable && onShow(lane.layout.segments[index]?.segment.baseOffset ?? null)}
          >
            <MapBars lane={lane} heightPx={HEIGHT_PX} full={full} chosen={-1} pointed={pointed} />
          </SegmentTrack>
          {lane.differences !== null && lane.differences.sentences.length > 0 && (
            <p className="pt-1 text-12 text-ink-2">{lane.differences.sentences.join(" ")}</p>
          )}
        </>
      ) : (
        <Unread replica={lane} />
      )}
    </MapLaneRow>
  );
}

/** Its files can't be read: what its broker tells, and why there is no more. */
function Unread({ replica: { sizeBytes, access } }: { replica: ReplicaSegments }) {
  return (
    <>
      <div aria-hidden style={{ height: HEIGHT_PX, ...unreadPattern }} />
      <p className="pt-1 text-12 text-ink-2">
        {sizeBytes !== null && (
          <>
            <Bytes value={sizeBytes} className="text-ink" />, as its broker tells; its segments can't be read from here.{" "}
          </>
        )}
        {access.state === "unreadable" && access.detail}
      </p>
    </>
  );
}
