import { randomBytes } from "node:crypto";
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { CompressionTypes } from "kafkajs";
import { complaintsOf, expectAccessible, expectNoSidewaysScroll, PHONE, themes } from "#e2e/support/page-checks.ts";
import { expect, test } from "#e2e/support/test.ts";
import { deleteBefore } from "#scripts/testing/delete-before.ts";
import { type DumpedBatch, dumpLog } from "#scripts/testing/dump-log.ts";
import type { TestTopics } from "#scripts/testing/test-topics.ts";

const MIB = 1_048_576;
/** More than a page of them in one segment, and more than a segment. */
const BATCHES = 300;
const PER_BATCH = 4;
const PAGE = 100;

const address = (cluster: { name: string }, topic: string, baseOffset: string | number, query = "") =>
  `/clusters/${cluster.name}/topics/${topic}/partitions/0/segments/${baseOffset}${query}`;
const table = (page: Page) => page.getByRole("table", { name: "Batches of the segment" });
const rowAt = (page: Page, position: string | number) => page.locator(`tr[data-position="${position}"]`);
const panel = (page: Page, baseOffset: string | number) =>
  page.getByRole("complementary", { name: `Batch ${baseOffset}`, exact: true });
const facts = (page: Page) => page.getByLabel("Facts of the segment");
const valueAt = (offset: number) => JSON.stringify({ order: offset, note: "sent by a browser test" });

/** One replica; every third batch gzip and compressible; the first value of each batch can be read. */
async function rolledTopic(topics: TestTopics, broker: number): Promise<string> {
  const topic = await topics.create({
    prefix: "batches",
    assignment: [[broker]],
    configs: { "segment.bytes": String(MIB), "retention.ms": "-1" },
  });
  const producer = topics.kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  for (let batch = 0; batch < BATCHES; batch++) {
    const gzip = batch % 3 === 2;
    const messages = Array.from({ length: PER_BATCH }, (_, place) => ({
      partition: 0,
      key: `key-${batch * PER_BATCH + place}`,
      value: place === 0 ? valueAt(batch * PER_BATCH) : gzip ? "a".repeat(1_800) : randomBytes(1_800),
    }));
    await producer.send({ topic, messages, compression: gzip ? CompressionTypes.GZIP : CompressionTypes.None });
  }
  await producer.disconnect();
  return topic;
}

/** What the dump of a partition says of its first segment: its positions grow. */
function firstSegment(dumped: readonly DumpedBatch[]): readonly DumpedBatch[] {
  const end = dumped.findIndex(({ position }, index) => index > 0 && position === "0");
  return end === -1 ? dumped : dumped.slice(0, end);
}

const crcInHex = ({ crc }: DumpedBatch) => Number(crc).toString(16).padStart(8, "0");

test.describe("a rolled segment", () => {
  let topic: string;
  let dumped: readonly DumpedBatch[];
  let all: readonly DumpedBatch[];
  test.beforeAll(async ({ topics }) => {
    topic = await rolledTopic(topics, 1);
    all = await dumpLog(topic, 0, 1);
    dumped = firstSegment(all);
    expect(dumped.length).toBeGreaterThan(PAGE + 20);
    expect(dumped.length).toBeLessThan(all.length);
  });

  test("its batches are those that Kafka's own tool finds in the file, page by page, forth and back", async ({
    page,
    cluster,
  }) => {
    const complaints = complaintsOf(page);
    await page.goto(address(cluster, topic, 0));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Segment 00000000000000000000 of ${topic}-0`);
    await expect(table(page).locator("tbody tr")).toHaveCount(PAGE);
    const cells = await table(page)
      .locator("tbody tr")
      .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent ?? "")));
    for (const [index, batch] of dumped.slice(0, PAGE).entries()) {
      const [position = "", offsets = "", records, , codec = ""] = cells[index] ?? [];
      expect(position.replace("Batch at byte ", "")).toBe(batch.position);
      expect(offsets.match(/\d+/g)).toEqual([batch.baseOffset, batch.lastOffset]);
      expect(records).toBe(batch.count);
      expect(codec.split(" ")[0]).toBe(batch.compresscodec?.toLowerCase());
      expect(cells[index]?.at(-1)).toContain(crcInHex(batch));
    }
    await expect(facts(page)).toContainText(`Batches${dumped.length}`);
    await expect(facts(page)).toContainText(`Records${(dumped.length * PER_BATCH).toLocaleString("en")}`);
    await expect(
      rowAt(page, dumped[2]?.position ?? "")
        .getByRole("cell")
        .nth(4),
    ).toHaveText(/^gzip ×\d/);

    const next = page.getByRole("button", { name: "Next", exact: true }).first();
    const previous = page.getByRole("button", { name: "Previous", exact: true }).first();
    await expect(previous).toBeDisabled();
    await next.click();
    await expect(page).toHaveURL(new RegExp(`position=${dumped[PAGE]?.position}$`));
    await expect(table(page).locator("tbody tr")).toHaveCount(Math.min(PAGE, dumped.length - PAGE));
    await expect(rowAt(page, dumped[PAGE]?.position ?? "")).toBeVisible();
    await previous.click();
    await expect(rowAt(page, "0")).toBeVisible();
    await expect(page).not.toHaveURL(/position=/);
    await page.goBack();
    await expect(rowAt(page, dumped[PAGE]?.position ?? "")).toBeVisible();

    await page.reload();
    await expect(rowAt(page, dumped[PAGE]?.position ?? "")).toBeVisible();
    await expect(previous).toBeDisabled();
    await page.getByRole("button", { name: "First", exact: true }).first().click();
    await expect(rowAt(page, "0")).toBeVisible();
    expect(complaints).toEqual([]);
  });

  test("a jump leads to the page that begins at an offset or a byte, in another segment too", async ({
    page,
    cluster,
  }) => {
    await page.goto(address(cluster, topic, 0));
    const wanted = dumped[130];
    const field = page.getByRole("textbox", { name: "Jump to offset" });
    await field.fill("no number");
    await field.press("Enter");
    await expect(page.getByRole("form", { name: "Jump to" }).getByRole("alert")).toHaveText(
      "A whole number, 0 or more.",
    );
    await field.fill(String(Number(wanted?.baseOffset) + 2));
    await field.press("Enter");
    await expect(page).toHaveURL(/from=\d+$/);
    await expect(table(page).locator("tbody tr").first()).toHaveAttribute("data-position", wanted?.position ?? "");

    await page.getByRole("radio", { name: "Byte" }).click();
    await page.getByRole("textbox", { name: "Jump to byte" }).fill(String(Number(dumped[40]?.position) - 1));
    await page.getByRole("button", { name: "Go", exact: true }).click();
    await expect(table(page).locator("tbody tr").first()).toHaveAttribute("data-position", dumped[40]?.position ?? "");
    await expect(
      page.getByText(
        `No batch begins at byte ${Number(dumped[40]?.position) - 1}: shown from byte ${dumped[40]?.position}`,
      ),
    ).toBeVisible();

    const beyond = all[dumped.length + 3];
    await page.getByRole("radio", { name: "Offset" }).click();
    await field.fill(beyond?.baseOffset ?? "");
    await field.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toContainText(
      (all[dumped.length]?.baseOffset ?? "").padStart(20, "0"),
    );
    await expect(table(page).locator("tbody tr").first()).toHaveAttribute("data-position", beyond?.position ?? "");
    await page.getByRole("link", { name: "Previous segment" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Segment 00000000000000000000");
    await expect(rowAt(page, "0")).toBeVisible();
  });

  test("from a batch to its messages, to one of them with the value that was sent, and back by Esc", async ({
    page,
    cluster,
  }) => {
    const complaints = complaintsOf(page);
    await page.goto(address(cluster, topic, 0));
    await rowAt(page, dumped[1]?.position ?? "")
      .getByRole("cell")
      .nth(2)
      .click();
    await expect(page).toHaveURL(/batch=4$/);
    await expect(panel(page, 4)).toContainText("none");
    await expect(panel(page, 4)).toContainText(`${dumped[1]?.crc} in decimal`);
    await expect(panel(page, 4)).toContainText("as broker 1, the leader, serves them");
    await expect(page.getByText("No room beside the batch, which says them itself:")).toContainText(
      /Largest.*Producer/,
    );
    const messages = page.getByRole("table", { name: "Messages of the batch at offset 4" });
    await expect(messages.locator("tbody tr")).toHaveCount(PER_BATCH);
    await expect(messages.getByRole("row", { name: /^Message 4 / })).toContainText(valueAt(4));
    await messages.getByRole("button", { name: "Message 4" }).press("Enter");
    await expect(page).toHaveURL(/batch=4&message=4$/);
    const drawer = page.getByRole("complementary", { name: `Message ${topic}-0 @ 4` });
    await expect(drawer.getByRole("tree", { name: "The value" })).toContainText("sent by a browser test");
    await drawer.getByRole("button", { name: "Next message" }).click();
    await expect(page).toHaveURL(/message=5$/);
    await page.reload();
    await expect(page.getByRole("complementary", { name: `Message ${topic}-0 @ 5` })).toContainText("key-5");
    await page.keyboard.press("Escape");
    await expect(page).not.toHaveURL(/message=/);
    await expect(messages).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page).not.toHaveURL(/batch=/);
    expect(complaints).toEqual([]);
  });

  test("by the keyboard alone: a row, its batch, a message, and the focus back where it was", async ({
    page,
    cluster,
  }) => {
    await page.goto(address(cluster, topic, 0));
    await rowAt(page, "0").getByRole("button").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/batch=8$/);
    await panel(page, 8).getByRole("button", { name: "Message 8" }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/message=9$/);
    await page.keyboard.press("j");
    await expect(page).toHaveURL(/message=10$/);
    await page.keyboard.press("Escape");
    await expect(panel(page, 8).getByRole("button", { name: "Message 10" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(rowAt(page, dumped[2]?.position ?? "").getByRole("button")).toBeFocused();
  });

  test("a link to an offset opens the batch that holds it", async ({ page, cluster }) => {
    const wanted = dumped[120];
    await page.goto(address(cluster, topic, 0, `?batch=${Number(wanted?.baseOffset) + 1}`));
    await expect(panel(page, wanted?.baseOffset ?? "")).toContainText(crcInHex(wanted ?? {}));
    await page.setViewportSize(PHONE);
    await page.reload();
    const sheet = page.getByRole("dialog", { name: `Batch ${wanted?.baseOffset}` });
    await expect(sheet.getByRole("table").locator("tbody tr")).toHaveCount(PER_BATCH);
    await page.goto(address(cluster, topic, 0, "?batch=999999"));
    await expect(page.getByText("No batch of this segment holds that offset now.")).toBeVisible();
  });

  for (const theme of themes) {
    for (const [where, size] of [["wide", { width: 1280, height: 900 }] as const, ["on a phone", PHONE] as const]) {
      test(`everyone can use it, ${where}, ${theme}`, async ({ page, cluster }) => {
        await page.emulateMedia({ colorScheme: theme });
        await page.setViewportSize(size);
        // A short page: the rules are the same for each of its rows.
        const { baseOffset = "", position = "" } = dumped.at(-12) ?? {};
        await page.goto(address(cluster, topic, 0, `?from=${baseOffset}`));
        await expect(table(page).locator("tbody tr")).toHaveCount(12);
        await expect(facts(page)).toContainText(`Batches${dumped.length}`);
        await expectNoSidewaysScroll(page);
        await expectAccessible(page);
        await rowAt(page, position).getByRole("button").click();
        await expect(page.getByRole("table", { name: `Messages of the batch at offset ${baseOffset}` })).toBeVisible();
        await expectNoSidewaysScroll(page);
        await expectAccessible(page);
      });
    }
  }
});

test("transactions: markers say commit or abort, batches what became of them; deleted records are said to be gone", async ({
  page,
  cluster,
  topics,
}) => {
  const topic = await topics.create({ prefix: "tx-batches", assignment: [[2]] });
  const producer = await topics.transactionalProducer();
  for (const [index, end] of (["commit", "abort", "commit"] as const).entries()) {
    const transaction = await producer.transaction();
    await transaction.send({ topic, messages: [{ partition: 0, key: `t${index}`, value: `in transaction ${index}` }] });
    await transaction[end]();
  }
  await expect.poll(async () => (await dumpLog(topic, 0, 2)).length, { timeout: 30_000 }).toBe(6);
  const dumped = await dumpLog(topic, 0, 2);
  const [committed, commit, aborted, abort] = dumped.map(({ position = "" }) => position);

  await page.goto(address(cluster, topic, 0));
  const kinds = table(page).locator("tbody tr td:nth-child(6)");
  await expect(kinds).toHaveText(["transactional", "commit", "transactional", "abort", "transactional", "commit"]);
  // Columns add up: every offset is a record's or a marker's.
  await expect(facts(page)).toContainText(/Records3\s*and 3\smarkers/);
  await rowAt(page, commit ?? "")
    .getByRole("button")
    .click();
  await expect(panel(page, 1)).toContainText(`Commit: ends the transaction of producer ${dumped[1]?.producerId}`);
  await rowAt(page, abort ?? "")
    .getByRole("button")
    .click();
  await expect(panel(page, 3)).toContainText("Abort: ends the transaction of");
  await rowAt(page, aborted ?? "")
    .getByRole("button")
    .click();
  await expect(panel(page, 2)).toContainText("consumers with read_committed never see these messages");
  await expect(panel(page, 2)).toContainText("in transaction 1");

  const admin = topics.kafka.admin();
  await admin.connect();
  await deleteBefore(admin, topic, 0, "2");
  await admin.disconnect();
  await page.reload();
  await rowAt(page, committed ?? "")
    .getByRole("button")
    .click();
  await expect(panel(page, 0)).toContainText("All of it lies before the log start offset, 2");
  await expect(panel(page, 0)).not.toContainText("in transaction 0");
});

test("damage stays red when its batch is open, and another broker's messages aren't taken for its own", async ({
  page,
  cluster,
  topics,
}) => {
  const topic = await topics.create({ prefix: "damaged", assignment: [[1, 2]] });
  await topics.send(topic, [{ partition: 0, value: "a first batch" }]);
  await topics.send(topic, [{ partition: 0, value: "a second batch" }]);
  await expect.poll(async () => (await dumpLog(topic, 0, 2)).length, { timeout: 30_000 }).toBe(2);
  const logDir = cluster.brokers.find(({ id }) => id === 2)?.logDir ?? "";
  const log = await open(join(logDir, `${topic}-0`, `${"0".repeat(20)}.log`), "r+");
  await log.write(Buffer.from([0xff]), 0, 1, 65);
  await log.close();
  await page.goto(address(cluster, topic, 0, "?broker=2&batch=0"));
  await expect(page.getByText("damaged", { exact: true })).toBeAttached();
  await expect(panel(page, 0)).toContainText("These are broker 1's.");
  await expect(panel(page, 0)).toContainText("broker 2's file is damaged: its bytes aren't shown as messages");
  await expect(panel(page, 0)).toContainText("a first batch");
  const colourOf = (position: string) =>
    rowAt(page, position)
      .locator("td")
      .first()
      .evaluate((cell) => getComputedStyle(cell).backgroundColor);
  const opened = await colourOf("0");
  await rowAt(page, "0").press("Escape");
  await expect(panel(page, 0)).toBeHidden();
  await page.mouse.move(0, 0);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  expect(await colourOf("0")).toBe(opened);
  await expectAccessible(page);
});

test("the last page of the active segment grows as messages come", async ({ page, cluster, topics }) => {
  const topic = await topics.create({ prefix: "growing", assignment: [[1]] });
  await page.goto(address(cluster, topic, 0));
  await expect(page.getByRole("heading", { name: "Nothing has been written to it yet." })).toBeVisible();
  await topics.send(topic, [{ partition: 0, value: "the first one" }]);
  await expect(table(page).locator("tbody tr")).toHaveCount(1, { timeout: 20_000 });
  await topics.send(topic, [{ partition: 0, value: "the second one" }]);
  await expect(table(page).locator("tbody tr")).toHaveCount(2, { timeout: 20_000 });
});

test("a segment that isn't there says why, and where its offset lies now", async ({ page, cluster, topics }) => {
  const topic = await topics.create({ prefix: "no-segment", assignment: [[1]] });
  await topics.send(
    topic,
    Array.from({ length: 8 }, () => ({ partition: 0, value: "one" })),
  );
  await page.goto(address(cluster, topic, 12345));
  await expect(page.getByRole("heading", { name: "00000000000000012345.log isn't there." })).toBeVisible();
  await expect(
    page.getByText("Nothing has been written at offset 12345 yet: the partition's next offset is 8."),
  ).toBeVisible();
  await expect(page.getByRole("link", { name: /in segment/ })).toHaveCount(0);
  await expectAccessible(page);
  await page.goto(address(cluster, topic, 5));
  await expect(page.getByText("its place is in segment 0.")).toBeVisible();
  await page.getByRole("link", { name: "Offset 5 in segment 0" }).click();
  await expect(rowAt(page, "0")).toBeVisible();
  const admin = topics.kafka.admin();
  await admin.connect();
  await deleteBefore(admin, topic, 0, "6");
  await admin.disconnect();
  await page.goto(address(cluster, topic, 5));
  await expect(
    page.getByText("Offset 5 lies before the log start offset, 6: what was there was deleted"),
  ).toBeVisible();
  await expect(page.getByRole("link", { name: /in segment/ })).toHaveCount(0);

  await page.goto(address(cluster, topic, 0, "?broker=2"));
  await expect(page.getByRole("main").getByText("broker 2").first()).toBeVisible();
  await page.goto(address(cluster, "there-is-none", 0));
  await expect(page.getByRole("heading", { level: 1, name: "There is no topic there-is-none." })).toBeVisible();
});
