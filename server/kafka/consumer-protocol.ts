import type { Assignment } from "../groups/group-reading.ts";

/** What a classic member wants, as far as it can be told. */
export interface ConsumerSubscription {
  readonly topics: readonly string[];
  readonly rackId: string | null;
}

const NOTHING_WANTED: ConsumerSubscription = { topics: [], rackId: null };
const NOTHING_ASSIGNED: Assignment = new Map();
const FIRST_WITH_RACK = 3;
const FIRST_WITH_GENERATION = 2;
const FIRST_WITH_OWNED = 1;

/**
 * A member's metadata: bytes that a client made up and the broker only hands on. Of groups whose protocol type is "consumer" they
 * are a ConsumerProtocolSubscription (KIP-429, KIP-792, KIP-881), unless the client is odd.
 * @returns what can be read of it; null when it isn't one
 */
export function readSubscription(bytes: Uint8Array): ConsumerSubscription | null {
  if (bytes.length === 0) return NOTHING_WANTED;
  return attempt(bytes, (reader) => {
    const version = reader.version();
    const topics = reader.array(() => reader.string());
    reader.skipBytes();
    if (version < FIRST_WITH_RACK || reader.atEnd) return { topics, rackId: null };
    if (version >= FIRST_WITH_OWNED) reader.array(() => [reader.string(), reader.array(() => reader.int32())]);
    if (version >= FIRST_WITH_GENERATION) reader.int32();
    return { topics, rackId: reader.nullableString() };
  });
}

/**
 * What the group's leader gave a member: ConsumerProtocolAssignment, as made up as the subscription.
 * @returns null when it isn't one
 */
export function readAssignment(bytes: Uint8Array): Assignment | null {
  if (bytes.length === 0) return NOTHING_ASSIGNED;
  return attempt(bytes, (reader) => {
    reader.version();
    const assigned = new Map<string, readonly number[]>();
    reader.array(() => {
      const topic = reader.string();
      const partitions = reader.array(() => reader.partition());
      const before = assigned.get(topic);
      assigned.set(topic, before === undefined ? partitions : [...before, ...partitions]);
      return null;
    });
    for (const [topic, partitions] of assigned) {
      assigned.set(
        topic,
        [...new Set(partitions)].sort((a, b) => a - b),
      );
    }
    return assigned;
  });
}

function attempt<T>(bytes: Uint8Array, read: (reader: PlainReader) => T): T | null {
  try {
    return read(new PlainReader(bytes));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Kafka's wire types of before KIP-482, which the consumer protocol kept. Throws a RangeError for whatever doesn't fit. */
class PlainReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** Newer versions only append fields. */
  version(): number {
    const version = this.#int16();
    if (version < 0) throw new RangeError("not a version");
    return version;
  }

  int32(): number {
    return this.#bytes.readInt32BE(this.#advance(4));
  }

  partition(): number {
    const partition = this.int32();
    if (partition < 0) throw new RangeError("not a partition");
    return partition;
  }

  string(): string {
    const text = this.nullableString();
    if (text === null) throw new RangeError("no text");
    return text;
  }

  nullableString(): string | null {
    const length = this.#int16();
    if (length === -1) return null;
    const from = this.#advance(length);
    return this.#bytes.toString("utf8", from, from + length);
  }

  /** A null array has no elements. A length that the bytes can't hold reserves nothing. */
  array<T>(read: () => T): T[] {
    const length = this.int32();
    if (length > this.#bytes.length - this.#at) throw new RangeError("longer than the bytes");
    const values: T[] = [];
    for (let left = length; left > 0; left--) values.push(read());
    return values;
  }

  skipBytes(): void {
    const length = this.int32();
    if (length > 0) this.#advance(length);
  }

  #int16(): number {
    return this.#bytes.readInt16BE(this.#advance(2));
  }

  #advance(length: number): number {
    const from = this.#at;
    if (length < 0 || from + length > this.#bytes.length) throw new RangeError("past the end");
    this.#at = from + length;
    return from;
  }
}
