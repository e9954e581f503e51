import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll, PHONE, themes } from "#e2e/support/page-checks.ts";
import { at as special, specialTopic } from "#e2e/support/special-messages.ts";
import { expect, test } from "#e2e/support/test.ts";
import type { Located } from "#lib/contracts/segment-look-ups.ts";
import { deleteBefore } from "#scripts/testing/delete-before.ts";
import { testCluster } from "#scripts/testing/test-cluster.ts";
import type { TestTopics } from "#scripts/testing/test-topics.ts";

const FIRST_MS = 1_790_000_000_000;
const COUNT = 2_000;
const PER_BATCH = 50;

/** 2,000 messages of 1 KB, a second apart, in two segments: offset N is of FIRST_MS + N s. */
async function rolledTopic(topics: TestTopics): Promise<string> {
  const configs = { "segment.bytes": "1048576", "retention.ms": "-1", "index.interval.bytes": "4096" };
  const topic = await topics.create({ prefix: "find", partitions: 1, replicationFactor: 2, configs });
  for (let from = 0; from < COUNT; from += PER_BATCH) {
    await topics.send(
      topic,
      Array.from({ length: PER_BATCH }, (_, i) => ({
        partition: 0,
        value: randomBytes(1_000),
        timestamp: String(FIRST_MS + (from + i) * 1_000),
      })),
    );
  }
  return topic;
}

const address = (cluster: { name: string }, topic: string, query: Record<string, string> = {}) =>
  `/clusters/${cluster.name}/topics/${topic}/partitions/0/segments?${new URLSearchParams(query)}`;
const tools = (page: Page) => page.getByRole("complementary", { name: "Find and verify" });
const steps = (page: Page) => tools(page).getByRole("list", { name: "Steps of the look-up" }).getByRole("listitem");
const answer = (page: Page) => tools(page).getByRole("status", { name: "Answer" });
const step = (page: Page, title: string | RegExp): Locator =>
  steps(page).filter({ has: page.getByRole("heading", { name: title }) });

/** What the page was answered, while `act` made it ask. */
async function located(page: Page, act: () => Promise<unknown>): Promise<Located> {
  const [response] = await Promise.all([
    page.waitForResponse((one) => one.url().includes("/segments/locate?") && one.ok()),
    act(),
  ]);
  return (await response.json()) as Located;
}

test("an offset is found step by step, as the server looked it up, and its message opens", async ({
  page,
  cluster,
  topics,
}) => {
  const topic = await rolledTopic(topics);
  await page.goto(address(cluster, topic));
  await tools(page).getByRole("textbox", { name: "Offset" }).fill("1 234");
  const found = await located(page, () => page.keyboard.press("Enter"));
  expect(found).toMatchObject({ result: "exact", offset: "1234" });
  await expect(page).toHaveURL(/[?&]offset=1234/);

  await expect(answer(page)).toContainText("Found");
  await expect(steps(page)).toHaveCount(found.steps.length);
  for (const one of found.steps) {
    if (one.step === "segment") {
      await expect(step(page, /^Segment: the largest base offset ≤ 1234/)).toContainText(
        `${one.baseOffset.padStart(20, "0")}.log, segment 2 of 2, the active one.`,
      );
    } else if (one.step === "offset-index") {
      const index = step(page, /^Offset index: \d+ probes in \d+ entries/);
      await expect(index).toContainText(`${one.probes.length} probes in ${one.entries} entries`);
      await index.getByText("as a table").click();
      const rows = index.getByRole("table").getByRole("row");
      await expect(rows).toHaveCount(one.probes.length + 1);
      for (const [number, { entry, offset, position }] of one.probes.entries()) {
        await expect(rows.nth(number + 1)).toContainText(`${number + 1}${entry}${offset}${position}`);
      }
    } else if (one.step === "scan") {
      const scan = step(page, /^Log: /);
      await scan.getByText("as a table").click();
      await expect(scan.getByRole("table").getByRole("row")).toHaveCount(one.batches.length + 1);
      await expect(scan.getByRole("row", { name: /this one/ })).toContainText("12001249");
    } else if (one.step === "record") {
      const record = step(page, `Record 35 of 50 in batch 1200`);
      await expect(record).toContainText(`CRC-32C ${one.batch.crc} agrees`);
    }
  }
  await expect(tools(page).getByRole("link", { name: "Its batch in the segment" })).toHaveAttribute(
    "href",
    /\/segments\/\d+\?from=1234&broker=\d$/,
  );
  await answer(page).getByRole("link", { name: "Open message" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${topic}-0@1234`);
});

test("a link runs the look-up; by time the first message at or after it is found", async ({
  page,
  cluster,
  topics,
}) => {
  const topic = await rolledTopic(topics);
  await page.goto(address(cluster, topic, { at: String(FIRST_MS + 300_500) }));
  await expect(answer(page)).toContainText("Found: the first at or after that time");
  await expect(answer(page)).toContainText("500 ms later");
  await expect(step(page, /^Segment: the first to reach 2026-/)).toContainText("segment 1 of 2");
  await step(page, /^Segment/)
    .getByText("The 1 segment looked at")
    .click();
  await expect(
    step(page, /^Segment/)
      .getByRole("row")
      .nth(1),
  ).toContainText("reaches it: this one");
  await expect(step(page, /^Time index: \d+ probes? in \d+ entries/)).toBeVisible();
  await expect(step(page, /^Record 2 of 50 in batch 300/)).toBeVisible();
  await expect(answer(page).getByRole("link", { name: "Open message" })).toHaveAttribute("href", /\/offsets\/301$/);

  const field = tools(page).getByRole("textbox", { name: "Point in time" });
  await expect(field).toHaveValue(new Date(FIRST_MS + 300_500).toISOString());
  await field.fill("2026-09-21 14:13:20");
  await field.press("Enter");
  await expect(page).toHaveURL(new RegExp(`[?&]at=${FIRST_MS}(&|$)`));
  await expect(answer(page)).toContainText("Found, of just that time");
  await field.fill("2030-01-01");
  await field.press("Enter");
  await expect(answer(page)).toContainText(/No message is of 2030-01-01 00:00:00\.000 or later/);
  await field.fill("soon");
  await expect(tools(page).getByText(/^Not a point in time\. Type 14:46 for today/)).toBeVisible();
  // One thing is said at a time.
  await expect(tools(page).getByText(/milliseconds since 1970/)).toBeHidden();
  await field.fill("2026-09-21 14:13:20");
  await field.press("Enter");
  await expect(answer(page)).toContainText("Found, of just that time");
  for (let back = 0; back < 3; back++) await page.goBack();
  await expect(answer(page)).toContainText("500 ms later");
});

test("gaps, the log's two ends and what is no offset are said in words, with the next step", async ({
  page,
  cluster,
  topics,
}) => {
  const topic = await specialTopic(topics);
  await page.goto(address(cluster, topic, { offset: String(special.marker) }));
  await expect(answer(page)).toContainText(`No message has offset ${special.marker}; the next is ${special.last}`);
  await expect(answer(page)).toContainText("marks a transaction's end");

  const field = tools(page).getByRole("textbox", { name: "Offset" });
  await field.fill("999999");
  const beyond = await located(page, () => tools(page).getByRole("button", { name: "Find", exact: true }).click());
  expect(beyond).toMatchObject({ result: "after-end", steps: [], logEndOffset: String(special.last + 1) });
  await expect(answer(page)).toContainText("Out of range: above the end of the log");
  await expect(answer(page)).toContainText(`The log ends at ${special.last + 1}`);
  await expect(answer(page)).toContainText("OFFSET_OUT_OF_RANGE before it looks into an index");
  await expect(steps(page)).toHaveCount(0);
  await field.fill(String(special.last + 1));
  await field.press("Enter");
  await expect(answer(page)).toContainText("Not written yet: just the end of the log");
  await answer(page).getByRole("button", { name: "Find the last offset" }).click();
  await expect(field).toHaveValue(String(special.last));
  await expect(answer(page)).toContainText("Found");

  const wrong = [
    ["first", "Not an offset: that is a whole number, 0 or more."],
    ["-1", "An offset is never negative."],
    ["99999999999999999999", "Too large: offsets end at 2⁶³ − 1."],
    ["", "Type an offset."],
  ] as const;
  for (const [text, says] of wrong) {
    await field.fill(text);
    await page.keyboard.press("Enter");
    await expect(tools(page).getByText(says, { exact: true })).toBeVisible();
    // The answer of before isn't one to this.
    await expect(answer(page)).toBeHidden();
    await expect(steps(page)).toHaveCount(0);
  }
  await field.fill(String(special.last));
  await expect(answer(page)).toContainText("Found");

  const admin = topics.kafka.admin();
  await admin.connect();
  await deleteBefore(admin, topic, 0, "3");
  await admin.disconnect();
  await page.goto(address(cluster, topic, { offset: "1" }));
  await expect(answer(page)).toContainText("Before the log start offset");
  await answer(page).getByRole("button", { name: "Find the log start offset" }).click();
  await expect(page).toHaveURL(/[?&]offset=3/);
  await expect(answer(page)).toContainText("Found");
});

test("a time of today, or how long ago, is a moment, and an instant once the field is left", async ({
  page,
  cluster,
  topics,
}) => {
  const topic = await topics.create({ prefix: "ago", partitions: 1, replicationFactor: 1 });
  const before = Date.now();
  await topics.send(topic, [{ partition: 0, value: "x", timestamp: String(before - 60_000) }]);
  await page.goto(address(cluster, topic));
  await tools(page).getByText("Time", { exact: true }).click();
  const field = tools(page).getByRole("textbox", { name: "Point in time" });
  await field.fill("10m");
  await field.press("Enter");
  await expect(answer(page)).toContainText("Found: the first at or after that time");
  const at = Number(new URL(page.url()).searchParams.get("at"));
  expect(Math.abs(before - 600_000 - at)).toBeLessThan(60_000);

  await field.fill("00:00:00");
  await field.blur();
  await expect(field).toHaveValue(/^20\d\d-\d\d-\d\dT00:00:00\.000Z$/);
  await field.fill("");
  await tools(page).getByRole("button", { name: "Find", exact: true }).click();
  await expect(tools(page).getByText("Type a point in time.")).toBeVisible();
});

test("a link that holds no offset, or no time, says so in its place", async ({ page, cluster, topics }) => {
  const topic = await specialTopic(topics);
  await page.goto(address(cluster, topic, { offset: "abc" }));
  await expect(tools(page).getByText("The link's offset isn't one: that is a whole number, 0 or more.")).toBeVisible();
  const field = tools(page).getByRole("textbox", { name: "Offset" });
  await expect(field).toHaveValue("abc");
  await field.fill("2");
  await field.press("Enter");
  await expect(answer(page)).toContainText("Found");
  await expect(page).toHaveURL(/[?&]offset=2(&|$)/);
  await page.goto(address(cluster, topic, { at: "yesterday" }));
  await expect(tools(page).getByText(/^The link's time isn't one/)).toBeVisible();
});

test("the segment that it is found in is selected; a link that selects another one keeps it", async ({
  page,
  cluster,
  topics,
}) => {
  const topic = await rolledTopic(topics);
  await page.goto(address(cluster, topic, { offset: "3" }));
  await expect(page).toHaveURL(/[?&]segment=0(&|$)/);
  const field = tools(page).getByRole("textbox", { name: "Offset" });
  await field.fill("1999");
  const last = await located(page, () => field.press("Enter"));
  const [chosen] = last.steps;
  const base = chosen?.step === "segment" ? chosen.baseOffset : "";
  await expect(page).toHaveURL(new RegExp(`[?&]segment=${base}(&|$)`));
  await page.goBack();
  await expect(page).toHaveURL(/[?&]segment=0(&|$)/);
  await page.goto(address(cluster, topic, { offset: "3", segment: base }));
  await expect(answer(page)).toContainText("Found");
  await expect(page).toHaveURL(new RegExp(`[?&]segment=${base}(&|$)`));
});

test("a batch whose checksum fails is named as the one that holds it", async ({ page, cluster, topics }) => {
  const topic = await topics.create({ prefix: "broken", assignment: [[1]] });
  const message = { partition: 0, value: randomBytes(1_000) };
  for (let sent = 0; sent < 3; sent++) await topics.send(topic, [message, message]);
  const logDir = testCluster().brokers.find(({ id }) => id === 1)?.logDir ?? "";
  const log = join(logDir, `${topic}-0`, "00000000000000000000.log");
  const bytes = await readFile(log);
  // Within the value of the second of three batches of one size.
  const position = Math.floor(bytes.length / 2);
  bytes.writeUInt8(bytes.readUInt8(position) ^ 0xff, position);
  await writeFile(log, bytes);
  await page.goto(address(cluster, topic, { offset: "3" }));
  await expect(answer(page)).toContainText("The batch that holds it, 2 … 3, fails its checksum");
  await expect(answer(page)).toContainText("Find the same in another replica");
  await expect(step(page, /^Log: /)).toContainText("Its checksum is wrong, so it isn't unpacked.");
  await expect(tools(page)).not.toContainText("none holds it");
  await step(page, /^Log: /)
    .getByText("as a table")
    .click();
  await expect(
    step(page, /^Log: /)
      .getByRole("row")
      .last(),
  ).toContainText("wrong checksum");
});

test("a failed look-up says why, keeps the form, and can be tried again", async ({ page, cluster, topics }) => {
  const topic = await specialTopic(topics);
  await page.route("**/segments/locate?**", (route) =>
    route.fulfill({
      status: 503,
      contentType: "application/problem+json",
      json: {
        type: "/problems/cluster-unreachable",
        code: "cluster-unreachable",
        title: "x",
        status: 503,
        detail: "No broker answers.",
        requestId: "r-1",
      },
    }),
  );
  await page.goto(address(cluster, topic, { offset: "2" }));
  await expect(tools(page).getByRole("alert")).toContainText("The look-up failed. No broker answers.");
  await expect(tools(page).getByRole("textbox", { name: "Offset" })).toHaveValue("2");
  await page.unroute("**/segments/locate?**");
  await tools(page).getByRole("button", { name: "Try again" }).click();
  await expect(answer(page)).toContainText("Found");
});

test("a slow look-up can be cancelled", async ({ page, cluster, topics }) => {
  const topic = await specialTopic(topics);
  await page.route("**/segments/locate?**", () => {});
  await page.goto(address(cluster, topic, { offset: "2" }));
  await tools(page).getByRole("button", { name: "Cancel" }).click();
  await expect(tools(page).getByText("Cancelled. Nothing was found out.")).toBeVisible();
  await page.unroute("**/segments/locate?**");
  await tools(page).getByRole("button", { name: "Find", exact: true }).click();
  await expect(answer(page)).toContainText("Found");
});

test("by the keyboard alone, at 1,280 and 360 px, light and dark, for everyone", async ({ page, cluster, topics }) => {
  test.slow();
  const topic = await rolledTopic(topics);
  for (const [index, size] of [{ width: 1_280, height: 900 }, PHONE].entries()) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: themes[index] ?? "light" });
    await page.goto(address(cluster, topic, { at: String(FIRST_MS + 900_000) }));
    await expect(answer(page)).toContainText("Found");
    for (const table of await tools(page).getByText("as a table").all()) await table.click();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  }
  await tools(page).getByRole("tab", { name: "Find" }).focus();
  // The panel itself takes the focus first, then the choice of what is looked for.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(tools(page).getByRole("radio", { name: "Time" })).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Tab");
  await expect(tools(page).getByRole("textbox", { name: "Offset" })).toBeFocused();
  await page.keyboard.type("77");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/[?&]offset=77/);
  await expect(answer(page)).toContainText("Found");
  await expect(tools(page).getByRole("textbox", { name: "Offset" })).toBeFocused();
});
