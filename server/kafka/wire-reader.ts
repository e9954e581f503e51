const NONE: readonly number[] = [];
const ZERO_UUID = "AAAAAAAAAAAAAAAAAAAAAA";

/**
 * Reads Kafka's flexible wire types (KIP-482) from one contiguous buffer.
 * pf's own reader looks up each field in a chain of chunks; for answers of thousands of partitions that costs more than the broker.
 * Every method throws a RangeError past the end.
 */
export class WireReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  int8(): number {
    const value = this.#bytes.readInt8(this.#at);
    this.#at += 1;
    return value;
  }

  boolean(): boolean {
    return this.int8() !== 0;
  }

  int16(): number {
    const value = this.#bytes.readInt16BE(this.#at);
    this.#at += 2;
    return value;
  }

  uint16(): number {
    const value = this.#bytes.readUInt16BE(this.#at);
    this.#at += 2;
    return value;
  }

  int32(): number {
    const value = this.#bytes.readInt32BE(this.#at);
    this.#at += 4;
    return value;
  }

  int64(): bigint {
    const value = this.#bytes.readBigInt64BE(this.#at);
    this.#at += 8;
    return value;
  }

  unsignedVarint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes.readUInt8(this.#at);
      this.#at += 1;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError("a varint longer than five bytes");
  }

  nullableString(): string | null {
    const length = this.unsignedVarint() - 1;
    if (length < 0) return null;
    const end = this.#advance(length);
    return this.#bytes.toString("utf8", end - length, end);
  }

  string(): string {
    return this.nullableString() ?? "";
  }

  /** Not copied: a view of the response. Empty for null. */
  bytes(): Buffer {
    const length = Math.max(0, this.unsignedVarint() - 1);
    const end = this.#advance(length);
    return this.#bytes.subarray(end - length, end);
  }

  /** As Kafka's own tools print an id: base64url without padding. Null for the zero UUID ("none"). */
  uuid(): string | null {
    const end = this.#advance(16);
    const text = this.#bytes.toString("base64url", end - 16, end);
    return text === ZERO_UUID ? null : text;
  }

  /** How many elements follow; a null array has none. */
  arrayLength(): number {
    return Math.max(0, this.unsignedVarint() - 1);
  }

  /** An array whose elements end in tagged fields, as structs do. */
  structs<T>(read: (reader: this) => T): T[] {
    const length = this.arrayLength();
    // Of exact length: an array that grows by push reserves 17 places, and answers hold thousands of short ones.
    const values = new Array<T>(this.#plausible(length));
    for (let index = 0; index < length; index++) {
      values[index] = read(this);
      this.skipTags();
    }
    return values;
  }

  int32s(): readonly number[] {
    const length = this.arrayLength();
    if (length === 0) return NONE;
    const values = new Array<number>(this.#plausible(length));
    for (let index = 0; index < length; index++) values[index] = this.int32();
    return values;
  }

  strings(): string[] {
    const length = this.arrayLength();
    const values = new Array<string>(this.#plausible(length));
    for (let index = 0; index < length; index++) values[index] = this.string();
    return values;
  }

  skipTags(): void {
    for (let left = this.unsignedVarint(); left > 0; left--) {
      this.unsignedVarint();
      this.#advance(this.unsignedVarint());
    }
  }

  /** Calls `read` for each tagged field; whatever it leaves unread of the field is skipped. */
  tags(read: (tag: number, reader: WireReader) => void): void {
    for (let left = this.unsignedVarint(); left > 0; left--) {
      const tag = this.unsignedVarint();
      const size = this.unsignedVarint();
      const end = this.#advance(size);
      read(tag, new WireReader(this.#bytes.subarray(end - size, end)));
    }
  }

  /** A damaged length must not reserve memory: no element is shorter than one byte. */
  #plausible(length: number): number {
    if (length > this.#bytes.length - this.#at) throw new RangeError("an array reaches past the end of the response");
    return length;
  }

  #advance(length: number): number {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new RangeError("a field reaches past the end of the response");
    this.#at = end;
    return end;
  }
}
