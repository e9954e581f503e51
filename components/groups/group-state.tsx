import { Glyph } from "#components/ui/glyph.tsx";
import type { GroupState as State } from "#lib/contracts/groups.ts";
import { stateWords } from "./group-words.ts";

/** "Stable", "Empty"; `growing`: its lag grows while nobody is in it. */
export function GroupState({ state, growing = false }: { state: State; growing?: boolean }) {
  const { label, glyph, tone } = stateWords[state];
  if (growing) {
    return (
      <span className="flex min-w-0 items-center gap-1.5 text-warn">
        <Glyph shape="triangle" className="size-3 shrink-0" />
        <span className="truncate">{label}, lag grows</span>
      </span>
    );
  }
  return (
    <span className={`flex min-w-0 items-center gap-1.5 ${tone === "info" ? "text-info" : ""}`}>
      <Glyph shape={glyph} className="size-3 shrink-0" />
      <span className="truncate">{label}</span>
    </span>
  );
}
