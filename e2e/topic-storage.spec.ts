import { randomBytes } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "#e2e/support/other-clusters.ts";
import { complaintsOf, expectAccessible, expectNoSidewaysScroll, PHONE, themes } from "#e2e/support/page-checks.ts";
import type { TopicStorage } from "#lib/contracts/topic-storage.ts";
import { formatBytes } from "#lib/format.ts";
import type { TestTopics } from "#scripts/testing/test-topics.ts";

const table = (page: Page, topic: string, by = "partition") =>
  page.getByRole("table", { name: `Storage of ${topic} by ${by}` });
const facts = (page: Page, topic: string) => page.getByLabel(`Storage of ${topic}`, { exact: true }).first();

/** Partition 0 holds most of it; broker 1 leads it, broker 2 follows. */
async function skewedTopic(topics: TestTopics): Promise<string> {
  const topic = await topics.create({
    prefix: "storage",
    assignment: [
      [1, 2],
      [2, 1],
      [3, 1],
    ],
    configs: { "segment.bytes": "1048576", "retention.ms": "604800000" },
  });
  const send = (partition: number, count: number) =>
    topics.send(
      topic,
      Array.from({ length: count }, () => ({ partition, value: randomBytes(1_000) })),
    );
  for (let round = 0; round < 6; round++) await send(0, 500);
  await send(1, 300);
  await send(2, 200);
  return topic;
}

test("a topic's bytes by partition and broker are those on disk; a row opens the partition's segments", async ({
  page,
  cluster,
  topics,
}) => {
  const complaints = complaintsOf(page);
  const topic = await skewedTopic(topics);
  await page.goto(`/clusters/${cluster.name}/topics/${topic}`);
  await page.getByRole("tab", { name: "Storage" }).click();
  await expect(page).toHaveURL(/tab=storage/);
  const onDisk = (partition: number, broker: number) => {
    const dir = join(cluster.brokers.find(({ id }) => id === broker)?.logDir ?? "", `${topic}-${partition}`);
    const logs = readdirSync(dir).filter((name) => name.endsWith(".log"));
    return {
      segments: logs.length,
      bytes: logs.reduce((sum, name) => sum + BigInt(statSync(join(dir, name)).size), 0n),
    };
  };
  const answer = await page.request.get(`/api/clusters/${cluster.name}/topics/${topic}/storage`);
  const { replicas }: TopicStorage = await answer.json();
  expect(replicas.map(({ partition, brokerId, sizeBytes }) => [partition, brokerId, sizeBytes])).toEqual(
    replicas.map(({ partition, brokerId }) => [partition, brokerId, String(onDisk(partition, brokerId).bytes)]),
  );

  const hot = table(page, topic).getByRole("row").nth(1);
  await expect(hot).toContainText("hot");
  await expect(hot).toContainText(formatBytes(onDisk(0, 1).bytes));
  await expect(hot.getByRole("listitem").filter({ hasText: "Broker 1, leads" })).toBeVisible();
  const once = [onDisk(0, 1), onDisk(1, 2), onDisk(2, 3)];
  const sum = once.reduce((total, { bytes }) => total + bytes, 0n);
  const foot = table(page, topic).getByRole("row", { name: /^Sum/ });
  await expect(foot).toContainText(formatBytes(sum));
  await expect(foot).toContainText(String(once.reduce((total, { segments }) => total + segments, 0)));
  await expect(facts(page, topic)).toContainText(formatBytes(sum));
  await expect(facts(page, topic)).toContainText(formatBytes(sum * 2n));
  await expect(page.getByText(/^Partition 0 holds 8\d% of the data/)).toBeVisible();
  await expect(page.getByText(/^Broker 1 holds 1\.\d+\s× its even share/)).toBeVisible();
  await expect(
    page.getByText(/Nothing is older than retention\.ms \(7\sd\)\. The next segment is due in 6\sd/),
  ).toBeVisible();
  // The second reading is up to 10 s behind the first.
  await expect(facts(page, topic)).toContainText(/≈.* a day/, { timeout: 30_000 });

  await hot.getByRole("link", { name: "0" }).click();
  await expect(page).toHaveURL(new RegExp(`/topics/${topic}/partitions/0/segments$`));
  await expect(page.getByRole("heading", { level: 1, name: `Segments of ${topic}-0` })).toBeVisible();
  expect(complaints).toEqual([]);
});

test("by replica: each with its broker, the leader marked; row kind and order are in the link", async ({
  page,
  cluster,
  topics,
}) => {
  const topic = await skewedTopic(topics);
  await page.goto(`/clusters/${cluster.name}/topics/${topic}?tab=storage`);
  await page.getByRole("radio", { name: "By replica" }).click();
  await expect(page).toHaveURL(/storageBy=replica/);
  const rows = table(page, topic, "replica").getByRole("row");
  await expect(rows).toHaveCount(8);
  await expect(rows.nth(1)).toContainText("leader");
  await expect(rows.nth(2)).toContainText("as the leader's");
  await table(page, topic, "replica").getByRole("button", { name: "Broker" }).click();
  await expect(page).toHaveURL(/storageSort=broker/);
  await page.reload();
  await expect(rows.last()).toContainText("Sum");
  await expect(rows.nth(6)).toContainText("3");
  await rows.nth(6).getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`/topics/${topic}/partitions/2/segments\\?broker=3$`));
});

test("an internal, compacted topic: said that age doesn't count there", async ({ page, cluster, groups, topics }) => {
  const topic = await topics.create({ prefix: "committed" });
  await groups.commit(groups.name(), { [topic]: { 0: 0 } });
  const internal = "__consumer_offsets";
  await page.goto(`/clusters/${cluster.name}/topics/${internal}?tab=storage`);
  await expect(page.getByText(/^Compacted: of each key the newest message stays, however old/)).toBeVisible();
  await expect(table(page, internal).getByRole("row", { name: /^Sum/ })).toBeVisible();
  await expectAccessible(page);
});

test("where no file is read: sizes all the same, and how to get the rest", async ({ page, topics, others }) => {
  const topic = await skewedTopic(topics);
  await page.goto(`${others.url}/clusters/diskless/topics/${topic}?tab=storage`);
  await expect(page.getByText(/^Sizes only: segments, ages and what goes next/)).toBeVisible();
  await expect(
    page.getByText(/^A segment goes once its newest message is older than retention\.ms \(7\sd\)\.$/),
  ).toBeVisible();
  const hot = table(page, topic).getByRole("row").nth(1);
  await expect(hot).toContainText(/MiB/);
  // Segments, oldest, what the next check frees.
  for (const cell of [5, 6, 7]) await expect(hot.getByRole("cell").nth(cell)).toContainText("—");
  await expectAccessible(page);
  await page.getByRole("link", { name: "How to give access" }).click();
  await expect(page).toHaveURL(new RegExp(`/topics/${topic}/partitions/0/segments$`));
  // What a link asked for, and what Kafka tells without files, isn't dropped.
  const kafka = page.getByLabel(`What Kafka tells of ${topic}-0`);
  await expect(kafka).toContainText("Log start offset0");
  await expect(kafka).toContainText("3,000");
  for (const [query, said] of [
    ["?offset=77", "The link asks where offset 77 lies (Find): that needs the files."],
    ["?panel=verify", "The link leads to the check of the files (Verify): that needs the files."],
  ]) {
    await page.goto(`${others.url}/clusters/diskless/topics/${topic}/partitions/0/segments${query}`);
    await expect(page.getByText(said ?? "")).toBeVisible();
  }
  await expect(page.getByText(/ACL/)).toHaveCount(1);
});

test("nothing noteworthy: the order is by size, and the head says so", async ({ page, cluster, topics }) => {
  const topic = await topics.create({ prefix: "alike", assignment: [[1], [2]] });
  await topics.send(topic, [{ partition: 1, value: "more" }]);
  await page.goto(`/clusters/${cluster.name}/topics/${topic}?tab=storage`);
  const head = table(page, topic).getByRole("columnheader");
  await expect(head.filter({ hasText: "Size" })).toHaveAttribute("aria-sort", "descending");
  await expect(head.filter({ hasText: "State" })).not.toHaveAttribute("aria-sort", "descending");
  await expect(table(page, topic).getByRole("row").nth(1)).toContainText("1");
});

for (const size of [{ width: 1280, height: 800 }, PHONE]) {
  test(`is accessible in light and dark, and scrolls down only, at ${size.width} px`, async ({
    page,
    cluster,
    topics,
  }) => {
    const topic = await skewedTopic(topics);
    await page.setViewportSize(size);
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme });
      for (const by of ["partition", "replica"]) {
        await page.goto(`/clusters/${cluster.name}/topics/${topic}?tab=storage&storageBy=${by}`);
        await expect(table(page, topic, by).getByRole("row").nth(2)).toBeVisible();
        await expectNoSidewaysScroll(page);
        await expectAccessible(page);
      }
    }
  });
}
