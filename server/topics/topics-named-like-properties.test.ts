import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { topicRows } from "#components/topics/list/topic-rows.ts";
import {
  listTopicConfigs as configsOf,
  listTopics as listed,
  listTopicRates as ratesOf,
  listTopicSizes as sizesOf,
} from "#lib/contracts/topics.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { requestTopicCreation } from "../kafka/create-topic.ts";
import { awaitTopic } from "./await-topic.ts";
import { getTopic } from "./get-topic.ts";
import { listTopicConfigs } from "./list-topic-configs.ts";
import { listTopicRates } from "./list-topic-rates.ts";
import { listTopicSizes } from "./list-topic-sizes.ts";
import { listTopics } from "./list-topics.ts";

const NAMES = ["__proto__", "constructor"];
const TOPIC_EXISTS = 36;
const topics = new TestTopics();
const { ctx, close } = serviceContext();
const noInput = { params: { cluster: "test" }, query: {}, body: undefined };

beforeAll(async () => {
  for (const name of NAMES) {
    const creation = { partitions: 2, replicationFactor: 1, assignment: [], configs: { "retention.ms": "7654321" } };
    const answer = await requestTopicCreation(ctx.kafka, null, { ...creation, name, validateOnly: false }, ctx.signal);
    expect([0, TOPIC_EXISTS]).toContain(answer?.errorCode);
    await awaitTopic(ctx, name);
  }
});

afterAll(async () => {
  const admin = topics.kafka.admin();
  await admin.connect();
  await admin.deleteTopics({ topics: NAMES });
  await admin.disconnect();
  await close();
  await topics.close();
});

/** As it comes to the browser. */
const sent = (answer: unknown): unknown => JSON.parse(JSON.stringify(answer));

test("topics of these names are created, listed, sized and configured as any other", async () => {
  await vi.waitFor(
    async () => {
      ctx.state.forget();
      const rows = topicRows({
        topics: listed.response.parse(sent(await listTopics(ctx, noInput))).topics,
        sizes: sizesOf.response.parse(sent(await listTopicSizes(ctx, noInput))),
        configs: configsOf.response.parse(sent(await listTopicConfigs(ctx, noInput))),
        rates: ratesOf.response.parse(sent(await listTopicRates(ctx, noInput))),
      });
      const mine = rows.filter(({ name }) => NAMES.includes(name));
      expect(
        mine.map(({ name, sizeBytes, retentionMs, messages }) => [name, sizeBytes, retentionMs, messages]),
      ).toEqual(NAMES.map((name) => [name, 0n, 7_654_321n, 0n]));
    },
    { timeout: 15_000 },
  );
  for (const name of NAMES) {
    const one = await getTopic(ctx, { params: { cluster: "test", topic: name }, query: {}, body: undefined });
    expect([one.name, one.partitions.length, one.missing]).toEqual([name, 2, []]);
  }
});
