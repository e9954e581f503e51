import type { Column } from "#components/ui/data-table-columns.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { Sentence } from "#components/ui/sentence.tsx";
import { Time } from "#components/ui/time.tsx";
import type { RecordedChange } from "#lib/contracts/changes.ts";
import { changeSentence, changeStateWords, shortChangeSentence } from "./change-words.ts";

const toneClass = { crit: "text-crit", warn: "text-warn", plain: "text-ink-2" } as const;

/** In the order of time, newest first: nothing to sort by. */
export const changeColumns: readonly Column<RecordedChange>[] = [
  { id: "what", header: "Change", width: "auto", cell: (change) => <What change={change} /> },
  { id: "state", header: "Outcome", width: 190, cell: (change) => <Outcome change={change} />, hideBelow: "lg" },
  { id: "actor", header: "Who", width: 150, cell: ({ actor }) => actor, hideBelow: "md" },
  { id: "when", header: "When", width: "min(120px, 27vw)", cell: ({ atMs }) => <Time ms={atMs} />, align: "right" },
];

function What({ change }: { change: RecordedChange }) {
  const { glyph, label } = changeStateWords[change.state];
  return (
    <span className="font-sans text-13">
      <Glyph shape={glyph} className="mr-2 inline-block size-3 align-[-1px] lg:hidden" />
      <span className="sr-only lg:hidden">{label}: </span>
      <span className="max-md:hidden">
        <Sentence parts={changeSentence(change)} />
      </span>
      <span className="md:hidden">
        <Sentence parts={shortChangeSentence(change)} />
      </span>
    </span>
  );
}

function Outcome({ change: { state, undoneBy, incomplete } }: { change: RecordedChange }) {
  const { glyph, label, tone } = changeStateWords[state];
  return (
    <span className={`flex min-w-0 items-center gap-1.5 ${toneClass[tone]}`}>
      <Glyph shape={glyph} className="size-3 shrink-0" />
      <span className="truncate">
        {label}
        {undoneBy !== null && <span className="text-ink-3">, taken back</span>}
        {incomplete && <span className="text-ink-3">, record damaged</span>}
      </span>
    </span>
  );
}
