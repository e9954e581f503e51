import { expect, test } from "vitest";
import { kafkajsBatch, markerBatch, withChecksum } from "#scripts/testing/kafkajs-batch.ts";
import { readBatchHeader } from "../reader/record-batch.ts";
import { controlTypeIn } from "./control-type.ts";

const typeOf = (bytes: Buffer, upTo = bytes.length) =>
  controlTypeIn(readBatchHeader(bytes, 0), bytes.subarray(0, upTo));
/** Of a control record with this key. */
const keyed = async (...key: number[]) =>
  typeOf(
    await kafkajsBatch({ baseOffset: 0n, records: [{ key: Buffer.from(key), value: Buffer.alloc(6) }], control: true }),
  );

test("a transaction's end says which", async () => {
  expect(typeOf(await markerBatch(5n, 7, "commit"))).toBe("commit");
  expect(typeOf(await markerBatch(5n, 7, "abort"))).toBe("abort");
});

test("notes of the log of metadata have their names; a type to come has its number", async () => {
  expect(await Promise.all([2, 3, 4, 5, 6, 7, 300].map((type) => keyed(0, 0, type >> 8, type & 255)))).toEqual([
    "leader-change",
    "snapshot-header",
    "snapshot-footer",
    "kraft-version",
    "kraft-voters",
    "unknown (7)",
    "unknown (300)",
  ]);
});

test("nothing is claimed of data, of a short key, of a record that isn't whole", async () => {
  const data = await kafkajsBatch({
    baseOffset: 0n,
    records: [{ key: Buffer.from([0, 0, 0, 1]), value: Buffer.alloc(6) }],
  });
  expect(typeOf(data)).toBeNull();
  expect(await keyed(0, 0)).toBeNull();
  const marker = await markerBatch(5n, 7, "commit");
  for (let length = 61; length < marker.length; length++) expect(typeOf(marker, length)).toBeNull();
  const compressed = Buffer.from(marker);
  compressed[22] = (compressed[22] ?? 0) | 4;
  expect(typeOf(withChecksum(compressed))).toBeNull();
});
