import type { MessageRow, TailRow } from "#lib/contracts/message-row.ts";
import type { StoredBatch } from "#lib/contracts/segment-batches.ts";
import type { Segment } from "#lib/contracts/segments.ts";
import { formatCount, plural } from "#lib/format.ts";

/** How much larger the records are when unpacked: "×5.32"; null where it isn't known. */
export function ratioText(ratio: number | null): string | null {
  if (ratio === null) return null;
  return `×${ratio < 99.95 ? ratio.toFixed(ratio < 9.995 ? 2 : 1) : formatCount(Math.round(ratio))}`;
}

/** Sequence numbers wrap at the largest int32: "0 to 19". */
export function sequencesText({ baseSequence, baseOffset, lastOffset }: StoredBatch): string | null {
  if (baseSequence === null || baseSequence < 0 || baseOffset === null || lastOffset === null) return null;
  const last = (BigInt(baseSequence) + BigInt(lastOffset) - BigInt(baseOffset)) % 2n ** 31n;
  return last === BigInt(baseSequence) ? String(baseSequence) : `${baseSequence} to ${last}`;
}

/** What a control batch says, as far as Kafka told (`rows`: what it serves at its offsets). */
export function markerSentence(batch: StoredBatch, rows: readonly TailRow[]): string {
  if (!batch.transactional)
    return "A control batch outside of any transaction: a note of Kafka to itself, no message of anyone.";
  const marker = rows.find((row) => !Array.isArray(row) && "gap" in row && row.reason === "markers");
  const producer = `producer ${batch.producerId ?? "—"}, epoch ${batch.producerEpoch ?? "—"}`;
  if (marker !== undefined && "gap" in marker) {
    if ((marker.aborts ?? 0) > 0)
      return `Abort: ends the transaction of ${producer}. Consumers with read_committed never see what it wrote.`;
    if ((marker.commits ?? 0) > 0)
      return `Commit: ends the transaction of ${producer}. From here on consumers with read_committed see what it wrote.`;
  }
  return `Ends a transaction of ${producer}. Kafka didn't tell whether by a commit or an abort.`;
}

export interface Served {
  readonly logStartOffset: string;
  readonly highWatermark: string;
}

/**
 * Why Kafka serves fewer messages than the file's header counts, in sentences with what is certain; none when it serves all.
 * @param served what Kafka answered at the batch's offsets, once all of it is here
 */
export function unservedSentences(
  batch: StoredBatch,
  { logStartOffset, highWatermark }: Served,
  rows: readonly TailRow[],
): string[] {
  if (batch.baseOffset === null || batch.lastOffset === null || batch.records === null) return [];
  const [base, last] = [BigInt(batch.baseOffset), BigInt(batch.lastOffset)];
  const [start, end] = [BigInt(logStartOffset), BigInt(highWatermark)];
  const sentences: string[] = [];
  if (base < start) {
    const which = last < start ? "All of it lies" : `Offsets up to ${start - 1n} lie`;
    sentences.push(
      `${which} before the log start offset, ${logStartOffset}: Kafka doesn't serve that any more. It stays in the file until the whole segment is deleted.`,
    );
  }
  if (last >= end) {
    const which = base >= end ? "All of it lies" : `Offsets from ${end} on lie`;
    sentences.push(
      `${which} at or beyond the high watermark, ${highWatermark}: not every in-sync replica has it yet, so consumers don't get it.`,
    );
  }
  const messages = rows.filter((row): row is MessageRow => Array.isArray(row)).length;
  const unread = rows.some((row) => !Array.isArray(row) && "problem" in row);
  if (sentences.length === 0 && !unread && messages !== batch.records) {
    sentences.push(
      `By its header the batch holds ${plural(batch.records, "record")}; Kafka serves ${formatCount(messages)} at its offsets, from the leader. Compaction, which each replica does by itself, may have been here or there.`,
    );
  }
  return sentences;
}

/** What deletes a segment, without the time. */
export function goesReason(because: NonNullable<Segment["goes"]>["because"]): string {
  return {
    "retention.ms": "by retention.ms",
    "retention.bytes": "by retention.bytes",
    "log-start-offset": "lies before the log start offset",
  }[because];
}
