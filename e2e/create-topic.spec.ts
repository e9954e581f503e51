import type { Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll, PHONE, themes } from "#e2e/support/page-checks.ts";
import { expect, test } from "#e2e/support/test.ts";
import type { TopicDetail } from "#lib/contracts/topics.ts";

const form = (cluster: { name: string }, query: Record<string, string> | [string, string][] = {}) =>
  `/clusters/${cluster.name}/create-topic?${new URLSearchParams(query)}`;
const name = (page: Page) => page.getByRole("textbox", { name: "Name" });
const plan = (page: Page) => page.getByRole("complementary", { name: "What this creates" });
const accepted = (page: Page) => expect(plan(page)).toContainText("The controller would create it.");

test("creates a topic through the form and lands on it", async ({ page, cluster, topics, request }) => {
  const topic = topics.name("made");
  await page.goto(form(cluster));
  await expect(plan(page)).toContainText("Give it a name");
  await name(page).fill(topic);
  await page.getByRole("textbox", { name: "Partitions" }).fill("4");
  await page.getByRole("textbox", { name: "Replication factor" }).fill("2");
  await page.getByRole("textbox", { name: /^Keep for/ }).fill("1 d 12 h");
  await page.getByRole("radio", { name: "Both" }).click();
  await accepted(page);
  await expect(plan(page)).toContainText(/4.partitions × 2.replicas = 8.replicas on 3.brokers\./);
  await expect(plan(page)).toContainText("--partitions 4 --replication-factor 2");
  await expect(plan(page)).toContainText("--config retention.ms=129600000");

  await page.getByRole("button", { name: `Create ${topic}` }).click();
  await expect(page).toHaveURL(new RegExp(`/topics/${topic}$`));
  await expect(page.getByRole("heading", { level: 1, name: topic })).toBeVisible();
  await expect(page.getByRole("table", { name: `Partitions of ${topic}` }).getByRole("row")).toHaveCount(5);

  const answer = await request.get(`/api/clusters/${cluster.name}/topics/${topic}`);
  const made = (await answer.json()) as TopicDetail;
  expect(made.partitions.map(({ replicas }) => replicas.length)).toEqual([2, 2, 2, 2]);
  expect(made.cleanupPolicy?.split(",").sort()).toEqual(["compact", "delete"]);
});

test("counts left alone are the brokers' default, and a dry run creates nothing", async ({
  page,
  cluster,
  topics,
  request,
}) => {
  const topic = topics.name("dry");
  await page.goto(form(cluster, { name: topic }));
  await accepted(page);
  await expect(page.getByRole("textbox", { name: "Replication factor" })).toHaveAttribute("placeholder", /default/);
  await expect(plan(page)).not.toContainText("--replication-factor");
  const answer = await request.get(`/api/clusters/${cluster.name}/topics/${topic}`);
  expect(answer.status()).toBe(404);
});

test("an explicit assignment is placed as written", async ({ page, cluster, topics }) => {
  const topic = topics.name("placed");
  await page.goto(form(cluster, { name: topic }));
  await page.getByRole("radio", { name: "By broker" }).click();
  const brokers = page.getByRole("textbox", { name: "Brokers of each partition" });
  await brokers.fill("3:1\n1:9");
  await expect(page.getByText("Partition 1 names broker 9, which this cluster doesn't have.")).toBeVisible();
  await brokers.fill("3:1\n1:2");
  await accepted(page);
  await expect(plan(page)).toContainText("--replica-assignment 3:1,1:2");
  await page.getByRole("button", { name: `Create ${topic}` }).click();
  const table = page.getByRole("table", { name: `Partitions of ${topic}` });
  await expect(
    table.getByRole("row", { name: /^0 / }).getByRole("listitem").filter({ hasText: "Broker 3, leads" }),
  ).toBeVisible();
});

test("a name that is taken says so at the name, and suggests a free one", async ({ page, cluster, topics }) => {
  const existing = await topics.create({ prefix: "taken" });
  await page.goto(form(cluster));
  await name(page).fill(existing);
  await expect(page.getByText(/already exists/)).not.toHaveCount(0);
  await expect(name(page)).toHaveAttribute("aria-invalid", "true");
  await expect(plan(page)).toContainText("The controller would refuse it.");
  await page.getByRole("button", { name: `Create ${existing}` }).click();
  await expect(page).toHaveURL(/create-topic/);

  const dotted = await topics.create({ prefix: "taken.too" });
  const free = dotted.replace(".", "-");
  await name(page).fill(dotted.replace(".", "_"));
  await expect(page.getByText(/collides with/)).not.toHaveCount(0);
  await page.getByRole("button", { name: free, exact: true }).click();
  await expect(name(page)).toHaveValue(free);
  await accepted(page);
});

test("a replication factor of 9 is refused in the controller's words, at its field", async ({
  page,
  cluster,
  topics,
}) => {
  await page.goto(form(cluster, { name: topics.name("nine"), partitions: "1", replicationFactor: "9" }));
  await expect(page.getByText(/The controller refuses it: “.*replication factor.*9/i)).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Replication factor" })).toHaveAttribute("aria-invalid", "true");
  await expect(plan(page)).toContainText("This cluster has 3");
  await expectAccessible(page);
  await page.getByRole("textbox", { name: "Replication factor" }).fill("3");
  await accepted(page);
});

test("an unknown config and a bad value are refused at their own field, and the form keeps what was typed", async ({
  page,
  cluster,
  topics,
}) => {
  const topic = topics.name("misfit");
  await page.goto(form(cluster, { name: topic }));
  const add = page.getByRole("combobox", { name: "Add a config by its name" });
  await add.fill("no.such.config");
  await page.getByRole("option", { name: /no\.such\.config/ }).click();
  await page.getByRole("textbox", { name: "no.such.config" }).fill("1");
  await expect(page.getByText(/The controller refuses it: “.*no\.such\.config/)).toBeVisible();
  await page.getByRole("button", { name: "Remove for no.such.config" }).click();
  await accepted(page);

  await page.getByRole("textbox", { name: /^Keep for/ }).fill("soon");
  await expect(page.getByText(/The controller refuses it: “.*retention\.ms/)).toBeVisible();
  await expect(page.getByRole("textbox", { name: /^Keep for/ })).toHaveAttribute("aria-invalid", "true");
  await page.getByRole("button", { name: `Create ${topic}` }).click();
  await expect(page.getByText(/The controller refuses it: “.*retention\.ms/)).toBeVisible();
  await expect(name(page)).toHaveValue(topic);
  await expect(page.getByRole("textbox", { name: /^Keep for/ })).toHaveValue("soon");
});

test("submitted in vain, the form says at its foot which field it is, and leads there", async ({
  page,
  cluster,
  topics,
}) => {
  await page.setViewportSize(PHONE);
  const topic = topics.name("vain");
  await page.goto(form(cluster, { name: topic, replicationFactor: "9" }));
  const create = page.getByRole("button", { name: `Create ${topic}` });
  const foot = page.getByRole("alert").filter({ hasText: "a correction." });
  await expect(plan(page)).toContainText("The controller would refuse it.");
  await create.click();
  await expect(foot).toContainText(`${topic} was not created. Replication factor needs a correction.`);
  await expect(page.getByRole("textbox", { name: "Replication factor" })).toBeFocused();
  await expect(page.getByRole("textbox", { name: "Replication factor" })).toBeInViewport();
  await expectAccessible(page);

  await page.getByRole("textbox", { name: "Replication factor" }).fill("3");
  await expect(foot).toBeHidden();
  await page.getByRole("textbox", { name: /^Keep for/ }).fill("soon");
  await expect(plan(page)).toContainText("The controller would refuse it.");
  await create.click();
  await expect(foot).toContainText("Keep for needs a correction.");
  await expect(page.getByRole("textbox", { name: /^Keep for/ })).toBeFocused();

  await name(page).fill("");
  await page.getByRole("button", { name: "Create topic" }).click();
  await expect(foot).toContainText("Nothing was created. Name");
  await expect(name(page)).toBeFocused();
});

test("any config is found by name, with what the broker says of it", async ({ page, cluster, topics }) => {
  await page.goto(form(cluster, { name: topics.name("any") }));
  await page.getByRole("combobox", { name: "Add a config by its name" }).fill("dirty");
  await page.getByRole("option", { name: /min\.cleanable\.dirty\.ratio/ }).click();
  await expect(page.getByRole("textbox", { name: "min.cleanable.dirty.ratio" })).toHaveValue("0.5");
  await page.getByRole("button", { name: "What it does: min.cleanable.dirty.ratio" }).click();
  await expect(page.getByText(/log compactor/).first()).toBeVisible();
  await page.getByRole("textbox", { name: "min.cleanable.dirty.ratio" }).fill("0.25");
  await expect(plan(page)).toContainText("--config min.cleanable.dirty.ratio=0.25");
});

test("the form is in its link: whoever opens it sees the same", async ({ page, cluster, topics, browser }) => {
  const topic = topics.name("shared");
  await page.goto(form(cluster));
  await name(page).fill(topic);
  await page.getByRole("textbox", { name: "Partitions" }).fill("7");
  await page.getByRole("textbox", { name: /^Keep at most/ }).fill("1 GiB");
  await expect(page).toHaveURL(/partitions=7.*retention\.bytes%3D1073741824/);
  const other = await browser.newPage();
  await other.goto(page.url());
  await expect(name(other)).toHaveValue(topic);
  await expect(other.getByRole("textbox", { name: "Partitions" })).toHaveValue("7");
  await expect(other.getByRole("textbox", { name: /^Keep at most/ })).toHaveValue(/^1\sGiB$/);
  await other.close();
});

test("a topic is created by keyboard alone", async ({ page, cluster, topics }) => {
  const topic = topics.name("keys");
  await page.goto(`/clusters/${cluster.name}/topics`);
  // A cluster without topics offers it a second time.
  await page.getByRole("link", { name: "Create topic" }).first().focus();
  await page.keyboard.press("Enter");
  await expect(name(page)).toBeFocused();
  await page.keyboard.type(topic);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("textbox", { name: "Partitions" })).toBeFocused();
  await page.keyboard.type("2");
  await accepted(page);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/topics/${topic}$`));
});

test.describe("in a browser that groups digits with points", () => {
  test.use({ locale: "de-DE" });

  test("numbers are read as they are shown", async ({ page, cluster, topics }) => {
    await page.goto(form(cluster, { name: topics.name("grouped") }));
    await page.getByRole("textbox", { name: "Partitions" }).fill("1,000");
    await expect(plan(page)).toContainText("--partitions 1000 ");
  });
});

test("is accessible in light and dark, and fits a phone", async ({ page, cluster, topics }) => {
  const query = form(cluster, { name: topics.name("look"), partitions: "12" });
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    await page.goto(query);
    await accepted(page);
    await expectAccessible(page);
  }
  await page.setViewportSize(PHONE);
  await page.goto(query);
  await accepted(page);
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
});
