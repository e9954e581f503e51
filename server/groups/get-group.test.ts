import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { TestGroups } from "#scripts/testing/test-groups.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { getGroup } from "./get-group.ts";
import { SampledHistory } from "./observer/sampled-history.ts";

const PARTITIONS = 12;

const topics = new TestTopics();
const groups = new TestGroups();
const { ctx, close } = serviceContext();
const group = groups.name();

beforeAll(async () => {
  const topic = await topics.create({ prefix: "wide", partitions: PARTITIONS, replicationFactor: 1 });
  const all = Array.from({ length: PARTITIONS }, (_, partition) => partition);
  await topics.send(
    topic,
    all.map((partition) => ({ partition, value: "v" })),
  );
  await groups.commit(group, { [topic]: Object.fromEntries(all.map((partition) => [partition, 0])) });
  await ctx.state.groupObserver.sample(ctx.signal);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await groups.close();
  await topics.close();
  await close();
});

test("each partition's history is opened once for its numbers and once for the verdicts, however many there are", async () => {
  const opened = vi.spyOn(SampledHistory.prototype, "partition");
  const { partitions } = await getGroup(ctx, { params: { cluster: "test", group }, query: {}, body: undefined });
  expect(partitions).toHaveLength(PARTITIONS);
  expect(partitions.every(({ lag, timeLag }) => lag !== "0" && timeLag !== null)).toBe(true);
  expect(opened).toHaveBeenCalledTimes(2 * PARTITIONS);
});
