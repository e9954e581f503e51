"use client";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useMemo, useState } from "react";
import { useZone } from "#components/preferences/preferences.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import type { ReplicaSegments, SegmentList } from "#lib/contracts/segments.ts";
import { plural } from "#lib/format.ts";
import { segmentHref } from "#lib/hrefs.ts";
import { segmentsUrl } from "../segments-url.ts";
import { type ReadableReplica, shownReplica } from "../shown-replica.ts";
import { MapAxis } from "./map-axis.tsx";
import { MapFoot } from "./map-foot.tsx";
import { GroupList, MapGroups } from "./map-groups.tsx";
import { MapHead } from "./map-head.tsx";
import { MapLaneRow } from "./map-lane.tsx";
import { boundsOf, isDrawn, type MapLane, mapModel } from "./map-model.ts";
import { MapReadout } from "./map-readout.tsx";
import { OtherLane } from "./other-lane.tsx";
import { replicaGlyph, replicaWords } from "./replica-words.ts";
import { ShownLane } from "./shown-lane.tsx";
import { useTrackWidth } from "./use-track-width.ts";

interface SegmentMapProps {
  list: SegmentList;
  shown: ReadableReplica;
  /** The base offset of the segment that is chosen; it may be one that isn't there any more. */
  selected: string | null;
  onSelect: (baseOffset: string | null) => void;
}

/** The segment under the pointer, and whose it is. */
interface Pointed {
  readonly brokerId: number;
  readonly role: ReplicaSegments["role"];
  readonly index: number;
}

/** The replicas' segments drawn over time, offsets or bytes. */
export function SegmentMap({ list, shown, selected, onSelect }: SegmentMapProps) {
  const { name: cluster } = useCluster();
  const router = useRouter();
  const zone = useZone();
  const [trackPx, track] = useTrackWidth();
  const [{ scale, broker }, setUrl] = useQueryStates(urlParts, { history: "replace" });
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const model = useMemo(() => mapModel(list, shown, scale, trackPx), [list, shown, scale, trackPx]);
  const { shown: lane, others, places, edges, domain, full } = model;
  const { segments } = lane.layout;
  const bounds = boundsOf(list);
  const context = { zone, nowMs: list.observedAtMs, retention: list.retention };
  const chosen = selected === null ? -1 : segments.findIndex(({ segment }) => segment.baseOffset === selected);

  const hrefOf = (of: ReplicaSegments, baseOffset: string) => {
    const query = broker === null && of === shown ? {} : { broker: String(of.brokerId) };
    return segmentHref(cluster, list.topic, list.partition, baseOffset, query);
  };
  const open = (index: number) => {
    const segment = segments[index]?.segment;
    if (segment !== undefined) router.push(hrefOf(shown, segment.baseOffset));
  };
  const show = (brokerId: number, baseOffset: string | null) => {
    const isDefault = shownReplica(list, null)?.brokerId === brokerId;
    setUrl({ broker: isDefault ? null : brokerId, ...(baseOffset !== null && { segment: baseOffset }) });
  };
  const pointAt = ({ brokerId, role }: ReplicaSegments) => ({
    pointed: pointed?.brokerId === brokerId && pointed.role === role ? pointed.index : -1,
    onPoint: (index: number | null) => setPointed(index === null || index < 0 ? null : { brokerId, role, index }),
  });
  const read = readOut([lane, ...others.filter(isDrawn)], pointed, chosen);

  return (
    <section aria-label="Segment map" className="border-line-strong border-t overflow-x-clip px-gutter pb-2">
      <MapHead list={list} lane={lane} full={full} scale={scale} onScale={(value) => setUrl({ scale: value })} />
      <MapLaneRow
        glyph={replicaGlyph(shown, lane.differences)}
        name={`Broker ${shown.brokerId} · ${shown.role}`}
        aside={replicaWords(shown)}
      >
        <div ref={track}>
          <ShownLane
            lane={lane}
            edges={edges}
            full={full.bytes}
            context={context}
            chosen={chosen}
            onChoose={(index) => onSelect(segments[index]?.segment.baseOffset ?? null)}
            onOpen={open}
            {...pointAt(shown)}
          />
        </div>
      </MapLaneRow>
      <MapLaneRow>
        <MapAxis scale={scale} domain={domain} trackPx={trackPx} nowMs={BigInt(list.observedAtMs)} />
        {lane.differences !== null && lane.differences.sentences.length > 0 && (
          <p className="pb-1 text-12 text-ink-2">{lane.differences.sentences.join(" ")}</p>
        )}
      </MapLaneRow>
      <MapLaneRow
        top
        name="Committed offsets"
        aside={
          places.length > 0 && (
            <GroupList
              title="Groups that have committed here"
              places={places}
              bounds={bounds}
              label={plural(places.length, "group")}
            />
          )
        }
      >
        <MapGroups places={places} bounds={bounds} trackPx={trackPx} />
      </MapLaneRow>
      {others.map((other) => {
        const replica = isDrawn(other) ? other.replica : other;
        return (
          <OtherLane
            key={`${replica.brokerId} ${replica.role}`}
            lane={other}
            full={full.bytes}
            onShow={(baseOffset) => show(replica.brokerId, baseOffset)}
            {...pointAt(replica)}
          />
        );
      })}
      {read !== null && (
        <MapReadout
          mapped={read.mapped}
          lead={read.lane === lane ? null : read.lane.replica.brokerId}
          place={[read.index + 1, read.lane.layout.segments.length]}
          list={list}
          href={hrefOf(read.lane.replica, read.mapped.segment.baseOffset)}
        />
      )}
      <MapFoot list={list} model={model} scale={scale} />
    </section>
  );
}

const urlParts = { scale: segmentsUrl.scale, broker: segmentsUrl.broker, segment: segmentsUrl.segment };

/** The segment whose facts are told: the one under the pointer, else the chosen one, else the active one. */
function readOut(lanes: readonly MapLane[], pointed: Pointed | null, chosen: number) {
  const [shown] = lanes;
  const under = lanes.find(({ replica }) => replica.brokerId === pointed?.brokerId && replica.role === pointed.role);
  const lane = under ?? shown;
  if (lane === undefined) return null;
  const { segments } = lane.layout;
  const index = under !== undefined && pointed !== null ? pointed.index : chosen >= 0 ? chosen : segments.length - 1;
  const mapped = segments[index];
  return mapped === undefined ? null : { lane, mapped, index };
}
