"use client";
import { type LaneLayout, segmentAtPlace } from "./lane-layout.ts";

interface SegmentTrackProps extends Omit<React.ComponentProps<"div">, "onClick"> {
  layout: LaneLayout;
  heightPx: number;
  /** The segment under the pointer, as it moves; null when it leaves. */
  onPoint: (index: number | null) => void;
  onPick: (index: number) => void;
  onOpen?: (index: number) => void;
}

/** What bars stand on: knows which segment the pointer is at, however narrow it is. */
export function SegmentTrack({ layout, heightPx, onPoint, onPick, onOpen, children, ...props }: SegmentTrackProps) {
  const at = (event: React.MouseEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return segmentAtPlace(layout, ((event.clientX - box.left) / box.width) * layout.trackPx);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard's way is the shown lane's list, and the lanes' names
    // biome-ignore lint/a11y/noStaticElementInteractions: it has a role wherever it is used
    <div
      className="relative"
      style={{ height: heightPx }}
      onPointerMove={(event) => onPoint(at(event))}
      onPointerLeave={() => onPoint(null)}
      onClick={(event) => onPick(at(event))}
      onDoubleClick={(event) => onOpen?.(at(event))}
      {...props}
    >
      {children}
    </div>
  );
}
