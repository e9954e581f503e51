import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { complaintsOf, expectAccessible, expectNoSidewaysScroll, PHONE, themes } from "#e2e/support/page-checks.ts";
import { at, BINARY, DOCUMENT, HOSTILE, specialTopic, topicOfLargeMessages } from "#e2e/support/special-messages.ts";
import { expect, test } from "#e2e/support/test.ts";

const address = (cluster: { name: string }, topic: string, offset: number, query = "") =>
  `/clusters/${cluster.name}/topics/${topic}/partitions/0/offsets/${offset}${query}`;
const tab = (page: Page, name: string) => page.getByRole("tab", { name });
const tree = (page: Page) => page.getByRole("tree", { name: "The value" });
const facts = (page: Page) => page.getByLabel("Facts of the message");

test("a message is shown as it was written: as a tree, as received, as bytes, with its headers", async ({
  page,
  cluster,
  topics,
}) => {
  const complaints = complaintsOf(page);
  const topic = await specialTopic(topics);
  await page.goto(address(cluster, topic, at.document));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${topic}-0@0`);
  await expect(tree(page).getByRole("treeitem", { name: /^id: ?9007199254740993/ })).toContainText(
    "int64, as received",
  );
  await expect(tree(page).getByRole("treeitem", { name: /^note: ?"second"/ })).toContainText("the same name again");
  await expect(facts(page)).toContainText("CreateTime");
  await expect(facts(page)).toContainText(/CRC-32C [0-9a-f]{8} agrees/);

  await tab(page, "Raw").click();
  await expect(page.getByRole("region", { name: "As received" })).toHaveText(DOCUMENT);
  await tab(page, "Hex").click();
  await expect(page.getByRole("region", { name: "Bytes" })).toContainText('{"id":9007199254');
  await tab(page, "Headers 1").click();
  await expect(page.getByLabel("Headers", { exact: true })).toContainText("4bf92f35");
  expect(complaints).toEqual([]);
});

test("the tree opens, closes and moves by the keyboard", async ({ page, cluster, topics }) => {
  const topic = await specialTopic(topics);
  await page.goto(address(cluster, topic, at.document));
  await tree(page).focus();
  const amount = tree(page).getByRole("treeitem", { name: /^amount:/ });
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(amount).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowLeft");
  await expect(amount).toHaveAttribute("aria-expanded", "false");
  await expect(tree(page).getByRole("treeitem", { name: /^currency:/ })).toBeHidden();
  await expect(amount).toContainText('minor: 1200, currency: "EUR"');
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowRight");
  await expect(tree(page).getByRole("treeitem", { name: /^minor:/ })).toHaveAttribute("aria-selected", "true");
});

test("no value, an empty one, bytes, repeated headers and an aborted transaction look like what they are", async ({
  page,
  cluster,
  topics,
}) => {
  const topic = await specialTopic(topics);
  await page.goto(address(cluster, topic, at.tombstone));
  await expect(facts(page)).toContainText("null · a tombstone");
  await expect(page.getByText("A tombstone: the value is null.")).toBeVisible();
  await page.goto(address(cluster, topic, at.empty));
  await expect(page.getByText("The value is empty: it is there, and has no bytes.")).toBeVisible();

  await page.goto(address(cluster, topic, at.binary));
  await expect(facts(page)).toContainText("00fffe4b61666b61");
  await expect(page.getByRole("region", { name: "Bytes" })).toContainText("00 ff fe 4b");
  await expect(page.getByRole("region", { name: "Bytes" })).toContainText("...Kafka");
  await page.getByRole("radio", { name: "Key" }).click();
  await expect(page).toHaveURL(/part=key/);

  await page.goto(address(cluster, topic, at.headers, "?view=headers"));
  const headers = page.getByLabel("Headers", { exact: true });
  await expect(headers.getByRole("term")).toHaveText(["via", "via", "signature"]);
  await expect(headers.getByRole("definition")).toContainText(["gateway", "checkout", "00fffe4b61666b61"]);
  await expect(facts(page)).toContainText("none");

  await page.goto(address(cluster, topic, at.aborted));
  await expect(facts(page)).toContainText("aborted");
  await expect(facts(page)).toContainText(/id \d+ · epoch \d+ · seq 0/);
});

test("markup in a key, a value or a header is text", async ({ page, cluster, topics }) => {
  const complaints = complaintsOf(page);
  const topic = await specialTopic(topics);
  await page.goto(address(cluster, topic, at.hostile));
  await expect(tree(page)).toContainText(JSON.stringify(HOSTILE));
  await expect(facts(page)).toContainText(HOSTILE);
  for (const name of ["Raw", "Hex", "Headers 1"]) await tab(page, name).click();
  await expect(page.getByLabel("Headers", { exact: true }).getByRole("term")).toHaveText(HOSTILE);
  await page.getByRole("radio", { name: "Key" }).waitFor({ state: "hidden" });
  await tab(page, "Raw").click();
  await page.getByRole("radio", { name: "Key" }).click();
  await expect(page.getByRole("region", { name: "As received" })).toHaveText(HOSTILE);
  expect(await page.evaluate(() => "hacked" in window)).toBe(false);
  expect(complaints).toEqual([]);
});

test("bytes are read as a person chooses, and the choice is in the link", async ({
  page,
  cluster,
  topics,
  context,
}) => {
  const topic = await specialTopic(topics);
  await page.goto(address(cluster, topic, at.binary));
  await page.getByRole("button", { name: /^The value is read as/ }).click();
  await page.getByRole("menuitemradio", { name: /^int64/ }).click();
  await expect(page).toHaveURL(/valueAs=int64/);
  await tab(page, "Raw").click();
  const received = page.getByRole("region", { name: "As received" });
  await expect(received).toHaveText(BINARY.readBigInt64BE().toString());
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByRole("region", { name: "As received" })).toHaveText(BINARY.readBigInt64BE().toString());

  await page.getByRole("button", { name: /^The value is read as/ }).click();
  await page.getByRole("menuitemradio", { name: /^int32/ }).click();
  await expect(facts(page)).toContainText("undecodable");
});

test("a document of a megabyte opens as a tree, and the tab stays awake", async ({ page, cluster, topics }) => {
  const topic = await topicOfLargeMessages(topics);
  const rows = Array.from({ length: 9_000 }, (_, id) => ({ id, name: `customer ${id}`, tags: ["a", "b"], paid: true }));
  const value = JSON.stringify({ rows, end: "here" });
  await topics.send(topic, [{ value, partition: 0 }]);
  await page.addInitScript(() => {
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ entryTypes: ["longtask"] });
  });
  await page.goto(address(cluster, topic, 0));
  await expect(tree(page).getByRole("treeitem", { name: /^rows:/ })).toContainText("9,000 items");
  await tree(page)
    .getByRole("treeitem", { name: /^rows:/ })
    .click();
  await tree(page).focus();
  await page.keyboard.press("End");
  await expect(tree(page).getByRole("treeitem", { name: /^end:/ })).toBeVisible();
  expect(await tree(page).getByRole("treeitem").count()).toBeLessThan(120);
  await tab(page, "Raw").click();
  await expect(page.getByRole("region", { name: "As received" })).toContainText('"customer 8999"');
  const longest = await page.evaluate(() => Math.max(0, ...(window as unknown as { longTasks: number[] }).longTasks));
  expect(longest).toBeLessThan(1_000);
});

test("of ten megabytes the beginning is shown, and the download is all of it", async ({ page, cluster, topics }) => {
  const topic = await topicOfLargeMessages(topics);
  const value = `{"blob":"${"0123456789".repeat(1_048_576)}"}`;
  await topics.send(topic, [{ key: "big", value, partition: 0 }]);
  await page.goto(address(cluster, topic, 0));
  await expect(facts(page)).toContainText(/10\.0\sMiB/);
  await expect(page.getByText(/Only the beginning of 10\.0\sMiB is here/)).toBeVisible();
  await expect(page.getByRole("region", { name: "As received" })).toContainText('{"blob":"0123456789');
  await tab(page, "Hex").click();
  await expect(page.getByText(/The first 16\.0\sKiB of 10\.0\sMiB/)).toBeVisible();
  await page.getByRole("button", { name: "Download" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: /^The value/ }).click(),
  ]);
  expect((await readFile(await download.path(), "utf8")) === value).toBe(true);
});

test("value, kcat command and link are copied", async ({ page, cluster, topics, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  const topic = await specialTopic(topics);
  await page.goto(address(cluster, topic, at.document));
  await page.getByRole("button", { name: "Copy value" }).click();
  await expect.poll(copied).toBe(DOCUMENT);
  await page.getByRole("button", { name: "Copy kcat" }).click();
  await expect.poll(copied).toMatch(new RegExp(`^kcat -C[^]* -t ${topic} -p 0 -o 0 -c 1`));
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect.poll(copied).toBe(page.url());
});

test("an offset without a message says why, and leads to its neighbours", async ({ page, cluster, topics }) => {
  const topic = await specialTopic(topics);
  await page.goto(address(cluster, topic, at.marker));
  await expect(page.getByRole("heading", { level: 1 })).toContainText(`No message has offset ${at.marker}`);
  await expect(page.getByRole("link", { name: `Previous message, ${at.aborted}` })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: `Next message, ${at.last}` }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${topic}-0@${at.last}`);
  await expect(page.getByText("No next one")).toBeVisible();
  await page.getByRole("link", { name: "Previous" }).click();
  await expect(page).toHaveURL(new RegExp(`offsets/${at.aborted}$`));

  await page.goto(address(cluster, topic, 1_000));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("No message has offset");
  await page.goto(address(cluster, topic, 0).replace("/partitions/0/", "/partitions/7/"));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The topic has no such partition.");
});

test("sends a message, says where it lies, and stays open for the next", async ({ page, cluster, topics, context }) => {
  const topic = await topics.create({ prefix: "sent" });
  await page.goto(`/clusters/${cluster.name}/topics/${topic}`);
  await page.getByRole("button", { name: "Send a message" }).click();
  const panel = page.getByRole("dialog", { name: `Send a message to ${topic}` });
  await panel.getByRole("textbox", { name: "Key" }).fill("ord_1");
  await panel.getByRole("textbox", { name: "Value" }).fill('{"a": 1,}');
  const send = panel.getByRole("button", { name: /^Send to/ });
  await send.click();
  await expect(panel).toContainText("Not JSON. Line 1, column 9: a name in quotes is expected");
  await expect(panel.getByRole("textbox", { name: "Value" })).toBeFocused();
  await panel.getByRole("textbox", { name: "Value" }).fill('{"a": 9007199254740993}');
  await panel.getByRole("button", { name: "Header", exact: true }).click();
  await panel.getByRole("textbox", { name: "Name of header 1" }).fill("via");
  await panel.getByRole("textbox", { name: "Value of header 1" }).fill("hand");
  await panel.getByRole("textbox", { name: "Partition" }).fill("2");
  await expectAccessible(page);
  // What was typed outlives the panel, and a double-click is one message: the next one has the next offset.
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await page.getByRole("button", { name: "Send a message" }).click();
  await expect(panel.getByRole("textbox", { name: "Value of header 1" })).toHaveValue("hand");
  await send.dblclick();
  const sent = panel.getByRole("list", { name: "Sent" }).getByRole("link");
  await expect(sent).toHaveText(`${topic}-2@0`);
  const href = (await sent.getAttribute("href")) ?? "";

  const other = await context.newPage();
  await other.goto(href);
  await expect(tree(other)).toContainText("9007199254740993");
  await expect(other.getByRole("tab", { name: "Headers 1" })).toBeVisible();

  await panel.getByRole("combobox", { name: "Value is sent as" }).click();
  await page.getByRole("option", { name: /tombstone/ }).click();
  await send.click();
  await expect(sent).toHaveText([`${topic}-2@1`, `${topic}-2@0`]);
  await other.goto(href.replace(/0$/, "1"));
  await expect(facts(other)).toContainText("null · a tombstone");
});

test("what is sent arrives in the tail beside the form, and opens in its drawer", async ({ page, cluster, topics }) => {
  const topic = await topics.create({ prefix: "seen" });
  await page.goto(`/clusters/${cluster.name}/topics/${topic}?tab=messages`);
  const list = page.getByRole("grid", { name: "Messages" });
  await expect(page.getByRole("status").filter({ hasText: "Live" })).toBeVisible();
  await page.getByRole("button", { name: "Send a message" }).click();
  const panel = page.getByRole("dialog");
  await panel.getByRole("textbox", { name: "Key" }).fill("ord_1");
  await panel.getByRole("textbox", { name: "Value" }).fill('{"status":"placed","total":9007199254740993}');
  await panel.getByRole("button", { name: /^Send to/ }).click();
  const row = list.getByRole("row").filter({ hasText: "ord_1" });
  await expect(row).toContainText("9007199254740993");
  await panel.getByRole("button", { name: "Close" }).click();

  await row.getByText('"placed"').click();
  const drawer = page.getByRole("complementary", { name: `Message ${topic}-` });
  await expect(tree(page)).toContainText("int64, as received");
  await expectAccessible(page);
  await tree(page)
    .getByRole("treeitem", { name: /^status:/ })
    .hover();
  await drawer.getByRole("button", { name: "Column: status" }).click();
  await expect(list.getByRole("columnheader", { name: "status" })).toBeVisible();
  await tree(page)
    .getByRole("treeitem", { name: /^status:/ })
    .hover();
  await drawer.getByRole("button", { name: "Without this: status" }).click();
  await expect(page).toHaveURL(/without=/);
  await drawer.getByRole("link", { name: topic }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(new RegExp(`^${topic}-\\d@0$`));
});

test("a partition's row leads to its tail, and a message to the tail from there", async ({ page, cluster, topics }) => {
  const topic = await specialTopic(topics);
  await page.goto(`/clusters/${cluster.name}/topics/${topic}`);
  await page.getByRole("link", { name: "Tail partition 0" }).click();
  await expect(page).toHaveURL(new RegExp(`/tail\\?topics=${topic}&partitions=0$`));
  await page.goto(address(cluster, topic, at.headers));
  await page.getByRole("link", { name: "Tail from here" }).click();
  const list = page.getByRole("grid", { name: "Messages" });
  await expect(list.getByRole("row").nth(1)).toContainText("plain text");
});

test("a message is sent again as it was, and what the broker refuses is said in its words", async ({
  page,
  cluster,
  topics,
}) => {
  const topic = await specialTopic(topics);
  await page.goto(address(cluster, topic, at.binary));
  await page.getByRole("button", { name: "Send again…" }).click();
  const panel = page.getByRole("dialog", { name: `Send again to ${topic}` });
  await expect(panel.getByRole("textbox", { name: "Value" })).toHaveValue(BINARY.toString("base64"));
  await panel.getByRole("button", { name: /^Send to/ }).click();
  const sent = panel.getByRole("list", { name: "Sent" }).getByRole("link");
  await expect(sent).toHaveText(`${topic}-0@${at.last + 1}`);
  await sent.click();
  await expect(facts(page)).toContainText("00fffe4b61666b61");

  const compacted = await topics.create({ prefix: "keyed", configs: { "cleanup.policy": "compact" } });
  await page.goto(`/clusters/${cluster.name}/topics/${compacted}`);
  await page.getByRole("button", { name: "Send a message" }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("textbox", { name: "Value" }).fill("{}");
  await form.getByRole("button", { name: /^Send to/ }).click();
  await expect(form.getByRole("alert")).toContainText("message-refused");
  await expect(form.getByRole("textbox", { name: "Value" })).toHaveValue("{}");
});

test("is accessible in light and dark, and fits a phone", async ({ page, cluster, topics }) => {
  const topic = await specialTopic(topics);
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    await page.goto(address(cluster, topic, at.document));
    await expect(tree(page)).toBeVisible();
    await expectAccessible(page);
    for (const name of ["Raw", "Hex", "Headers 1"]) {
      await tab(page, name).click();
      await expectAccessible(page);
    }
  }
  await page.setViewportSize(PHONE);
  for (const view of ["tree", "raw", "hex", "headers"]) {
    await page.goto(address(cluster, topic, at.document, `?view=${view}`));
    await expect(page.getByRole("tab", { selected: true })).toBeVisible();
    await expectNoSidewaysScroll(page);
  }
  await page.getByRole("button", { name: "Send again…" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page);
});
