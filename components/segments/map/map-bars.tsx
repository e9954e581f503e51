import { cn } from "#components/ui/cn.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { barLook } from "./bar-look.ts";
import type { MapLane } from "./map-model.ts";
import { hatchAt, patterns } from "./patterns.ts";

interface MapBarsProps {
  lane: MapLane;
  heightPx: number;
  /** What a bar of full height stands for. */
  full: bigint;
  /** The index of the segment that is chosen; -1: none. */
  chosen: number;
  /** The one under the pointer; -1: none. */
  pointed: number;
  /** Gives each bar what makes it an option of a list; without it, bars are decoration. */
  option?: (first: number, last: number) => React.ComponentProps<"div">;
}

const NONE: ReadonlySet<string> = new Set();
const LEAST_PX = 2;

/** A replica's bars on its track. */
export function MapBars({ lane: { layout, differences }, heightPx, full, chosen, pointed, option }: MapBarsProps) {
  const { bars, segments, trackPx } = layout;
  return bars.map((bar) => {
    const look = barLook(bar, segments, full, differences?.marked ?? NONE);
    const isChosen = chosen >= bar.first && chosen <= bar.last;
    const isPointed = pointed >= bar.first && pointed <= bar.last;
    const filled = Math.max(LEAST_PX, Math.round(look.height * heightPx));
    return (
      <div
        key={bar.first}
        className="absolute bottom-0 pr-px"
        style={{ left: percent(bar.left, trackPx), width: percent(bar.width, trackPx), height: heightPx }}
        {...option?.(bar.first, bar.last)}
      >
        {(isChosen || isPointed) && !look.active && (
          <span aria-hidden className={cn("absolute inset-0 mr-px", isChosen ? "bg-accent-bg" : "bg-hover")} />
        )}
        <span
          aria-hidden
          className={cn(
            "absolute right-px bottom-0 left-0",
            look.active && "shadow-[inset_0_0_0_1.5px_var(--accent)]",
            "group-focus-visible/map:in-data-at:shadow-focus",
          )}
          style={{ height: look.active ? heightPx : filled }}
        >
          <span
            className="absolute inset-x-0 bottom-0"
            style={{
              height: filled,
              ...(look.active
                ? { background: "var(--accent)", opacity: isChosen ? 1 : 0.35 }
                : {
                    ...patterns[isChosen ? "chosen" : isPointed ? "pointed" : "rest"][look.kind],
                    ...(look.kind === "due" && hatchAt(bar.left)),
                  }),
            }}
          />
        </span>
        {(look.damaged || look.differs) && (
          <span
            aria-hidden
            className="-translate-x-1/2 absolute left-1/2 z-1 flex flex-col items-center"
            style={{ bottom: look.active ? heightPx - 7 : Math.min(filled, heightPx - 7) }}
          >
            {look.damaged && <Glyph shape="octagon" />}
            {look.differs && (
              <span className="rounded-1 bg-bg px-0.5 font-semibold text-11 text-ink leading-3 shadow-[0_0_0_1px_var(--line-strong)]">
                ≠
              </span>
            )}
          </span>
        )}
      </div>
    );
  });
}

function percent(px: number, ofPx: number): string {
  return `${(100 * px) / ofPx}%`;
}
