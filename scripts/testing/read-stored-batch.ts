import { extractRecords } from "#server/reader/extract-records.ts";
import type { ReadBatch } from "#server/segments/location.ts";
import { chunkOf } from "./kafkajs-batch.ts";

const ALL = { limit: 1_000_000, maxBytes: 256 * 1024 * 1024 };

/** The first data record of a batch at or after an offset or a time, on the test's own thread. */
export const readBatchOfTest: ReadBatch = async (bytes, baseOffset, target) => {
  const records = extractRecords(chunkOf([bytes]), { place: 0, from: baseOffset, ...ALL });
  const index = records.findIndex(
    ({ offset, timestamp, control }) =>
      control === null && ("offset" in target ? offset >= target.offset : timestamp >= target.timestampMs),
  );
  const found = records[index];
  return found === undefined ? null : { offset: found.offset, timestampMs: found.timestamp, number: index + 1 };
};
