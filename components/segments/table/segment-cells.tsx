"use client";
import { useZone } from "#components/preferences/preferences.tsx";
import { useNow } from "#components/ui/now.tsx";
import { Bytes, Unknown } from "#components/ui/quantity.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { Retention, Segment } from "#lib/contracts/segments.ts";
import { formatBytes, formatCount, plural } from "#lib/format.ts";
import { segmentStates } from "../segment-state.ts";

/** Entries that are used; the active one's file is longer, as it is preallocated. */
export function IndexCell({ index }: { index: Segment["offsetIndex"] }) {
  if (index === null) return <Unknown why="there is none, or it can't be read" />;
  const preallocated = index.fileBytes === index.usedBytes ? "" : `, preallocated to ${formatBytes(index.fileBytes)}`;
  return (
    <span title={`${formatCount(index.entries)} entries in ${index.usedBytes} bytes${preallocated}`}>
      {formatCount(index.entries)}
      <span className="text-ink-3">
        {" · "}
        <Bytes value={index.usedBytes} />
      </span>
    </span>
  );
}

/** Both at once, by bytes; entries in their title. */
export function IndexesCell({ offsetIndex, timeIndex }: Pick<Segment, "offsetIndex" | "timeIndex">) {
  const words = (name: string, index: Segment["offsetIndex"]) =>
    index === null ? `${name}: none, or it can't be read` : `${name}: ${plural(index.entries, "entry", "entries")}`;
  return (
    <span title={`${words("Offset index", offsetIndex)}\n${words("Time index", timeIndex)}`}>
      {offsetIndex === null ? <Unknown /> : formatBytes(offsetIndex.usedBytes)}
      <span className="text-ink-3"> / </span>
      {timeIndex === null ? <Unknown /> : formatBytes(timeIndex.usedBytes)}
    </span>
  );
}

const inkOf = { crit: "text-crit", warn: "text-warn", accent: "font-medium text-accent", quiet: "text-ink-3" } as const;

/** In a row: the most pressing thing, the rest as its title; with `all`, every one, a line each. */
export function StateCell({
  segment,
  retention,
  all = false,
}: {
  segment: Segment;
  retention: Retention | null;
  all?: boolean;
}) {
  const zone = useZone();
  const nowMs = useNow();
  const states = segmentStates(segment, retention, { zone, nowMs });
  const [first] = states;
  if (first === undefined) return <span className="text-ink-3">at rest</span>;
  if (all) {
    return (
      <span className="grid gap-1">
        {states.map(({ word, sentence, tone }) => (
          <span key={word}>
            <span className={inkOf[tone]}>{word}</span>
            <span className="block text-12 text-ink-3 leading-4">{sentence}</span>
          </span>
        ))}
      </span>
    );
  }
  const title = states.map(({ word, sentence }) => `${word}: ${sentence}`).join("\n");
  if (first.tone === "crit" || first.tone === "warn") {
    return (
      <span title={title}>
        <Tag tone={first.tone} {...(first.glyph !== undefined && { glyph: first.glyph })} className="max-w-full">
          <span className="truncate">{first.word}</span>
        </Tag>
      </span>
    );
  }
  return (
    <span title={title}>
      <span className={inkOf[first.tone]}>{first.word}</span>
      {states.slice(1, 2).map(({ word }) => (
        <span key={word} className="text-ink-3">
          , {word}
        </span>
      ))}
    </span>
  );
}
