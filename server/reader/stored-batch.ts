import { crc32c } from "../kafka/crc32c.ts";
import { BatchProblem, corrupt } from "./batch-problem.ts";
import { decompress } from "./decompress.ts";
import {
  BATCH_HEADER_BYTES,
  type BatchHeader,
  type Codec,
  CRC_COVERS_FROM,
  codecOf,
  hasAppendTime,
  isControl,
  isTransactional,
  readBatchHeader,
} from "./record-batch.ts";

/** A record: its length, attributes, two deltas, lengths of key and value, count of headers. */
const MIN_RECORD_BYTES = 7;
/** Below it, an offset plus any delta is exact as a number. */
const SAFE_OFFSETS = 2n ** 53n - 2n ** 32n;

/** A record batch among a chunk's bytes. Checked and unpacked when its records are first asked for, and then once. */
export class StoredBatch {
  readonly header: BatchHeader;
  readonly appendTime: boolean;
  readonly transactional: boolean;
  readonly control: boolean;
  readonly #limit: bigint;
  /** `baseOffset` as a number, when it is exact with every delta. */
  readonly safeBase: number | null;
  readonly #bytes: Buffer;
  readonly #at: number;
  readonly #misplaced: string | null;
  #crcValid: boolean | null = null;
  #records: Buffer | BatchProblem | null = null;

  /**
   * @param least the least offset that it may begin with
   * @param limit the first offset that can't be in it: where the next batch begins
   */
  constructor(bytes: Buffer, at: number, least: bigint, limit: bigint) {
    this.#limit = limit;
    this.#bytes = bytes;
    this.#at = at;
    const header = readBatchHeader(bytes, at);
    this.header = header;
    this.appendTime = hasAppendTime(header.attributes);
    this.transactional = isTransactional(header.attributes);
    this.control = isControl(header.attributes);
    // Offset and length are outside of what the CRC covers.
    this.#misplaced =
      header.lastOffsetDelta < 0
        ? "it ends before it begins"
        : header.baseOffset < least
          ? `it begins at offset ${header.baseOffset}, before ${least}, where it may begin at the earliest`
          : null;
    this.safeBase = header.baseOffset >= 0n && header.baseOffset <= SAFE_OFFSETS ? Number(header.baseOffset) : null;
  }

  /** The last offset in it, for certain or, when it is damaged, at most. */
  get lastOffset(): bigint {
    return this.crcValid ? this.header.lastOffset : this.#limit - 1n;
  }

  /** How many records its header claims; no more than it has offsets. */
  get claimed(): number {
    const { records, baseOffset } = this.header;
    return Math.max(0, Math.min(records, Number(this.lastOffset - baseOffset) + 1));
  }

  get crcValid(): boolean {
    this.#crcValid ??=
      crc32c(this.#bytes, this.#at + CRC_COVERS_FROM, this.#at + this.header.sizeBytes) === this.header.crc;
    return this.#crcValid;
  }

  /** @throws {BatchProblem} */
  get codec(): Codec {
    const codec = codecOf(this.header.attributes);
    if (codec !== undefined) return codec;
    throw new BatchProblem(
      "unknown-codec",
      `This batch is compressed with codec ${this.header.attributes & 7}, which Tailrace doesn't know. Read it with kafka-console-consumer of the newest Kafka.`,
    );
  }

  /** The records, unpacked. @throws {BatchProblem} always the same one */
  records(): Buffer {
    if (!this.crcValid) throw corrupt("its checksum (CRC-32C) doesn't agree with its bytes");
    return this.recordsAsTheyAre();
  }

  /** The same, without looking at the checksum. @throws {BatchProblem} */
  recordsAsTheyAre(): Buffer {
    if (this.#records === null) {
      try {
        this.#records = this.#unpack();
      } catch (error) {
        if (!(error instanceof BatchProblem)) throw error;
        this.#records = error;
      }
    }
    if (this.#records instanceof BatchProblem) throw this.#records;
    return this.#records;
  }

  /** Lets go of what was unpacked. */
  forget(): void {
    this.#records = null;
  }

  #unpack(): Buffer {
    if (this.#misplaced !== null) throw corrupt(this.#misplaced);
    const { records, sizeBytes } = this.header;
    const packed = this.#bytes.subarray(this.#at + BATCH_HEADER_BYTES, this.#at + sizeBytes);
    const bytes = records === 0 ? packed.subarray(0, 0) : decompress(this.codec, packed);
    if (records < 0 || records > bytes.length / MIN_RECORD_BYTES) {
      throw corrupt(`it claims ${records} records in ${bytes.length} bytes`);
    }
    return bytes;
  }
}
