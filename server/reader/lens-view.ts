import type { GapRow } from "#lib/contracts/message-row.ts";
import { AbortedTransactions } from "./aborted-transactions.ts";
import { BatchProblem } from "./batch-problem.ts";
import { compileFilter, type RecordFilter } from "./compile-filter.ts";
import { controlOf } from "./control-record.ts";
import type { FetchedPartition } from "./fetched-chunk.ts";
import type { Lens, LensTask, LensYield } from "./lens.ts";
import { earlierOf, laterOf } from "./offset-bounds.ts";
import { newTally, type PartitionTally } from "./partition-tally.ts";
import { PendingGap } from "./pending-gap.ts";
import { RecordCursor } from "./record-cursor.ts";
import { BatchTimestamps, timestampOf } from "./record-timestamp.ts";
import { RowBuffer } from "./row-buffer.ts";
import { RowSample } from "./row-sample.ts";
import type { StoredBatch } from "./stored-batch.ts";
import { type UnreadableStretch, unread } from "./walk-batches.ts";
import { writeMessage, writeNote } from "./write-row.ts";

/** Of rows about gaps with no message between: markers of transactions are joined, and holes between them left out. */
const MAX_NOTES = 1_000;

/** A record's offset is stored as its distance from its batch's, an int32. */
const MAX_DELTA = 2_147_483_647;

/** One lens, while it goes over a chunk's partitions and their batches, in order. */
export class LensView {
  readonly #lens: Lens;
  readonly #task: LensTask;
  readonly #filter: RecordFilter | null;
  readonly #rows = new RowBuffer();
  readonly #sample: RowSample;
  readonly #tallies: PartitionTally[] = [];
  readonly #record = new RecordCursor();
  #tally: PartitionTally = newTally(0, 0n);
  /** Rows about gaps since the last message. */
  #notes = 0;
  /** The first offset that is wanted of the partition. */
  #from = 0n;
  /** The offset behind what was shown or told. */
  #position = 0n;
  #prefix = Buffer.alloc(0);
  #aborted: AbortedTransactions | null = null;
  #gap = new PendingGap(0, false);
  /** Only the first rows are wanted, and they are there: what follows is neither seen nor counted. */
  #full = false;
  /** Of the batch, records that lie before what is wanted. */
  #passed = 0;

  /** @param records what the chunk's headers claim: how many rows there may be */
  constructor(task: LensTask, records: number) {
    this.#task = task;
    this.#lens = task.lens;
    this.#filter = compileFilter(task.lens);
    const known = this.#filter === null && task.keep !== "first";
    this.#sample = new RowSample(this.#rows, task.maxRows, known ? records : 0);
  }

  beginPartition(partition: FetchedPartition): void {
    const { place, next, aborted } = partition;
    this.#from = laterOf(this.#task.from?.get(place) ?? partition.from, partition.from);
    this.#position = this.#from;
    this.#tally = newTally(place, this.#full ? this.#from : next);
    this.#tallies.push(this.#tally);
    this.#sample.beginPartition(this.#tally);
    this.#prefix = Buffer.from(`[${place},"`);
    this.#gap = new PendingGap(place, this.#filter !== null);
    this.#aborted = this.#lens.isolation === "committed" ? new AbortedTransactions(aborted) : null;
  }

  /** A batch that is whole, or at least looks so. */
  take(batch: StoredBatch): void {
    if (this.#full) return;
    const aborted = this.#aborted?.take(batch) ?? false;
    const { header, lastOffset } = batch;
    if (lastOffset < this.#from) return;
    const seen = this.#tally.in;
    this.#passed = 0;
    try {
      // Also of aborted ones: what is damaged is told.
      const records = batch.records();
      this.#gapUpTo(header.baseOffset);
      if (batch.control) this.#markers(batch, records);
      else if (aborted) this.#addGap("aborted", this.#position, lastOffset);
      else this.#messages(batch, records);
      if (!this.#full) this.#gapUpTo(lastOffset + 1n);
    } catch (error) {
      if (!(error instanceof BatchProblem)) throw error;
      this.#rows.abandon();
      const claimed = batch.control ? 0 : header.records - this.#passed - (this.#tally.in - seen);
      const last = laterOf(this.#position, earlierOf(lastOffset, this.#tally.next - 1n));
      this.#problem(unread(error, this.#position, last, claimed, header.sizeBytes));
    }
    // Whoever comes again for the rest of a batch has it counted then.
    if (this.#position > lastOffset || !this.#full) this.#tally.bytes += header.sizeBytes;
  }

  /** Bytes that are no batch. */
  skip(stretch: UnreadableStretch): void {
    if (this.#full || stretch.last < this.#from) return;
    this.#tally.bytes += stretch.sizeBytes;
    const first = laterOf(stretch.first, this.#from);
    this.#problem(unread({ code: stretch.code, message: stretch.detail }, first, stretch.last, stretch.records, 0));
  }

  endPartition(): void {
    if (!this.#full && this.#tally.next > this.#position) this.#gapUpTo(this.#tally.next);
    this.#tell(this.#gap.take());
  }

  finish(): LensYield {
    return { rows: this.#rows.toString(), sent: this.#rows.messages, partitions: this.#tallies };
  }

  #messages(batch: StoredBatch, records: Buffer): void {
    const record = this.#record;
    const tally = this.#tally;
    const filter = this.#filter;
    const { header } = batch;
    const timestamps = new BatchTimestamps(batch);
    const fromDelta = deltaOf(this.#from, header.baseOffset);
    let expected = deltaOf(this.#position, header.baseOffset);
    record.begin(records, header.records, header.lastOffsetDelta);
    filter?.begin(records);
    try {
      while (record.next()) {
        const delta = record.offsetDelta;
        if (delta < fromDelta) {
          this.#passed += 1;
          continue;
        }
        const accepted = filter === null || filter.accepts(record);
        if (delta > expected) {
          this.#position = header.baseOffset + BigInt(expected);
          this.#gapUpTo(header.baseOffset + BigInt(delta));
        }
        const timestamp = timestamps.numberOf(record);
        if (accepted) {
          if (this.#sample.wants()) this.#write(batch, timestamp);
          else {
            this.#sample.leaveOut(header.baseOffset + BigInt(delta));
            this.#gap.leaveOut();
          }
          tally.matched += 1;
        }
        tally.in += 1;
        if (timestamp !== null && timestamp >= 0) {
          tally.fromMs ??= timestamp;
          tally.toMs = timestamp;
        }
        expected = delta + 1;
        if (this.#task.keep === "first" && this.#rows.messages >= this.#task.maxRows) {
          this.#full = true;
          tally.next = header.baseOffset + BigInt(expected);
          break;
        }
      }
    } finally {
      this.#position = laterOf(this.#position, header.baseOffset + BigInt(expected));
    }
  }

  #write(batch: StoredBatch, timestamp: number | null): void {
    const { header, safeBase } = batch;
    const delta = this.#record.offsetDelta;
    this.#tell(this.#gap.take());
    writeMessage(this.#rows, this.#record, this.#lens, {
      prefix: this.#prefix,
      offset: String(safeBase === null ? header.baseOffset + BigInt(delta) : safeBase + delta),
      timestamp,
      wideTimestamp: timestamp === null ? String(timestampOf(batch, this.#record)) : null,
      transaction: batch.transactional && this.#aborted === null ? String(header.producerId) : null,
      appendTime: batch.appendTime,
    });
    this.#notes = 0;
    this.#sample.kept();
  }

  #markers(batch: StoredBatch, records: Buffer): void {
    const { header } = batch;
    this.#addGap("markers", laterOf(this.#position, header.baseOffset), header.lastOffset);
    this.#record.begin(records, header.records, header.lastOffsetDelta);
    while (this.#record.next()) this.#gap.mark(controlOf(this.#record), header.producerId);
  }

  /** Offsets before `end` hold nothing. */
  #gapUpTo(end: bigint): void {
    if (end <= this.#position) return;
    this.#addGap("compacted", this.#position, end - 1n);
    this.#position = end;
  }

  #addGap(reason: GapRow["reason"], first: bigint, last: bigint): void {
    if (last >= this.#position) this.#position = last + 1n;
    const wanted = this.#lens.gaps && (this.#filter === null || reason === "markers");
    if (!wanted) return;
    if (this.#notes >= MAX_NOTES) this.#gap.leaveOut();
    this.#tell(this.#gap.add(reason, first, last));
  }

  #tell(gap: GapRow | null): void {
    if (gap === null || (this.#filter !== null && !this.#decides(gap))) return;
    this.#notes += 1;
    writeNote(this.#rows, gap);
  }

  /**
   * Among messages that a filter chose, markers stay that decide over rows on screen: those that commit, too, or else a
   * producer's next abort would strike the rows of its transactions before.
   */
  #decides({ aborts = 0, committed = [] }: GapRow): boolean {
    return this.#aborted === null && (aborts > 0 || committed.length > 0);
  }

  #problem({ code, detail, first, last, records }: UnreadableStretch): void {
    this.#tell(this.#gap.take());
    const { place } = this.#tally;
    writeNote(this.#rows, { problem: [place, `${first}`, `${last}`], code, detail, records });
    this.#tally.in += records;
    if (code === "oversize") this.#tally.oversize += records;
    else this.#tally.undecodable += records;
    this.#position = laterOf(this.#position, last + 1n);
  }
}

/** How far an offset lies behind a base; 0 when it is before, MAX_DELTA + 1 when no record of a batch reaches so far. */
function deltaOf(offset: bigint, base: bigint): number {
  const delta = offset - base;
  if (delta <= 0n) return 0;
  return delta > MAX_DELTA ? MAX_DELTA + 1 : Number(delta);
}
