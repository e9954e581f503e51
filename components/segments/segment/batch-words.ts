import type { MessageRow, TailRow } from "#lib/contracts/message-row.ts";
import type { StoredBatch } from "#lib/contracts/segment-batches.ts";
import type { Segment } from "#lib/contracts/segments.ts";
import { formatCount, plural } from "#lib/format.ts";
import type { OffsetNow } from "./segment-place.ts";

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

/** A control batch in a word or two: "commit", "leader change", "control (7)"; "marker" where its first bytes couldn't be read. */
export function controlWord({ controlType, transactional }: StoredBatch): string {
  if (controlType === null) return transactional ? "marker" : "control";
  return controlType.replace("unknown", "control").replaceAll("-", " ");
}

/** Whose messages stand beside a batch of a replica's file: what isn't the leader's own isn't what is served. */
export function servedWords(shown: number, leader: number | null): string {
  if (leader === null) return "as Kafka serves them, read from the leader";
  const served = `as broker ${leader}, the leader, serves them`;
  return shown === leader ? served : `${served}, not from broker ${shown}'s file`;
}

/** What a checksum is in the decimal that DumpLogSegments prints. */
export function crcInDecimal(crc: string): string {
  return Number.parseInt(crc, 16).toString();
}

/** Where a page begins elsewhere than was asked for; null: it begins there. */
export function movedSentence(
  [first]: readonly StoredBatch[],
  { position, from }: { readonly position: string | null; readonly from: string | null },
): string | null {
  if (first === undefined) return null;
  if (from !== null) {
    const isBehind = first.baseOffset !== null && BigInt(first.baseOffset) > BigInt(from);
    return isBehind
      ? `No batch of this file holds offset ${from}: shown from offset ${first.baseOffset} on, the next.`
      : null;
  }
  if (position === null || BigInt(position) === BigInt(first.position)) return null;
  return `No batch begins at byte ${position}: shown from byte ${first.position} on, where the next one does.`;
}

/** What a control batch says, by its own first bytes; else as far as Kafka told (`rows`: what it serves at its offsets). */
export function markerSentence(batch: StoredBatch, rows: readonly TailRow[]): string {
  if (!batch.transactional) {
    const type = batch.controlType === null ? "" : ` (${controlWord(batch)})`;
    return `A control batch outside of any transaction${type}: a note of Kafka to itself, no message of anyone.`;
  }
  const marker = rows.find((row) => !Array.isArray(row) && "gap" in row && row.reason === "markers");
  const producer = `producer ${batch.producerId ?? "—"}, epoch ${batch.producerEpoch ?? "—"}`;
  const told =
    marker === undefined || !("gap" in marker)
      ? null
      : (marker.aborts ?? 0) > 0
        ? "abort"
        : (marker.commits ?? 0) > 0
          ? "commit"
          : null;
  switch (batch.controlType ?? told) {
    case "abort":
      return `Abort: ends the transaction of ${producer}. Consumers with read_committed never see what it wrote.`;
    case "commit":
      return `Commit: ends the transaction of ${producer}. From here on consumers with read_committed see what it wrote.`;
    default:
      return `Ends a transaction of ${producer}. Whether by a commit or an abort couldn't be read.`;
  }
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

/** Why no segment begins at an offset. */
export function missingSentence(now: OffsetNow, offset: string): string {
  switch (now.at) {
    case "deleted":
      return `Offset ${offset} lies before the log start offset, ${now.logStartOffset}: what was there was deleted, and its segment with it.`;
    case "unwritten":
      return `Nothing has been written at offset ${offset} yet: the partition's next offset is ${now.end}.`;
    case "within":
      return `A segment has the name of the first offset in it, and none begins at ${offset}: its place is in segment ${now.segment.baseOffset}. Compaction merges segments into the one before.`;
  }
}

/** What deletes a segment, without the time. */
export function goesReason(because: NonNullable<Segment["goes"]>["because"]): string {
  return {
    "retention.ms": "by retention.ms",
    "retention.bytes": "by retention.bytes",
    "log-start-offset": "lies before the log start offset",
  }[because];
}
