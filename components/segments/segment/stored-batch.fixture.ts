import type { StoredBatch } from "#lib/contracts/segment-batches.ts";

/** A plain batch of ten records, for tests. */
export function storedBatch(differs: Partial<StoredBatch>): StoredBatch {
  return {
    position: "0",
    sizeBytes: 1_000,
    magic: 2,
    baseOffset: "0",
    lastOffset: "9",
    records: 10,
    codec: "none",
    ratio: null,
    baseTimestampMs: "1000",
    maxTimestampMs: "2000",
    timestampType: "create",
    leaderEpoch: 0,
    producerId: null,
    producerEpoch: null,
    baseSequence: null,
    transactional: false,
    control: false,
    controlType: null,
    crc: "69da7db9",
    crcMatches: true,
    ...differs,
  };
}
