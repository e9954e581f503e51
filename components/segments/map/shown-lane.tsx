"use client";
import { useId } from "react";
import type { Edge } from "./edges.ts";
import { MapBars } from "./map-bars.tsx";
import { MapEdges } from "./map-edges.tsx";
import type { MapLane } from "./map-model.ts";
import { SegmentTrack } from "./segment-track.tsx";
import { segmentSentence, type WordsContext } from "./segment-words.ts";

interface ShownLaneProps {
  lane: MapLane;
  edges: readonly Edge[];
  full: bigint;
  context: WordsContext;
  /** The index of the segment that is chosen; -1: none. */
  chosen: number;
  /** The one under the pointer; -1: none. */
  pointed: number;
  onPoint: (index: number | null) => void;
  /** -1: none. */
  onChoose: (index: number) => void;
  onOpen: (index: number) => void;
}

const HEIGHT_PX = 84;
const PAGE = 10;

/**
 * The replica that is shown: a list of its segments with one tab stop. Arrow keys choose, Enter opens. Where bars stand for several
 * segments, each is still reached: the bar is then the option of the one that the keyboard is at.
 */
export function ShownLane({ lane, edges, full, context, chosen, pointed, onPoint, onChoose, onOpen }: ShownLaneProps) {
  const id = useId();
  const { segments, trackPx } = lane.layout;
  const { brokerId } = lane.replica;
  /** Where the keyboard is: at what is chosen, at first at the active segment. */
  const at = chosen >= 0 ? chosen : segments.length - 1;
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = keyTarget(event.key, at, segments.length);
    if (to !== null) onChoose(to);
    else if (event.key === "Enter") onOpen(at);
    else if (event.key === "Escape" && chosen >= 0) onChoose(-1);
    else return;
    event.preventDefault();
  };
  const option = (first: number, last: number) => {
    const index = at >= first && at <= last ? at : first;
    const mapped = segments[index];
    return {
      role: "option",
      id: `${id}${index}`,
      "aria-selected": index === chosen,
      "aria-setsize": segments.length,
      "aria-posinset": index + 1,
      "aria-label": mapped && segmentSentence(mapped, index, segments.length, context),
      ...(index === at && { "data-at": "" }),
    };
  };
  return (
    <MapEdges edges={edges} trackPx={trackPx}>
      <SegmentTrack
        layout={lane.layout}
        heightPx={HEIGHT_PX}
        role="listbox"
        data-on-page
        tabIndex={0}
        aria-label={`Segments on broker ${brokerId}, oldest first; Enter opens one`}
        aria-orientation="horizontal"
        aria-activedescendant={segments.length === 0 ? undefined : `${id}${at}`}
        className="group/map relative outline-none focus-visible:shadow-none"
        onKeyDown={onKeyDown}
        onPoint={onPoint}
        onPick={onChoose}
        onOpen={onOpen}
      >
        <MapBars lane={lane} heightPx={HEIGHT_PX} full={full} chosen={chosen} pointed={pointed} option={option} />
      </SegmentTrack>
    </MapEdges>
  );
}

/** Which segment a key goes to; null when it is none of those. */
function keyTarget(key: string, at: number, count: number): number | null {
  const targets: Readonly<Record<string, number>> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    PageUp: at - PAGE,
    PageDown: at + PAGE,
    Home: 0,
    End: count - 1,
  };
  const to = targets[key];
  return to === undefined || count === 0 ? null : Math.max(0, Math.min(count - 1, to));
}
