import { randomBytes } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { countSegment as countContract } from "#lib/contracts/segment-batches.ts";
import { listSegments as segmentsContract } from "#lib/contracts/segments.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { testCluster } from "#scripts/testing/test-cluster.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { countSegment } from "./count-segment.ts";
import { listSegments } from "./list-segments.ts";

const topics = new TestTopics();
const { ctx, close } = serviceContext();
const LOOKS = 25;

afterAll(async () => {
  await close();
  await topics.close();
});

test("while a topic is written, the records of a listed segment are those of its listed offsets, no more and no fewer", async () => {
  const [leader = 1] = testCluster().brokers.map(({ id }) => id);
  const topic = await topics.create({ assignment: [[leader]] });
  const producer = topics.kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  const messages = Array.from({ length: 20 }, () => ({ partition: 0, value: randomBytes(200) }));
  let stopped = false;
  const writing = (async () => {
    while (!stopped) await producer.send({ topic, messages });
  })();
  const params = { cluster: "test", topic, partition: 0 };
  const lasts = new Set<string | null>();
  try {
    for (let look = 0; look < LOOKS; look++) {
      const list = segmentsContract.response.parse(await listSegments(ctx, { params, query: {}, body: undefined }));
      const [active] = list.replicas[0]?.segments ?? [];
      if (active === undefined) throw new Error("a replica has a segment from the beginning on");
      const { baseOffset, lastOffset, sizeBytes } = active;
      const input = { params: { ...params, baseOffset }, query: { upTo: sizeBytes }, body: undefined };
      const counted = countContract.response.parse(await countSegment(ctx, input));
      expect(counted).toMatchObject({ complete: true, damage: [], gaps: "0" });
      expect(BigInt(counted.records)).toBe(lastOffset === null ? 0n : BigInt(lastOffset) - BigInt(baseOffset) + 1n);
      lasts.add(lastOffset);
    }
    expect(lasts.size).toBeGreaterThan(2);
  } finally {
    stopped = true;
    await writing;
    await producer.disconnect();
  }
});
