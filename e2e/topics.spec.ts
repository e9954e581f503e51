import type { Page } from "@playwright/test";
import { complaintsOf, expectAccessible, expectNoSidewaysScroll, PHONE, themes } from "#e2e/support/page-checks.ts";
import { expect, test } from "#e2e/support/test.ts";

const table = (page: Page) => page.getByRole("table", { name: "Topics" });
const row = (page: Page, topic: string) => table(page).getByRole("row", { name: new RegExp(`^${topic} `) });
const filter = (page: Page) => page.getByRole("searchbox", { name: "Filter by name" });

test("a link lists what its filter says, and typing changes the link", async ({ page, cluster, topics }) => {
  const complaints = complaintsOf(page);
  const [one, other] = [await topics.create({ prefix: "list-one" }), await topics.create({ prefix: "list-other" })];
  await page.goto(`/clusters/${cluster.name}/topics?q=${one}`);
  await expect(row(page, one)).toBeVisible();
  await expect(row(page, other)).toBeHidden();
  await expect(page.getByText(/^1 of \d+ topics/)).toBeVisible();

  await filter(page).fill(other);
  await expect(row(page, other)).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`q=${other}`));

  await filter(page).fill(`/^list-(one|none)-${one.slice("list-one-".length)}$/`);
  await expect(row(page, one)).toBeVisible();
  await expect(row(page, other)).toBeHidden();
  await page.reload();
  await expect(row(page, one)).toBeVisible();
  expect(complaints).toEqual([]);
});

test("a filter that is no regular expression says why; one that matches nothing offers the way back", async ({
  page,
  cluster,
}) => {
  await page.goto(`/clusters/${cluster.name}/topics?q=${encodeURIComponent("/or(/")}`);
  await expect(page.getByRole("heading", { name: /is not a regular expression/ })).toBeVisible();
  await filter(page).fill("no-such-topic-anywhere");
  await expect(page.getByRole("heading", { name: "No topic contains “no-such-topic-anywhere”." })).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(filter(page)).toHaveValue("");
  await expect(page).toHaveURL(`/clusters/${cluster.name}/topics`);
});

test("a head sorts, says how, and the order is in the link", async ({ page, cluster, topics }) => {
  const few = await topics.create({ prefix: "sorted", partitions: 1 });
  const many = await topics.create({ prefix: "sorted", partitions: 7 });
  await page.goto(`/clusters/${cluster.name}/topics?q=sorted`);
  await expect(row(page, many)).toContainText("7");
  await table(page).getByRole("button", { name: "Partitions" }).click();
  await expect(table(page).getByRole("columnheader", { name: "Partitions" })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  await expect(page).toHaveURL(/sort=-partitions/);
  const names = table(page).getByRole("link");
  await expect(names.first()).toHaveText(many);
  await table(page).getByRole("button", { name: "Partitions" }).click();
  await expect(page).toHaveURL(/sort=partitions/);
  await expect(names.first()).not.toHaveText(many);
  await page.reload();
  await expect(row(page, few)).toBeVisible();
  await expect(table(page).getByRole("columnheader", { name: "Partitions" })).toHaveAttribute("aria-sort", "ascending");
});

test("Kafka's own topics are behind a switch, and offered when only they match", async ({ page, cluster, topics }) => {
  // Asking for a group's coordinator makes Kafka create the topic.
  const admin = topics.kafka.admin();
  await admin.connect();
  await admin.fetchOffsets({ groupId: topics.name("group") });
  await admin.disconnect();
  await page.goto(`/clusters/${cluster.name}/topics?q=__consumer_offsets`);
  await page.getByRole("button", { name: /Show 1.internal topic/ }).click();
  await expect(row(page, "__consumer_offsets")).toBeVisible();
  await expect(page).toHaveURL(/internal=true/);
  await page.getByRole("switch", { name: /^Internal topics/ }).click();
  await expect(row(page, "__consumer_offsets")).toBeHidden();
});

test("rows tell policy, retention, messages and size; what compaction may have removed is an upper bound", async ({
  page,
  cluster,
  topics,
}) => {
  const plain = await topics.create({ prefix: "told", configs: { "retention.ms": "129600000" } });
  const compacted = await topics.create({ prefix: "told", configs: { "cleanup.policy": "compact" } });
  for (const topic of [plain, compacted]) {
    await topics.send(
      topic,
      Array.from({ length: 1_234 }, (_, index) => ({ key: `${index}`, value: "x".repeat(100) })),
    );
  }
  await page.goto(`/clusters/${cluster.name}/topics?q=told`);
  await expect(row(page, plain)).toContainText("1,234");
  await expect(row(page, plain)).toContainText(/1\sd\s12\sh/);
  await expect(row(page, plain)).toContainText("delete");
  // Sizes are read every ten seconds, on either side.
  await expect(row(page, plain)).toContainText("KiB", { timeout: 30_000 });
  await expect(row(page, compacted)).toContainText("at most 1,234");
  await expect(row(page, compacted)).toContainText("none");
});

test("hidden columns are part of the link", async ({ page, cluster }) => {
  await page.goto(`/clusters/${cluster.name}/topics`);
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitemcheckbox", { name: "cleanup.policy" }).click();
  await expect(page).toHaveURL(/hide=policy/);
  await expect(table(page).getByRole("columnheader", { name: "cleanup.policy" })).toBeHidden();
});

test("from the keyboard alone: filter, walk the rows, open one, come back to the same list", async ({
  page,
  cluster,
  topics,
}) => {
  for (let made = 0; made < 3; made += 1) await topics.create({ prefix: "walked" });
  await page.goto(`/clusters/${cluster.name}/topics`);
  await expect(table(page).getByRole("link").first()).toBeVisible();
  await page.keyboard.press("/");
  await expect(filter(page)).toBeFocused();
  await page.keyboard.type("walked");
  await expect(page.getByText(/^3 of \d+ topics/)).toBeVisible();
  const links = table(page).getByRole("link");
  // Tab goes from the filter through the controls and the heads into the rows: one stop, on the active row.
  await page.getByRole("button", { name: "Retention" }).focus();
  await page.keyboard.press("Tab");
  await expect(links.nth(0)).toBeFocused();
  await page.keyboard.press("j");
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(links.nth(2)).toBeFocused();
  await page.keyboard.press("k");
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press("Home");
  await expect(links.nth(0)).toBeFocused();
  const opened = await links.nth(0).textContent();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/clusters/${cluster.name}/topics/${opened}`);
  await page.goBack();
  await expect(filter(page)).toHaveValue("walked");
});

test("the keyboard stays on its row when a refresh puts others before it", async ({ page, cluster, topics }) => {
  const stem = `drift${Date.now().toString(36)}`;
  const second = await topics.create({ prefix: `${stem}-b` });
  const third = await topics.create({ prefix: `${stem}-c` });
  await page.goto(`/clusters/${cluster.name}/topics?q=${stem}`);
  await expect(page.getByText(/^2 of \d+ topics/)).toBeVisible();
  await page.keyboard.press("j");
  await expect(table(page).getByRole("link", { name: second })).toBeFocused();
  await topics.create({ prefix: `${stem}-a` });
  await expect(page.getByText(/^3 of \d+ topics/)).toBeVisible();
  await expect(table(page).getByRole("link", { name: second })).toBeFocused();
  await page.keyboard.press("j");
  await expect(table(page).getByRole("link", { name: third })).toBeFocused();
});

test("a refresh that fails keeps the rows, and says how old they are", async ({ page, cluster, topics }) => {
  const topic = await topics.create({ prefix: "stale" });
  await page.goto(`/clusters/${cluster.name}/topics?q=${topic}`);
  await expect(row(page, topic)).toBeVisible();
  await page.route(`**/api/clusters/${cluster.name}/topics`, (route) => route.abort());
  await expect(page.getByText(/^Stale: \d+\ss old\./)).toBeVisible({ timeout: 15_000 });
  await expect(row(page, topic)).toBeVisible();
  await page.unroute(`**/api/clusters/${cluster.name}/topics`);
  await expect(page.getByText(/^Stale:/)).toBeHidden({ timeout: 15_000 });
});

test("a first answer that fails says so, with its code and what to do", async ({ page, cluster }) => {
  await page.route(`**/api/clusters/${cluster.name}/topics`, (route) =>
    route.fulfill({
      status: 500,
      contentType: "application/problem+json",
      body: JSON.stringify({
        type: "/problems/internal",
        code: "internal",
        title: "t",
        status: 500,
        detail: "It broke.",
        requestId: "r-1",
      }),
    }),
  );
  // Came from another page of the app: the server put no data into this one.
  await page.goto(`/clusters/${cluster.name}`);
  await page.getByRole("link", { name: "Topics", exact: true }).click();
  const alert = page.getByRole("alert").filter({ hasText: "It broke." });
  await expect(alert).toContainText("r-1");
  await expect(alert.getByRole("link", { name: "internal" })).toHaveAttribute("href", "/problems/internal");
  await page.unroute(`**/api/clusters/${cluster.name}/topics`);
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(table(page)).toBeVisible();
});

for (const colorScheme of themes) {
  for (const size of [{ width: 1280, height: 800 }, PHONE]) {
    test(`accessible in ${colorScheme} at ${size.width} px, without sideways scroll`, async ({
      page,
      cluster,
      topics,
    }) => {
      const topic = await topics.create({ prefix: "a-name-that-is-long-enough-to-be-cut-on-a-phone" });
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      await page.goto(`/clusters/${cluster.name}/topics`);
      await expect(row(page, topic)).toBeVisible();
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
    });
  }
}
