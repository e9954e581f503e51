import { Offset } from "#components/ui/quantity.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import type { SegmentList } from "#lib/contracts/segments.ts";
import { formatBytes, formatCount, plural } from "#lib/format.ts";
import { PathText } from "../path-text.tsx";
import type { MapScale } from "../segments-url.ts";
import type { MapLane, MapModel } from "./map-model.ts";
import { messageCount, totalSize } from "./summary.ts";

const scales = [
  { value: "time", label: "By time" },
  { value: "offset", label: "By offset" },
  { value: "size", label: "By size" },
] as const satisfies readonly { value: MapScale; label: string }[];

const WIDTH = { time: "the time it spans", offset: "its offsets", size: "its bytes" } as const;

/** The map's title: how much there is; what width and height mean; from where it was read. */
export function MapHead({
  list,
  lane,
  full,
  scale,
  onScale,
}: {
  list: SegmentList;
  lane: MapLane;
  full: MapModel["full"];
  scale: MapScale;
  onScale: (scale: MapScale) => void;
}) {
  const { segments } = lane.layout;
  const { access, brokerId } = lane.replica;
  const messages = messageCount(list, segments);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5 pt-3 pb-1">
      <h2>
        {plural(segments.length, "segment")} · {formatBytes(totalSize(segments))}
        {messages !== null && (
          <span title="High watermark − log start offset">
            {" "}
            · {messages.atMost && "at most "}
            {formatCount(messages.count)} message{messages.count !== 1n && "s"}
          </span>
        )}
      </h2>
      <span className="text-12 text-ink-3">
        Each bar is a segment: as wide as {WIDTH[scale]}, as high as its size; full height is {full.words}.
      </span>
      <SegmentedControl
        aria-label="What the width stands for"
        options={scales}
        value={scale}
        onValueChange={onScale}
        className="lg:ml-auto"
      />
      <span className="basis-full text-12 text-ink-3 [overflow-wrap:anywhere]">
        log start <Offset value={list.logStartOffset} className="text-ink-2" /> · high watermark{" "}
        <Offset value={list.highWatermark} className="text-ink-2" /> · read from{" "}
        <span className="text-ink-2">
          <PathText path={access.logDir} />
        </span>{" "}
        on broker {brokerId}
        {access.from === "mounted" && ", mounted here"}
      </span>
    </div>
  );
}
