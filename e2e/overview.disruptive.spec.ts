import { complaintsOf, expectAccessible, themes } from "#e2e/support/page-checks.ts";
import { expect, test } from "#e2e/support/test.ts";
import type { TestCluster } from "#scripts/testing/test-cluster.ts";

/** What the issue promises: a broker that went away is seen within five seconds of its end. */
const SEEN_WITHIN_MS = 5_000;
/** It hands its leaders over first. */
const STOPPED_WITHIN_MS = 30_000;
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

  const ended = endOfProcess(cluster, 2);
  await page.getByRole("button", { name: "Stop broker 2" }).click();
  await expect(page.getByRole("button", { name: "Stopping broker 2…" })).toBeVisible();
  const endedAt = await ended;
  const left = () => Math.max(1, endedAt + SEEN_WITHIN_MS - Date.now());
  await expect(title).toContainText("Broker 2 is down.", { timeout: left() });
  // That the process ended is the launcher's word; that replicas are missing is Kafka's.
  await expect(title).toContainText(/partitions are under-replicated/, { timeout: left() });
  await expect(page.getByRole("button", { name: "Start broker 2" })).toBeVisible({ timeout: left() });
  await expect(page.getByRole("heading", { level: 3, name: "Broker 2 is down." })).toBeVisible();
  const vitals = page.getByRole("region", { name: "Vital signs" });
  await expect(vitals.getByRole("link", { name: /^Under-replicated/ })).toContainText(/Under-replicated\s*[1-9]/);
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

/** When the launcher's process of a broker was first seen to be gone, whatever the page shows. */
async function endOfProcess({ control }: TestCluster, id: number): Promise<number> {
  await expect
    .poll(
      async () => {
        const answer = await fetch(`${control.url}/brokers`, { headers: { authorization: `Bearer ${control.token}` } });
        const { brokers } = (await answer.json()) as { brokers: { id: number; process: string }[] };
        return brokers.find((broker) => broker.id === id)?.process;
      },
      { timeout: STOPPED_WITHIN_MS, intervals: [50] },
    )
    .toBe("stopped");
  return Date.now();
}
