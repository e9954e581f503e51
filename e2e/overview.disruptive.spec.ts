import { complaintsOf, expectAccessible, themes } from "#e2e/support/page-checks.ts";
import { expect, test } from "#e2e/support/test.ts";

/** What the issue promises: a broker that went away is seen within five seconds of its end. */
const SEEN_WITHIN_MS = 5_000;
const HEALED_WITHIN_MS = 60_000;

test("a broker is stopped from the page, seen at once, and everything heals", async ({
  page,
  context,
  cluster,
  topics,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const complaints = complaintsOf(page);
  const topic = await topics.create({ prefix: "amber", configs: { "min.insync.replicas": "3" } });
  await cluster.waitHealthy();
  await page.goto(`/clusters/${cluster.name}`);
  const title = page.getByRole("heading", { level: 1 });
  await expect(title).toContainText("in sync");

  await page.getByRole("button", { name: "Stop broker 2" }).click();
  await expect(page.getByRole("button", { name: "Stopping broker 2…" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Start broker 2/ })).toBeVisible({ timeout: 30_000 });
  await expect(title).toContainText("Broker 2 is down.", { timeout: SEEN_WITHIN_MS });
  await expect(page.getByRole("heading", { level: 3, name: "Broker 2 is down." })).toBeVisible();
  const vitals = page.getByRole("region", { name: "Vital signs" });
  await expect(vitals.getByRole("link", { name: /^Brokers up/ })).toContainText(/2\s*of 3/);
  await expect(page.getByRole("table", { name: "Brokers" }).getByRole("row", { name: /down/ })).toHaveCount(1);
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }

  await page.getByRole("button", { name: "Copy as text" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("Broker 2 is down.");

  await vitals.getByRole("link", { name: /^Under-min-ISR/ }).click();
  await expect(page).toHaveURL(/health=under-min-isr/);
  await expect(page.getByRole("row", { name: new RegExp(`^${topic} 3 under min`) })).toBeVisible();
  await page.goBack();

  await page.getByRole("button", { name: "Start broker 2" }).click();
  await expect(title).toContainText(/All \d[\d,]* partitions are in sync/, { timeout: HEALED_WITHIN_MS });
  await expect(page.getByRole("heading", { level: 2, name: "No problems" })).toBeVisible();
  expect(complaints).toEqual([]);
});
