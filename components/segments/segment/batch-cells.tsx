import { Glyph } from "#components/ui/glyph.tsx";
import { Offset, Unknown } from "#components/ui/quantity.tsx";
import type { StoredBatch } from "#lib/contracts/segment-batches.ts";
import { formatCount } from "#lib/format.ts";
import { type BatchTrait, traitsOf } from "./batch-rows.ts";
import { controlWord, ratioText } from "./batch-words.ts";

/** "1680 … 1699"; one alone when it is the only one. */
export function OffsetsCell({ batch: { baseOffset, lastOffset } }: { batch: StoredBatch }) {
  if (baseOffset === null) return <Unknown why="not read in this format" />;
  if (baseOffset === lastOffset) return <Offset value={baseOffset} />;
  return (
    <span className="whitespace-nowrap">
      <Offset value={baseOffset} />
      <span className="text-ink-3">
        <span aria-hidden> … </span>
        <span className="sr-only"> to </span>
      </span>
      <Offset value={lastOffset} />
    </span>
  );
}

/** Where the column of kinds has no room, a marker says so here. */
export function RecordsCell({ batch }: { batch: StoredBatch }) {
  const { records, control } = batch;
  if (records === null) return <Unknown why="not read in this format" />;
  if (!control) return formatCount(records);
  return (
    <>
      <span className="font-medium sm:hidden">{controlWord(batch)}</span>
      <span className="max-sm:hidden">{formatCount(records)}</span>
    </>
  );
}

export function CodecCell({ batch: { codec, ratio } }: { batch: StoredBatch }) {
  if (codec === null) return <Unknown why="not read in this format" />;
  const times = ratioText(ratio);
  return (
    <span className={codec === "none" ? "text-ink-3" : undefined}>
      {codec}
      {times !== null && (
        <span className="text-ink-3" title="Its records unpacked ÷ as stored">
          {" "}
          {times}
        </span>
      )}
    </span>
  );
}

const traitWords: Readonly<Record<Exclude<BatchTrait, "compressed" | "control">, string>> = {
  transactional: "transactional",
  old: "old format",
};

/** What it is beside data: a word, and nothing for the usual batch. */
export function KindCell({ batch }: { batch: StoredBatch }) {
  const trait = traitsOf(batch).find((one) => one !== "compressed");
  if (trait === undefined) return <span className="text-ink-3">data</span>;
  const word = trait === "control" ? controlWord(batch) : traitWords[trait];
  return (
    <span className={trait === "control" ? "font-medium" : undefined} title={kindTitle(batch, trait)}>
      {word}
      {trait === "old" && <span className="text-ink-3"> {batch.magic}</span>}
    </span>
  );
}

function kindTitle({ magic, transactional }: StoredBatch, trait: BatchTrait): string | undefined {
  if (trait === "old") return `Message format ${magic}, from before Kafka 0.11: named, not read`;
  if (trait !== "control") return undefined;
  return transactional ? "A marker: it ends a transaction, and is no message" : "A note of Kafka to itself, no message";
}

/** The stored checksum, and whether the bytes still give it. */
export function CrcCell({ batch: { crc, crcMatches } }: { batch: StoredBatch }) {
  if (crc === null) return <Unknown why="not read in this format" />;
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span className="mono">{crc}</span>
      {crcMatches === true ? (
        <Glyph shape="tick" label="matches" className="size-3" />
      ) : crcMatches === false ? (
        <>
          <Glyph shape="octagon" className="size-3" />
          <span className="font-medium text-crit">differs</span>
        </>
      ) : (
        <span className="text-ink-3" title="This page has read enough: open a page from here on">
          not checked
        </span>
      )}
    </span>
  );
}

export function ProducerCell({ batch: { producerId, producerEpoch } }: { batch: StoredBatch }) {
  if (producerId === null) return <span className="text-ink-3">none</span>;
  return (
    <span className="mono whitespace-nowrap">
      {producerId}
      <span className="text-ink-3" title={`producer epoch ${producerEpoch}`}>
        <span aria-hidden> · </span>
        <span className="sr-only">, epoch </span>
        {producerEpoch}
      </span>
    </span>
  );
}
