import { BatchProblem, corrupt } from "./batch-problem.ts";
import { controlOf } from "./control-record.ts";
import type { BatchFacts, ExtractedRecord, ExtractOptions } from "./extracted-record.ts";
import type { FetchedChunk } from "./fetched-chunk.ts";
import { RecordCursor } from "./record-cursor.ts";
import { timestampOf } from "./record-timestamp.ts";
import { StoredBatch } from "./stored-batch.ts";
import { walkBatches } from "./walk-batches.ts";

/**
 * Whole records of one partition of a chunk, control records included, in order of offset. A batch whose checksum is wrong is
 * read all the same, as far as that goes: `crcValid` tells.
 * @throws {BatchProblem} when the batch that should hold the first one can't be read; others are skipped
 */
export function extractRecords(
  chunk: FetchedChunk,
  { place, from, limit, maxBytes }: ExtractOptions,
): readonly ExtractedRecord[] {
  const partition = chunk.partitions.find((one) => one.place === place);
  if (partition === undefined) return [];
  const bytes = Buffer.from(chunk.bytes.buffer, chunk.bytes.byteOffset, chunk.bytes.byteLength);
  const extraction = new Extraction(from, limit, maxBytes);
  for (const batch of walkBatches(bytes, partition)) {
    if (!(batch instanceof StoredBatch)) {
      if (batch.first <= from && from <= batch.last) throw new BatchProblem(batch.code, batch.detail);
      continue;
    }
    if (batch.lastOffset < from) continue;
    try {
      if (!extraction.take(batch)) break;
    } catch (error) {
      if (!(error instanceof BatchProblem)) throw error;
      const holdsFirst = batch.header.baseOffset <= from && extraction.records.length === 0;
      if (holdsFirst) throw batch.crcValid ? error : corrupt("its checksum (CRC-32C) doesn't agree with its bytes");
    }
  }
  return extraction.records;
}

class Extraction {
  readonly records: ExtractedRecord[] = [];
  readonly #from: bigint;
  readonly #limit: number;
  readonly #maxBytes: number;
  readonly #record = new RecordCursor();
  #bytes = 0;

  constructor(from: bigint, limit: number, maxBytes: number) {
    this.#from = from;
    this.#limit = limit;
    this.#maxBytes = maxBytes;
  }

  /** @returns false when no more records are wanted @throws {BatchProblem} */
  take(batch: StoredBatch): boolean {
    const record = this.#record;
    const { header } = batch;
    const facts = factsOf(batch);
    record.begin(batch.recordsAsTheyAre(), header.records, header.lastOffsetDelta);
    while (this.records.length < this.#limit) {
      if (!record.next()) return true;
      const offset = header.baseOffset + BigInt(record.offsetDelta);
      if (offset < this.#from) continue;
      this.#bytes += record.end - record.start;
      if (this.#bytes > this.#maxBytes && this.records.length > 0) return false;
      this.records.push({
        offset,
        timestamp: timestampOf(batch, record),
        timestampType: batch.appendTime ? "LogAppendTime" : "CreateTime",
        attributes: header.attributes,
        key: copy(record.bytes, record.keyStart, record.keyEnd),
        value: copy(record.bytes, record.valueStart, record.valueEnd),
        headers: headersOf(record),
        control: batch.control ? controlOf(record) : null,
        batch: facts,
      });
    }
    return false;
  }
}

function factsOf(batch: StoredBatch): BatchFacts {
  const { baseOffset, lastOffset, records, sizeBytes, magic, leaderEpoch, crc } = batch.header;
  const { producerId, producerEpoch, baseSequence } = batch.header;
  const { codec, transactional, crcValid } = batch;
  return {
    baseOffset,
    lastOffset,
    records,
    sizeBytes,
    codec,
    magic,
    leaderEpoch,
    producerId,
    producerEpoch,
    baseSequence,
    transactional,
    crc,
    crcValid,
  };
}

function headersOf(record: RecordCursor): ExtractedRecord["headers"] {
  const headers: ExtractedRecord["headers"][number][] = [];
  record.someHeader((name, nameEnd, value, valueEnd) => {
    headers.push({
      name: record.bytes.toString("utf8", name, nameEnd),
      value: copy(record.bytes, value, valueEnd),
    });
    return false;
  });
  return headers;
}

/** Bytes of their own, which can be handed to another thread. */
function copy(bytes: Buffer, start: number, end: number): Uint8Array<ArrayBuffer> | null {
  return start < 0 ? null : new Uint8Array(bytes.subarray(start, end));
}
