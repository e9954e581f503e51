import { expect, test } from "vitest";
import { chunkOf, kafkajsBatch, markerBatch } from "#scripts/testing/kafkajs-batch.ts";
import { testLens } from "#scripts/testing/rows-of.ts";
import { undecodedYield } from "./undecoded-yield.ts";

const texts = (...values: string[]) => values.map((value) => ({ key: null, value: Buffer.from(value) }));

test("a chunk that nobody could decode is counted by its headers, markers apart", async () => {
  const batches = [
    await kafkajsBatch({ baseOffset: 0n, records: texts("a", "b") }),
    await markerBatch(2n, 7, "commit"),
    await kafkajsBatch({ baseOffset: 3n, records: [{ key: null, value: Buffer.alloc(8_000_000) }] }),
  ];
  const task = { lens: testLens({}), maxRows: 10 };
  const { rows, partitions } = undecodedYield(chunkOf(batches, { from: 0n }), task, "the decoder hung");
  expect(JSON.parse(rows)).toMatchObject({ problem: [0, "0", "3"], records: 3, detail: "the decoder hung" });
  expect(partitions).toMatchObject([{ in: 3, undecodable: 3 }]);
  const later = undecodedYield(chunkOf(batches, { from: 0n }), { ...task, from: new Map([[0, 2n]]) }, "it hung");
  expect(later.partitions).toMatchObject([{ in: 1, undecodable: 1 }]);
});
