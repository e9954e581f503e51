import { Glyph, type GlyphShape } from "#components/ui/glyph.tsx";
import type { BrokerSummary } from "#lib/contracts/brokers.ts";

const words: Record<BrokerSummary["state"], { glyph: GlyphShape; className: string }> = {
  up: { glyph: "tick", className: "" },
  fenced: { glyph: "triangle", className: "text-warn" },
  down: { glyph: "octagon", className: "text-crit" },
};

/** up, fenced, down; on the local cluster also what its process is doing. */
export function BrokerState({ broker }: { broker: Pick<BrokerSummary, "state" | "process"> }) {
  const { glyph, className } = words[broker.state];
  const moving = broker.process === "starting" || broker.process === "stopping" ? broker.process : null;
  return (
    <span className={`flex items-center gap-1.5 whitespace-nowrap ${className}`}>
      <Glyph shape={glyph} />
      {broker.state}
      {moving !== null && <span className="text-ink-3">· {moving}</span>}
    </span>
  );
}
