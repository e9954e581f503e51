import { complaintsOf, expectAccessible, expectNoSidewaysScroll, PHONE, themes } from "#e2e/support/page-checks.ts";
import { expect, test } from "#e2e/support/test.ts";

test("lists every broker with its address, load and disk, and opens one by keyboard", async ({ page, cluster }) => {
  const complaints = complaintsOf(page);
  await page.goto(`/clusters/${cluster.name}/brokers`);
  const table = page.getByRole("table", { name: "Brokers" });
  for (const { id, port, rack } of cluster.brokers) {
    const row = table.getByRole("row", { name: new RegExp(`^${id} `) });
    await expect(row).toContainText(`127.0.0.1:${port}`);
    await expect(row).toContainText(rack);
    await expect(row).toContainText(/\d+%/);
  }
  await expect(table.getByText("controller", { exact: true })).toHaveCount(1);
  await table.getByRole("link", { name: "1", exact: true }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(table.getByRole("link", { name: "2", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Broker 2" })).toBeVisible();
  expect(complaints).toEqual([]);
});

test("one broker tells what lies in its log dirs, largest first, by topic and by replica", async ({
  page,
  cluster,
  topics,
}) => {
  const topic = await topics.create({ prefix: "on-disk", partitions: 2, replicationFactor: 3 });
  await topics.send(
    topic,
    Array.from({ length: 400 }, () => ({ partition: 1, value: "x".repeat(2_000) })),
  );
  const [broker] = cluster.brokers;
  if (!broker) throw new Error("the test cluster has brokers");
  await page.goto(`/clusters/${cluster.name}/brokers/${broker.id}`);
  await expect(page.getByText(broker.logDir, { exact: true })).toBeVisible();
  const byTopic = page.getByRole("table", { name: "Topics in the log dirs" });
  await expect(byTopic.getByRole("columnheader", { name: "Size" })).toHaveAttribute("aria-sort", "descending");
  await expect(byTopic.getByRole("row", { name: new RegExp(`^${topic} 2 `) })).toContainText("KiB");

  await page.getByRole("radio", { name: "By replica" }).click();
  await expect(page).toHaveURL(/by=replicas/);
  const byReplica = page.getByRole("table", { name: "Replicas in the log dirs" });
  await expect(byReplica.getByRole("row", { name: new RegExp(`^${topic}-1 `) })).toContainText("KiB");
});

test("a broker's configs say what is read-only and what is sensitive", async ({ page, cluster }) => {
  await page.goto(`/clusters/${cluster.name}/brokers/1?tab=configs&changed=true`);
  const table = page.getByRole("table", { name: "Configs of broker 1" });
  const dirs = table.getByRole("row", { name: /^log\.dirs/ });
  await expect(dirs).toContainText("read-only");
  await expect(dirs).toContainText("server.properties");
  await expect(table.getByText("sensitive, not told").first()).toBeVisible();
  await page.getByRole("searchbox", { name: "Search the configs" }).fill("no such thing anywhere");
  await expect(page.getByRole("heading", { name: /No config matches/ })).toBeVisible();
  await page.getByRole("button", { name: /^Show all/ }).click();
  await expect(table).toBeVisible();
});

test("a broker that isn't there says so", async ({ page, cluster }) => {
  await page.goto(`/clusters/${cluster.name}/brokers/9`);
  await expect(page.getByRole("heading", { name: "There is no broker 9." })).toBeVisible();
  await page.getByRole("link", { name: "All brokers" }).click();
  await expect(page.getByRole("table", { name: "Brokers" })).toBeVisible();
});

test("is accessible in light and dark, and fits a phone", async ({ page, cluster }) => {
  // Not all 250 configs: a row is like another, and each takes its time.
  const pages = ["brokers", "brokers/1", "brokers/1?tab=configs&changed=true"];
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    for (const path of pages) {
      await page.goto(`/clusters/${cluster.name}/${path}`);
      await expect(page.getByRole("table").getByRole("row").nth(1)).toBeVisible();
      await expectAccessible(page);
    }
  }
  await page.setViewportSize(PHONE);
  for (const path of pages) {
    await page.goto(`/clusters/${cluster.name}/${path}`);
    await expect(page.getByRole("table").getByRole("row").nth(1)).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  }
});
