"use client";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useId, useMemo, useState } from "react";
import { useZone } from "#components/preferences/preferences.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import type { SegmentList } from "#lib/contracts/segments.ts";
import { formatCount, plural } from "#lib/format.ts";
import { segmentHref } from "#lib/hrefs.ts";
import { segmentsUrl } from "../segments-url.ts";
import { type ReadableReplica, shownReplica } from "../shown-replica.ts";
import { compacts } from "./edges.ts";
import { MapAxis } from "./map-axis.tsx";
import { MapBars } from "./map-bars.tsx";
import { MapEdges } from "./map-edges.tsx";
import { GroupList, MapGroups } from "./map-groups.tsx";
import { MapHead } from "./map-head.tsx";
import { MapLaneRow } from "./map-lane.tsx";
import { MapLegend } from "./map-legend.tsx";
import { boundsOf, isDrawn, type MapLane, mapModel, segmentOf } from "./map-model.ts";
import { MapReadout } from "./map-readout.tsx";
import { OtherLane } from "./other-lane.tsx";
import { replicaGlyph, replicaWords } from "./replica-words.ts";
import { SegmentTrack } from "./segment-track.tsx";
import { segmentSentence } from "./segment-words.ts";
import { movedSentences, nextToGo } from "./summary.ts";
import { useTrackWidth } from "./use-track-width.ts";

interface SegmentMapProps {
  list: SegmentList;
  shown: ReadableReplica;
  /** The base offset of the segment that is chosen; it may be one that isn't there any more. */
  selected: string | null;
  onSelect: (baseOffset: string | null) => void;
}

const HEIGHT_PX = 84;

/** The replicas' segments drawn over time, offsets or bytes. */
export function SegmentMap({ list, shown, selected, onSelect }: SegmentMapProps) {
  const { name: cluster } = useCluster();
  const router = useRouter();
  const zone = useZone();
  const id = useId();
  const [trackPx, track] = useTrackWidth();
  const [{ scale, broker }, setUrl] = useQueryStates({
    scale: segmentsUrl.scale,
    broker: segmentsUrl.broker,
    segment: segmentsUrl.segment,
  });
  const [pointed, setPointed] = useState<{ readonly lane: MapLane["replica"]; readonly index: number } | null>(null);
  const model = useMemo(() => mapModel(list, shown, scale, trackPx), [list, shown, scale, trackPx]);
  const { shown: lane, others, marks, places, edges, domain, full } = model;
  const { layout } = lane;
  const { segments } = layout;
  const bounds = boundsOf(list);
  const context = { zone, nowMs: list.observedAtMs, retention: list.retention };

  const chosen = segmentOf(lane, selected)?.index ?? -1;
  /** Where the keyboard is: at what is chosen, at first at the active segment. */
  const at = chosen >= 0 ? chosen : segments.length - 1;
  const hrefOf = (of: MapLane["replica"], baseOffset: string) =>
    segmentHref(
      cluster,
      list.topic,
      list.partition,
      baseOffset,
      broker === null && of === shown ? {} : { broker: String(of.brokerId) },
    );
  const open = (index: number) => {
    const segment = segments[index]?.segment;
    if (segment !== undefined) router.push(hrefOf(shown, segment.baseOffset));
  };
  const choose = (index: number) => onSelect(segments[index]?.segment.baseOffset ?? null);
  const show = (brokerId: number, baseOffset: string | null) => {
    const isDefault = shownReplica(list, null)?.brokerId === brokerId;
    setUrl(
      { broker: isDefault ? null : brokerId, ...(baseOffset !== null && { segment: baseOffset }) },
      { history: "replace" },
    );
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const to = keyTarget(event.key, at, segments.length);
    if (to !== null) choose(to);
    else if (event.key === "Enter") open(at);
    else if (event.key === "Escape" && chosen >= 0) onSelect(null);
    else return;
    event.preventDefault();
  };

  const drawn = [lane, ...others.filter(isDrawn)];
  const read = readOut();
  const sentences = [
    nextToGo(segments, list.retention, context),
    ...(lane.moved === null ? [] : movedSentences(lane.moved, segments.length)),
  ];

  return (
    <section aria-label="Segment map" className="border-line-strong border-t px-gutter pb-3">
      <MapHead
        list={list}
        lane={lane}
        full={full}
        scale={scale}
        onScale={(value) => setUrl({ scale: value }, { history: "replace" })}
      />
      <MapLaneRow
        glyph={replicaGlyph(shown, lane.differences)}
        name={`Broker ${shown.brokerId} · ${shown.role}`}
        aside={replicaWords(shown)}
      >
        <div ref={track}>
          <MapEdges edges={edges} trackPx={trackPx}>
            <SegmentTrack
              layout={layout}
              heightPx={HEIGHT_PX}
              role="listbox"
              tabIndex={0}
              aria-label={`Segments on broker ${shown.brokerId}, oldest first. Enter opens one.`}
              aria-orientation="horizontal"
              aria-activedescendant={`${id}${at}`}
              className="group/map relative outline-none focus-visible:shadow-none"
              onKeyDown={onKeyDown}
              onPoint={(index) => setPointed(index === null ? null : { lane: shown, index })}
              onPick={choose}
              onOpen={open}
            >
              <MapBars
                lane={lane}
                heightPx={HEIGHT_PX}
                full={full.bytes}
                chosen={chosen}
                pointed={pointed?.lane === shown ? pointed.index : -1}
                option={(first, last) => {
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
                }}
              />
            </SegmentTrack>
          </MapEdges>
        </div>
        {domain === null ? (
          <div className="mb-1 h-2 border-line-strong border-t" />
        ) : (
          <MapAxis scale={scale} domain={domain} trackPx={trackPx} nowMs={BigInt(list.observedAtMs)} />
        )}
      </MapLaneRow>
      {lane.differences !== null && lane.differences.sentences.length > 0 && (
        <p className="pb-1 text-12 text-ink-2">{lane.differences.sentences.join(" ")}</p>
      )}
      <MapLaneRow
        top
        name="Committed offsets"
        aside={
          places.length === 0 ? (
            "no group"
          ) : (
            <GroupList
              title="Groups that have committed here"
              places={places}
              bounds={bounds}
              label={plural(places.length, "group")}
            />
          )
        }
      >
        <MapGroups marks={marks} places={places} bounds={bounds} trackPx={trackPx} />
      </MapLaneRow>
      {others.map((other) => {
        const replica = isDrawn(other) ? other.replica : other;
        return (
          <OtherLane
            key={`${replica.brokerId} ${replica.role}`}
            lane={other}
            full={full.bytes}
            pointed={pointed?.lane === replica ? pointed.index : -1}
            onPoint={(index) => setPointed(index === null || !isDrawn(other) ? null : { lane: other.replica, index })}
            onShow={(baseOffset) => show(replica.brokerId, baseOffset)}
          />
        );
      })}
      <div className="mt-2.5">
        {read !== null && <MapReadout {...read} list={list} />}
        <div className="flex flex-wrap justify-between gap-x-8 gap-y-1 border-line border-t pt-1.5">
          <p className="text-pretty text-12 text-ink-2">{sentences.join(" ")}</p>
          <MapLegend
            compacts={compacts(list.retention)}
            due={drawn.some(({ layout: { segments: all } }) => all.some(({ segment }) => segment.goes?.dueNow))}
            unread={others.some((other) => !isDrawn(other))}
            differs={drawn.some(({ differences }) => (differences?.marked.size ?? 0) > 0)}
            damaged={drawn.some(({ layout: { segments: all } }) =>
              all.some(({ segment }) => segment.damage.length > 0),
            )}
            merged={layout.bars.length < segments.length}
            approximate={places.length > 0}
          />
        </div>
      </div>
    </section>
  );

  function readOut() {
    const owner = pointed === null ? lane : drawn.find(({ replica }) => replica === pointed.lane);
    const index = pointed === null || owner === undefined ? at : pointed.index;
    const mapped = (owner ?? lane).layout.segments[index];
    if (mapped === undefined) return null;
    const of = (owner ?? lane).replica;
    const lead =
      pointed !== null && of !== shown
        ? `On broker ${of.brokerId}`
        : `${formatCount(index + 1)} of ${formatCount((owner ?? lane).layout.segments.length)}`;
    return { mapped, lead, href: hrefOf(of, mapped.segment.baseOffset) };
  }
}

/** Which segment a key goes to; null when it is none of those. */
function keyTarget(key: string, at: number, count: number): number | null {
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: count - 1, PageUp: at - 10, PageDown: at + 10 }[
    key
  ];
  return to === undefined ? null : Math.max(0, Math.min(count - 1, to));
}
