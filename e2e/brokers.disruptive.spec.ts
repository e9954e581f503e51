import { complaintsOf, expectAccessible, themes } from "#e2e/support/page-checks.ts";
import { expect, test } from "#e2e/support/test.ts";

const PROCESS_MS = 30_000;
const SEEN_WITHIN_MS = 10_000;

test("a broker that is away is explained, and each page shows what the others say", async ({
  page,
  cluster,
  topics,
}) => {
  const complaints = complaintsOf(page);
  const configs = { "min.insync.replicas": "1" };
  const assignment = [
    [3, 1],
    [1, 2],
  ];
  const topic = await topics.create({ prefix: "away", assignment, configs });
  const alone = await topics.create({ prefix: "alone", assignment: [[3]], configs });
  await page.goto(`/clusters/${cluster.name}/brokers`);
  await expect(page.getByRole("button", { name: "Stop broker 3" })).toBeVisible();
  // By the fixture, so that it is healed whatever this test meets.
  await cluster.stopBroker(3);
  await expect(page.getByRole("button", { name: "Start broker 3" })).toBeVisible({ timeout: SEEN_WITHIN_MS });
  await expect(page.getByText(/Broker 3 is (down|fenced)\./)).toBeVisible({ timeout: SEEN_WITHIN_MS });
  await expect(page.getByText("It was stopped from here.")).toBeVisible();
  const row = page.getByRole("table", { name: "Brokers" }).getByRole("row", { name: /^3 / });
  await expect(row).toContainText(/down|fenced/);

  await page.goto(`/clusters/${cluster.name}/topics/${topic}`);
  await expect(page.getByText("Partition 0 is under-replicated.")).toBeVisible({ timeout: SEEN_WITHIN_MS });
  await expect(page.getByRole("status").filter({ hasText: "Broker 3 is not in sync." })).toBeVisible();
  const table = page.getByRole("table", { name: `Partitions of ${topic}` });
  await expect(table.getByRole("listitem").filter({ hasText: /Broker 3, (offline|not in sync)/ })).toBeVisible();
  await page.getByRole("switch", { name: /^Problems only 1/ }).click();
  await expect(table.getByRole("row")).toHaveCount(2);
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }

  await page.goto(`/clusters/${cluster.name}/topics/${alone}`);
  await expect(page.getByText("Partition 0 is offline.")).toBeVisible({ timeout: SEEN_WITHIN_MS });
  await expect(page.getByRole("status").filter({ hasText: "until broker 3 returns" })).toBeVisible();

  await page.goto(
    `/clusters/${cluster.name}/create-topic?name=${topics.name("during")}&partitions=1&replicationFactor=3`,
  );
  await expect(page.getByText(/Broker 3 is not up, and 2.brokers are too few/)).toBeVisible();

  await page.goto(`/clusters/${cluster.name}/brokers/3`);
  await expect(page.getByText(/The log dirs of broker 3 could not be read\./)).toBeVisible();
  await page.getByRole("button", { name: "Start broker 3" }).click();
  await expect(page.getByRole("button", { name: "Stop broker 3" })).toBeVisible({ timeout: PROCESS_MS });
  await expect(page.getByText(/Broker 3 is (down|fenced)\./)).toBeHidden({ timeout: PROCESS_MS });
  expect(complaints.filter((complaint) => !/Failed to load resource/.test(complaint))).toEqual([]);
});
