import { complaintsOf, expectAccessible, expectNoSidewaysScroll, PHONE, themes } from "#e2e/support/page-checks.ts";
import { expect, test } from "#e2e/support/test.ts";

test("says in a sentence whether all is well, and each number leads to what it counts", async ({
  page,
  cluster,
  topics,
}) => {
  const complaints = complaintsOf(page);
  const topic = await topics.create({ prefix: "overview" });
  await topics.send(topic, [{ value: "one" }]);
  await page.goto(`/clusters/${cluster.name}`);
  // Groups of other tests may be what is worst.
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/partitions|group/i);
  const vitals = page.getByRole("region", { name: "Vital signs" });
  await expect(vitals.getByRole("link", { name: /^Brokers up/ })).toContainText(/3\s*of 3/);
  await expect(vitals.getByRole("link", { name: /^Controller/ })).toContainText("quorum 3 of 3");
  await expect(vitals.getByRole("link", { name: /^Under-replicated/ })).toHaveAttribute(
    "href",
    `/clusters/${cluster.name}/topics?health=under-replicated`,
  );
  await vitals.getByRole("link", { name: /^Offline/ }).click();
  await expect(page).toHaveURL(`/clusters/${cluster.name}/topics?health=offline`);
  await expect(page.getByRole("heading", { name: "No topic is offline." })).toBeVisible();
  expect(complaints).toEqual([]);
});

test("brokers, messages and ages are there; the chart has a table twin", async ({ page, cluster, topics }) => {
  const topic = await topics.create({ prefix: "overview" });
  await page.goto(`/clusters/${cluster.name}`);
  const brokers = page.getByRole("table", { name: "Brokers" });
  await expect(brokers.getByRole("row")).toHaveCount(4);
  await expect(brokers.getByRole("link", { name: "1", exact: true })).toHaveAttribute(
    "href",
    `/clusters/${cluster.name}/brokers/1`,
  );
  await expect(page.getByText("Disk (log dirs)")).toBeVisible();
  await expect(page.getByText("Metadata, ISR, leaders")).toBeVisible();
  // Two samples, five seconds apart, make the first rate.
  await topics.send(
    topic,
    Array.from({ length: 50 }, () => ({ value: "x" })),
  );
  await page.getByText("The same as a table").click({ timeout: 20_000 });
  const twin = page.getByRole("table", { name: "Messages in per second, last 5 minutes" });
  await expect(twin.getByRole("row").nth(1)).toBeVisible();
});

for (const colorScheme of themes) {
  for (const size of [{ width: 1280, height: 800 }, PHONE]) {
    test(`accessible in ${colorScheme} at ${size.width} px, without sideways scroll`, async ({ page, cluster }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      await page.goto(`/clusters/${cluster.name}`);
      await expect(page.getByRole("table", { name: "Brokers" })).toBeVisible();
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
    });
  }
}
