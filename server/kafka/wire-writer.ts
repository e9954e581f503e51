const FIRST_CAPACITY = 512;

/** Writes Kafka's flexible wire types (KIP-482) into one buffer that grows. */
export class WireWriter {
  #bytes = Buffer.allocUnsafe(FIRST_CAPACITY);
  #at = 0;

  int8(value: number): this {
    this.#at = this.#room(1).writeInt8(value, this.#at);
    return this;
  }

  boolean(value: boolean): this {
    return this.int8(value ? 1 : 0);
  }

  int16(value: number): this {
    this.#at = this.#room(2).writeInt16BE(value, this.#at);
    return this;
  }

  int32(value: number): this {
    this.#at = this.#room(4).writeInt32BE(value, this.#at);
    return this;
  }

  int64(value: bigint): this {
    this.#at = this.#room(8).writeBigInt64BE(value, this.#at);
    return this;
  }

  unsignedVarint(value: number): this {
    const bytes = this.#room(5);
    let left = value;
    while (left > 0x7f) {
      bytes[this.#at++] = (left & 0x7f) | 0x80;
      left >>>= 7;
    }
    bytes[this.#at++] = left;
    return this;
  }

  string(value: string | null): this {
    if (value === null) return this.unsignedVarint(0);
    const length = Buffer.byteLength(value);
    this.unsignedVarint(length + 1);
    this.#room(length).write(value, this.#at);
    this.#at += length;
    return this;
  }

  bytes(value: Uint8Array): this {
    this.unsignedVarint(value.length + 1);
    this.#room(value.length).set(value, this.#at);
    this.#at += value.length;
    return this;
  }

  /** An id as `WireReader.uuid` reads it: base64url. */
  uuid(id: string): this {
    const written = this.#room(16).write(id, this.#at, 16, "base64url");
    if (written !== 16) throw new RangeError(`not an id of 16 bytes: ${id}`);
    this.#at += 16;
    return this;
  }

  /** "None", where a topic is named. */
  zeroUuid(): this {
    this.#room(16).fill(0, this.#at, this.#at + 16);
    this.#at += 16;
    return this;
  }

  /** Before the elements of an array that is written by hand. */
  arrayLength(length: number): this {
    return this.unsignedVarint(length + 1);
  }

  /** An array whose elements end in tagged fields, as structs do; null is Kafka's "all". */
  structs<T>(values: Iterable<T> | null, write: (value: T) => void): this {
    if (values === null) return this.unsignedVarint(0);
    const list = Array.isArray(values) ? (values as readonly T[]) : [...values];
    this.unsignedVarint(list.length + 1);
    for (const value of list) {
      write(value);
      this.noTags();
    }
    return this;
  }

  strings(values: readonly string[] | null): this {
    if (values === null) return this.unsignedVarint(0);
    this.unsignedVarint(values.length + 1);
    for (const value of values) this.string(value);
    return this;
  }

  int32s(values: readonly number[]): this {
    this.unsignedVarint(values.length + 1);
    for (const value of values) this.int32(value);
    return this;
  }

  noTags(): this {
    return this.unsignedVarint(0);
  }

  /** What was written so far, not copied: write no more afterwards. */
  finish(): Buffer {
    return this.#bytes.subarray(0, this.#at);
  }

  #room(length: number): Buffer {
    const needed = this.#at + length;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, this.#at);
      this.#bytes = larger;
    }
    return this.#bytes;
  }
}
