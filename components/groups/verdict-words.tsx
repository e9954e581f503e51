import { cn } from "#components/ui/cn.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import type { GroupVerdict } from "#lib/contracts/groups.ts";
import { sentenceText } from "#lib/sentence.ts";
import { severityWords, verdictWords } from "./group-words.ts";

const toneClass = { crit: "text-crit", warn: "text-warn", plain: "text-ink-2" } as const;

/** The worst verdict in a word or two, and how many more there are; their evidence as title. */
export function VerdictWords({ verdicts }: { verdicts: readonly GroupVerdict[] }) {
  const [worst] = verdicts;
  if (worst === undefined) return null;
  const { glyph, tone } = severityWords[worst.severity];
  const title = verdicts.map(({ evidence }) => sentenceText(evidence)).join("\n");
  return (
    <span title={title} className={cn("flex min-w-0 items-center gap-1.5", toneClass[tone])}>
      <Glyph shape={glyph} className="size-3 shrink-0" />
      <span className="truncate max-md:hidden">{verdictWords[worst.kind].label}</span>
      <span className="truncate md:hidden">{verdictWords[worst.kind].short}</span>
      {verdicts.length > 1 && (
        <span className="shrink-0 text-12 text-ink-3">
          +{verdicts.length - 1}
          <span className="sr-only"> more</span>
        </span>
      )}
    </span>
  );
}
