import { formatBytes } from "#lib/format.ts";
import { PhraseText } from "./phrase-text.tsx";
import { type StepWords, tookText } from "./step-words.ts";

interface StepFrameProps {
  number: number;
  words: StepWords;
  cost: { readonly bytesRead: string; readonly tookMicros: number };
  /** What it looked at, drawn. */
  children?: React.ReactNode;
}

/** One step of a look-up: what was done, what came of it, what it cost. */
export function StepFrame({ number, words, cost, children }: StepFrameProps) {
  return (
    <li className="grid grid-cols-[20px_minmax(0,1fr)_auto] gap-x-2.5 border-line border-t pt-2 pb-2.5">
      <span aria-hidden className="font-medium text-ink-3">
        {number}
      </span>
      <h3 className="min-w-0 text-pretty font-strong">
        <PhraseText phrase={words.title} />
      </h3>
      <span className="whitespace-nowrap text-right text-12 text-ink-3 leading-5">
        <span title={`${cost.bytesRead} bytes read`}>{formatBytes(cost.bytesRead)}</span>
        {" · "}
        <span title={`${cost.tookMicros} µs`}>{tookText(cost.tookMicros)}</span>
      </span>
      <div className="col-[2/-1] min-w-0">
        <p className="text-pretty text-12 text-ink-2 leading-[18px]">
          <PhraseText phrase={words.sentence} />
        </p>
        {children}
      </div>
    </li>
  );
}

/** The numbers of a drawing, on demand. */
export function AsTable({ summary, children }: { summary: string; children: React.ReactNode }) {
  return (
    <details className="mt-0.5 text-12">
      <summary className="inline-flex min-h-hit cursor-default items-center rounded-1 text-ink-2 hover:text-ink">
        <span className="underline decoration-line-strong underline-offset-3">{summary}</span>
      </summary>
      <section
        aria-label={summary}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus
        tabIndex={0}
        className="max-h-72 overflow-auto focus-visible:shadow-[inset_0_0_0_2px_var(--accent)]"
      >
        {children}
      </section>
    </details>
  );
}
