import { complaintsOf, expectAccessible, themes } from "#e2e/support/page-checks.ts";
import { expect, test } from "#e2e/support/test.ts";

const SEEN_WITHIN_MS = 20_000;
const AWAY = 2;

test("a broker that is away: what its files hold is still there, and how that is known", async ({
  page,
  cluster,
  topics,
}) => {
  const complaints = complaintsOf(page);
  const assignment = [
    [1, AWAY, 3],
    [3, 1, AWAY],
  ];
  const topic = await topics.create({ prefix: "shelved", assignment, configs: { "retention.ms": "-1" } });
  for (const partition of [0, 1]) await topics.send(topic, [{ partition, value: "kept on three disks" }]);
  await cluster.waitHealthy();
  const storage = `/clusters/${cluster.name}/topics/${topic}?tab=storage&storageBy=replica`;
  const rows = page.getByRole("table", { name: `Storage of ${topic} by replica` }).getByRole("row");
  await page.goto(storage);
  await expect(rows).toHaveCount(8);
  // By the fixture, so that it is healed whatever this test meets.
  await cluster.stopBroker(AWAY);
  await page.goto(storage);
  const away = page.getByText(new RegExp(`^The files of broker ${AWAY} are read from its directory, as it told it at`));
  await expect(page.getByText(`Broker ${AWAY} is away.`)).toBeVisible({ timeout: SEEN_WITHIN_MS });
  await expect(away).toBeVisible();
  await expect(page.getByText(/^Spread evenly|^Broker \d holds/)).not.toContainText("isn't known");
  const notInSync = rows.filter({ hasText: "not in sync" });
  await expect(notInSync).toHaveCount(2);
  // Its size and its segments are those of the files.
  for (const row of await notInSync.all()) {
    await expect(row).toContainText(/\d+\sB/);
    await expect(row).not.toContainText("—");
  }
  await expect(page.getByText("Missing here")).toHaveCount(0);
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }

  await page.goto(`/clusters/${cluster.name}/topics/${topic}/partitions/0/segments/0?broker=${AWAY}`);
  await expect(away).toBeVisible();
  await expect(page.getByRole("table", { name: "Batches of the segment" }).locator("tbody tr")).toHaveCount(1);
  expect(complaints).toEqual([]);
});
