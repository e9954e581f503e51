import { Glyph } from "#components/ui/glyph.tsx";
import { patterns, unreadPattern } from "./patterns.ts";

interface MapLegendProps {
  compacts: boolean;
  due: boolean;
  unread: boolean;
  differs: boolean;
  damaged: boolean;
  merged: boolean;
}

/** What the looks mean: only of those that are there. */
export function MapLegend({ compacts, due, unread, differs, damaged, merged }: MapLegendProps) {
  return (
    <ul aria-label="Legend" className="flex flex-wrap gap-x-4 gap-y-0.5 text-12 text-ink-3">
      <Entry swatch={{ boxShadow: "inset 0 0 0 1.5px var(--accent)" }}>active, filled as far as it is</Entry>
      {due && <Entry swatch={patterns.rest.due}>goes at the next check</Entry>}
      {compacts && <Entry swatch={patterns.rest.plain}>cleaned</Entry>}
      {compacts && <Entry swatch={patterns.rest.dirty}>not yet cleaned</Entry>}
      {unread && <Entry swatch={unreadPattern}>files can't be read</Entry>}
      {differs && <li>≠ differs from the leader's</li>}
      {damaged && (
        <li className="flex items-center gap-1.5">
          <Glyph shape="octagon" className="size-3" />
          damage
        </li>
      )}
      {merged && <li>neighbours too narrow to tell apart are drawn as one</li>}
    </ul>
  );
}

function Entry({ swatch, children }: { swatch: React.CSSProperties; children: React.ReactNode }) {
  return (
    <li className="flex items-center gap-1.5">
      <span aria-hidden className="h-3 w-4" style={swatch} />
      {children}
    </li>
  );
}
