"use client";
import { useZone } from "#components/preferences/preferences.tsx";
import type { SegmentList } from "#lib/contracts/segments.ts";
import { compacts } from "../cleanup-policy.ts";
import type { MapScale } from "../segments-url.ts";
import { MapLegend } from "./map-legend.tsx";
import { isDrawn, type MapModel } from "./map-model.ts";
import { movedSentences, nextToGo } from "./summary.ts";

/** Below the map: what goes next, what isn't drawn where its times say, and what the looks mean. */
export function MapFoot({
  list,
  model: { shown, others, places },
  scale,
}: {
  list: SegmentList;
  model: MapModel;
  scale: MapScale;
}) {
  const zone = useZone();
  const { segments, bars } = shown.layout;
  const drawn = [shown, ...others.filter(isDrawn)];
  const all = drawn.flatMap(({ layout }) => layout.segments.map(({ segment }) => segment));
  const sentences = [
    nextToGo(segments, list.retention, { zone, nowMs: list.observedAtMs }),
    ...(shown.moved === null ? [] : movedSentences(shown.moved, segments)),
    // By offset each is exactly where it is.
    ...(places.length > 0 && scale !== "offset"
      ? ["Within a segment, committed offsets are marked about where they lie."]
      : []),
  ];
  return (
    <div className="flex flex-wrap justify-between gap-x-8 gap-y-1 border-line border-t pt-1.5">
      <p className="max-w-[110ch] text-pretty text-12 text-ink-2">{sentences.join(" ")}</p>
      <MapLegend
        compacts={compacts(list.retention)}
        due={all.some(({ goes }) => goes?.dueNow === true)}
        unread={others.some((other) => !isDrawn(other))}
        differs={drawn.some(({ differences }) => differences !== null && differences.marked.size > 0)}
        damaged={all.some(({ damage }) => damage.length > 0)}
        merged={bars.length < segments.length}
      />
    </div>
  );
}
