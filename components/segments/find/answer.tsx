"use client";
import Link from "next/link";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { Located } from "#lib/contracts/segment-look-ups.ts";
import { formatBytes } from "#lib/format.ts";
import { messageHref, segmentHref } from "#lib/hrefs.ts";
import type { LocateTarget, PartitionPlace } from "#lib/queries/segments.ts";
import { answerWords, isUnseen, type Surroundings } from "./answer-words.ts";
import { PhraseText } from "./phrase-text.tsx";
import { segmentOf } from "./segment-of.ts";
import { tookText } from "./step-words.ts";

interface AnswerProps {
  located: Located;
  target: LocateTarget;
  place: PartitionPlace;
  around: Surroundings;
  /** Of all logs of the replica. */
  ofBytes: bigint;
  onFind: (target: LocateTarget) => void;
  onVerify: () => void;
}

const glyphs = { found: "tick", gap: "note", nothing: "dash", unsure: "triangle" } as const;

/** What came of the look-up, and what to do with it. */
export function Answer({ located, target, place, around, ofBytes, onFind, onVerify }: AnswerProps) {
  const cluster = useCluster();
  const { tone, title, sentence, next } = answerWords(located, target, around);
  const { topic, partition } = place;
  const { offset, brokerId } = located;
  const base = segmentOf(located);
  return (
    <div
      role="status"
      aria-label="Answer"
      className={cn(
        "mt-1 grid gap-y-2 rounded-2 px-3 py-2.5",
        { found: "bg-accent-bg", gap: "bg-accent-bg", nothing: "bg-sunken", unsure: "bg-warn-bg" }[tone],
      )}
    >
      <div className="grid grid-cols-[14px_minmax(0,1fr)] gap-x-2.5">
        <Glyph shape={glyphs[tone]} className="mt-[3px]" />
        <div className="min-w-0 text-pretty">
          <b>
            <PhraseText phrase={title} />
          </b>
          {sentence.length > 0 && (
            <p className="text-ink-2">
              <PhraseText phrase={sentence} />
            </p>
          )}
          {located.bytesRead !== "0" && (
            <p className="text-12 text-ink-2">
              {`${formatBytes(located.bytesRead)} read in ${tookText(located.tookMicros)}, of ${formatBytes(ofBytes)}`}
              {located.steps.length > 0 ? "." : ", to see where this replica ends; no step of a broker's."}
            </p>
          )}
        </div>
      </div>
      <div className="flex flex-wrap gap-2 empty:hidden">
        {offset !== null && !isUnseen(located) && (
          <LinkButton tone="primary" href={messageHref(cluster.name, topic, partition, offset)}>
            Open message
          </LinkButton>
        )}
        {offset !== null && base !== null && (
          <Link
            className="link self-center"
            href={segmentHref(cluster.name, topic, partition, base, { from: offset, broker: String(brokerId) })}
          >
            Its batch in the segment
          </Link>
        )}
        {next !== null && "find" in next && <Button onClick={() => onFind({ offset: next.find })}>{next.label}</Button>}
        {next !== null && "verify" in next && <Button onClick={onVerify}>Verify this replica</Button>}
      </div>
    </div>
  );
}
