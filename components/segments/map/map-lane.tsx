import { cn } from "#components/ui/cn.ts";
import { Glyph, type GlyphShape } from "#components/ui/glyph.tsx";

/** One row of the map: what it is at the left (above it, where there is little room), its track at the right. */
export function MapLaneRow({
  name,
  aside,
  glyph,
  top = false,
  className,
  children,
}: {
  /** Left out: the row goes on with the one above. */
  name?: React.ReactNode;
  aside?: React.ReactNode;
  glyph?: GlyphShape | undefined;
  /** The name stands at the top of its track instead of on its ground. */
  top?: boolean;
  className?: string;
  children: React.ReactNode;
}) {
  return (
    <div className={cn("grid gap-x-3 lg:grid-cols-[148px_minmax(0,1fr)]", className)}>
      {name !== undefined && (
        <div className={cn("min-w-0 pt-1.5 pb-0.5 text-12 leading-[17px] lg:pt-0", top ? "self-start" : "self-end")}>
          <div className="flex items-center gap-1.5 font-strong text-13">
            {glyph !== undefined && <Glyph shape={glyph} />}
            {name}
          </div>
          <div className="text-ink-3">{aside}</div>
        </div>
      )}
      <div className={cn("min-w-0", name === undefined && "lg:col-start-2")}>{children}</div>
    </div>
  );
}
