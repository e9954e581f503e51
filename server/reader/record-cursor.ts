import { corrupt } from "./batch-problem.ts";

const MAX_SHIFT = 28;
/** Seven bytes of seven bits: exact as a number. */
const MAX_EXACT_SCALE = 2 ** 42;
const BYTES_OF_INT64 = 10;

/**
 * Walks over the records of one batch without making an object of any: its fields are the current record's, and change with
 * `next`. Places are in `bytes`; a start of -1: null.
 * @see https://kafka.apache.org/documentation/#record
 */
export class RecordCursor {
  bytes: Buffer = Buffer.alloc(0);
  /** Counted from the batch's base offset. */
  offsetDelta = 0;
  /** Counted from the batch's base timestamp; not exact when it is `wideTimestampDelta`. */
  timestampDelta = 0;
  wideTimestampDelta: bigint | null = null;
  start = 0;
  end = 0;
  keyStart = -1;
  keyEnd = -1;
  valueStart = -1;
  valueEnd = -1;
  headers = 0;
  /** Where the first header begins. */
  headersStart = 0;
  #at = 0;
  #left = 0;
  #lastDelta = -1;
  #maxDelta = 0;

  begin(bytes: Buffer, records: number, maxDelta: number): void {
    this.bytes = bytes;
    this.#at = 0;
    this.#left = records;
    this.#lastDelta = -1;
    this.#maxDelta = maxDelta;
  }

  /** @returns false behind the last record @throws {BatchProblem} when a record isn't what it should be */
  next(): boolean {
    if (this.#left === 0) {
      if (this.#at !== this.bytes.length) throw corrupt("bytes are left behind its last record");
      return false;
    }
    this.#left -= 1;
    this.start = this.#at;
    const length = this.#varint();
    const end = this.#at + length;
    if (length < 0 || end > this.bytes.length) throw corrupt("a record is longer than its batch");
    this.end = end;
    this.#at += 1;
    this.#varlong();
    this.offsetDelta = this.#varint();
    this.keyStart = this.#bytes();
    this.keyEnd = this.#at;
    this.valueStart = this.#bytes();
    this.valueEnd = this.#at;
    this.headers = this.#varint();
    this.headersStart = this.#at;
    if (this.#at > end || this.headers < 0 || this.headers > end - this.#at) {
      throw corrupt("a record is longer than it says");
    }
    if (this.offsetDelta <= this.#lastDelta || this.offsetDelta > this.#maxDelta) {
      throw corrupt("its offsets are not in order");
    }
    this.#lastDelta = this.offsetDelta;
    this.#at = end;
    return true;
  }

  /** Visits the headers in order, until it returns true. @returns whether it did @throws {BatchProblem} */
  someHeader(visit: (nameStart: number, nameEnd: number, valueStart: number, valueEnd: number) => boolean): boolean {
    const behind = this.#at;
    this.#at = this.headersStart;
    try {
      for (let left = this.headers; left > 0; left -= 1) {
        const nameStart = this.#bytes();
        const nameEnd = this.#at;
        const valueStart = this.#bytes();
        if (nameStart < 0 || this.#at > this.end) throw corrupt("a header is longer than its record");
        if (visit(nameStart, nameEnd, valueStart, this.#at)) return true;
      }
      return false;
    } finally {
      this.#at = behind;
    }
  }

  /** Goes over a length and as many bytes. @returns where they begin; -1: null */
  #bytes(): number {
    const length = this.#varint();
    if (length === -1) return -1;
    const start = this.#at;
    if (length < 0 || start + length > this.end) throw corrupt("a key, value or header is longer than its record");
    this.#at = start + length;
    return start;
  }

  /** Zigzag, 32 bits. Past the end it reads nothing, and `next` sees that the place is wrong. */
  #varint(): number {
    const { bytes } = this;
    let byte = bytes[this.#at] ?? 0;
    this.#at += 1;
    if (byte < 0x80) return (byte >>> 1) ^ -(byte & 1);
    let value = byte & 0x7f;
    for (let shift = 7; ; shift += 7) {
      if (shift > MAX_SHIFT) throw corrupt("a number in it has too many bytes");
      byte = bytes[this.#at] ?? 0;
      this.#at += 1;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (value >>> 1) ^ -(value & 1);
    }
  }

  /** Zigzag, 64 bits: the timestamp's delta. */
  #varlong(): void {
    const start = this.#at;
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes[this.#at] ?? 0;
      this.#at += 1;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
      scale *= 128;
      if (this.#at - start >= BYTES_OF_INT64) throw corrupt("a timestamp in it has too many bytes");
    }
    this.timestampDelta = value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    this.wideTimestampDelta = scale > MAX_EXACT_SCALE ? this.#exactVarlong(start) : null;
  }

  #exactVarlong(start: number): bigint {
    let value = 0n;
    for (let at = this.#at - 1; at >= start; at -= 1) value = (value << 7n) | BigInt((this.bytes[at] ?? 0) & 0x7f);
    return BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n));
  }
}
