import type { Page } from "@playwright/test";
import { complaintsOf, expectAccessible, expectNoSidewaysScroll, PHONE, themes } from "#e2e/support/page-checks.ts";
import { expect, test } from "#e2e/support/test.ts";

const partitions = (page: Page, topic: string) => page.getByRole("table", { name: `Partitions of ${topic}` });
const configs = (page: Page, topic: string) => page.getByRole("table", { name: `Configs of ${topic}` });

test("a topic shows where its partitions lie and how far they reach; offsets copy as bare digits", async ({
  page,
  cluster,
  topics,
}) => {
  const complaints = complaintsOf(page);
  const topic = await topics.create({
    prefix: "detail",
    assignment: [
      [2, 1],
      [3, 2],
    ],
  });
  await topics.send(
    topic,
    Array.from({ length: 1_234 }, (_, index) => ({ partition: 0, value: `order ${index}` })),
  );
  await page.goto(`/clusters/${cluster.name}/topics/${topic}`);
  await expect(page.getByRole("heading", { level: 1, name: topic })).toBeVisible();

  const first = partitions(page, topic).getByRole("row", { name: /^0 / });
  await expect(first).toContainText("in sync");
  await expect(first.getByRole("listitem").filter({ hasText: "Broker 2, leads" })).toBeVisible();
  await expect(first.getByRole("listitem").filter({ hasText: "Broker 1, in sync" })).toBeVisible();
  await expect(first.getByText("1,234")).toBeVisible();

  const watermark = first.getByRole("cell").nth(6);
  expect(await watermark.textContent()).toBe("1234");
  await expect(partitions(page, topic).getByRole("row")).toHaveCount(3);
  expect(complaints).toEqual([]);
});

test("tab, order and filter of a topic are in its link", async ({ page, cluster, topics }) => {
  const topic = await topics.create({ prefix: "linked" });
  await page.goto(`/clusters/${cluster.name}/topics/${topic}?sort=-partition`);
  await expect(partitions(page, topic).getByRole("row").nth(1)).toContainText(/^2/);
  await partitions(page, topic).getByRole("button", { name: "Messages" }).click();
  await expect(page).toHaveURL(/sort=-messages/);
  await page.getByRole("switch", { name: /^Problems only/ }).click();
  await expect(page).toHaveURL(/problems=true/);
  await expect(page.getByText("No partition has a problem.")).toBeVisible();
  await page.getByRole("tab", { name: "Configs" }).click();
  await expect(page).toHaveURL(/tab=configs/);
  await page.reload();
  await expect(configs(page, topic)).toBeVisible();
});

test("configs tell value, source and what they do, in the broker's words", async ({ page, cluster, topics }) => {
  const topic = await topics.create({
    prefix: "configs",
    configs: { "retention.ms": "129600000", "cleanup.policy": "compact,delete" },
  });
  await page.goto(`/clusters/${cluster.name}/topics/${topic}?tab=configs`);
  const table = configs(page, topic);
  const retention = table.getByRole("row", { name: /^retention\.ms/ });
  await expect(retention).toContainText("129600000");
  await expect(retention).toContainText(/1\sd\s12\sh/);
  await expect(retention).toContainText("this topic");
  await expect(retention).toContainText(/7\sd/);

  await page.getByRole("switch", { name: /^Only changed/ }).click();
  await expect(page).toHaveURL(/changed=true/);
  await expect(table.getByRole("row", { name: /^cleanup\.policy/ })).toBeVisible();
  await expect(table.getByRole("row", { name: /^flush\.ms/ })).toBeHidden();

  await page.getByRole("switch", { name: /^Only changed/ }).click();
  await page.getByRole("searchbox", { name: "Search the configs" }).fill("tombstone");
  await expect(table.getByRole("row", { name: /^delete\.retention\.ms/ })).toBeVisible();
  await expect(table.getByRole("row", { name: /^segment\.bytes/ })).toBeHidden();

  await page.getByRole("searchbox", { name: "Search the configs" }).fill("retention.ms");
  await retention.getByRole("button", { name: /^retention\.ms/ }).press("Enter");
  const details = page.getByRole("cell", { name: /What applies, most specific first/ });
  await expect(details).toContainText("this topic");
  await expect(details.getByRole("link", { name: /Kafka's documentation of retention\.ms/ })).toHaveAttribute(
    "href",
    /^https:\/\/kafka\.apache\.org\/\d+\/configuration\/topic-configs\/#topicconfigs_retention\.ms$/,
  );
  await expectAccessible(page);
});

test("the same from a shell: commands that name exactly this topic", async ({ page, cluster, topics }) => {
  const topic = await topics.create({ prefix: "shell.v1" });
  await page.goto(`/clusters/${cluster.name}/topics/${topic}`);
  await page.getByRole("button", { name: "Command line" }).click();
  const dialog = page.getByRole("dialog", { name: "The same from a shell" });
  await expect(dialog).toContainText(`--topic '${topic.replaceAll(".", "\\.")}'`);
  await expect(dialog).toContainText(`--entity-type topics --entity-name ${topic}`);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("on a phone a partition opens to what the table has no room for", async ({ page, cluster, topics }) => {
  const topic = await topics.create({ prefix: "narrow", partitions: 2 });
  await page.setViewportSize(PHONE);
  await page.goto(`/clusters/${cluster.name}/topics/${topic}`);
  await page.getByRole("button", { name: "Partition 1: all of it" }).click();
  const dialog = page.getByRole("dialog", { name: "Partition 1" });
  for (const term of ["Leader", "Log start offset", "Last stable offset", "High watermark", "Messages", "Size"]) {
    await expect(dialog.getByRole("term").filter({ hasText: new RegExp(`^${term}`) })).toBeVisible();
  }
  await expect(dialog.getByRole("definition").filter({ hasText: /^0$/ })).toHaveCount(4);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Partition 1: all of it" })).toBeFocused();
});

test("a topic that isn't there says so, and leads on", async ({ page, cluster, topics }) => {
  const name = topics.name("never-made");
  await page.goto(`/clusters/${cluster.name}/topics/${name}`);
  await expect(page.getByRole("heading", { name: `There is no topic ${name}.` })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: `Create ${name}` }).click();
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue(name);
});

test("is accessible in light and dark, and fits a phone", async ({ page, cluster, topics }) => {
  const topic = await topics.create({ prefix: "look" });
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    for (const tab of ["partitions", "configs"]) {
      await page.goto(`/clusters/${cluster.name}/topics/${topic}?tab=${tab}`);
      await expect(page.getByRole("table").getByRole("row").nth(2)).toBeVisible();
      await expectAccessible(page);
    }
  }
  await page.setViewportSize(PHONE);
  for (const tab of ["partitions", "configs"]) {
    await page.goto(`/clusters/${cluster.name}/topics/${topic}?tab=${tab}`);
    await expect(page.getByRole("table").getByRole("row").nth(2)).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  }
});
