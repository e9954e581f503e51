import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kafkaRuntime } from "#scripts/local-kafka/tools.ts";
import { gapsOf, messagesOf, testLens } from "#scripts/testing/rows-of.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { testCluster } from "#scripts/testing/test-cluster.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { fetchOnce } from "./fetch-once.ts";
import type { Lens, LensYield } from "./lens.ts";
import { PartitionTable } from "./partition-table.ts";
import { codecs } from "./record-batch.ts";

const SOURCE = fileURLToPath(new URL("../../scripts/testing/JavaProducer.java", import.meta.url));
const JAVA_TIMEOUT_MS = 120_000;
const RECORDS = 400;
const TRANSACTIONS = codecs.length;

const topics = new TestTopics();
const service = serviceContext();
const decoder = service.ctx.decoders.lease();
let topic = "";

beforeAll(async () => {
  // Its timestamps are older than what retention keeps by default.
  const configs = { "retention.ms": "-1" };
  topic = await topics.create({ partitions: codecs.length + 1, replicationFactor: 1, assignment: [], configs });
  const { java, classPath } = await kafkaRuntime();
  const bootstrap = testCluster().bootstrap.join(",");
  const args = ["-cp", classPath, SOURCE, bootstrap, topic, String(RECORDS), ...codecs];
  await promisify(execFile)(java.command, args, { timeout: JAVA_TIMEOUT_MS });
}, JAVA_TIMEOUT_MS + 10_000);

afterAll(async () => {
  decoder.release();
  await topics.close();
  await service.close();
});

/** All chunks of a partition. */
async function* chunksOf(partition: number, isolation: Lens["isolation"]) {
  const table = new PartitionTable();
  for (let offset = 0n; ; ) {
    const asked = { topic, partition, offset, maxBytes: 8_000, isolation };
    const chunk = await fetchOnce(service.ctx.reading, asked, table, service.ctx.signal);
    const next = chunk.partitions[0]?.next ?? offset;
    if (next === offset) return;
    yield { chunk, offset };
    offset = next;
  }
}

async function viewsOf(partition: number, lens: Partial<Lens> = {}): Promise<LensYield[]> {
  const views: LensYield[] = [];
  for await (const { chunk } of chunksOf(partition, lens.isolation ?? "uncommitted")) {
    const task = { lens: testLens({ previewBytes: 4_096, ...lens }), maxRows: 10_000 };
    views.push(...(await decoder.applyLenses(chunk, [task], service.ctx.signal)));
  }
  return views;
}

test.each(codecs.map((codec, partition) => ({ codec, partition })))(
  "what Java's producer wrote with $codec is read as it was, in rows and whole",
  async ({ codec, partition }) => {
    const rows = (await viewsOf(partition)).flatMap(messagesOf);
    expect(rows.map(([, offset, timestamp, key, value]) => [offset, timestamp, key, value])).toEqual(
      Array.from({ length: RECORDS }, (_, i) => [
        `${i}`,
        1_700_000_000_000 + i * 1_000,
        i % 5 === 0 ? null : expect.objectContaining({ text: `${i}` }),
        i % 7 === 0 ? null : textOf(i),
      ]),
    );
    for await (const { chunk, offset } of chunksOf(partition, "uncommitted")) {
      const options = { place: 0, from: offset, limit: RECORDS, maxBytes: 10_000_000 };
      for (const record of await decoder.extract(chunk, options, service.ctx.signal)) {
        const i = Number(record.offset);
        expect(record.batch).toMatchObject({ codec, crcValid: true, magic: 2 });
        expect(record.headers).toEqual(
          Array.from({ length: i % 3 }, (_, header) => ({
            name: "same",
            value: header === 1 ? null : new Uint8Array([i & 0xff]),
          })),
        );
      }
    }
  },
);

test("transactions of Java's producer: committed hides the aborted one, uncommitted marks it", async () => {
  const committed = await viewsOf(TRANSACTIONS, { isolation: "committed" });
  expect(committed.flatMap(messagesOf).map(([, , , , value]) => value)).toEqual(
    [1, 2].flatMap(() => [0, 1, 2, 3, 4].map((i) => `committed ${i}`)),
  );
  expect(committed.flatMap(gapsOf).some(({ reason }) => reason === "aborted")).toBe(true);
  const all = await viewsOf(TRANSACTIONS);
  const rows = all.flatMap(messagesOf);
  expect(rows).toHaveLength(15);
  expect(rows.every(([, , , , , extra]) => extra?.transaction !== undefined)).toBe(true);
  const markers = all.flatMap(gapsOf);
  expect(markers.map(({ commits = 0, aborts = 0 }) => [commits, aborts])).toEqual([
    [1, 0],
    [0, 1],
    [1, 0],
  ]);
});

function textOf(i: number): string {
  return `{"number":${i},"text":"${"größer ".repeat(i % 60)}"}`;
}
