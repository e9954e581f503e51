import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "#e2e/support/other-clusters.ts";
import { complaintsOf, expectAccessible, expectNoSidewaysScroll, PHONE, themes } from "#e2e/support/page-checks.ts";
import type { SegmentList } from "#lib/contracts/segments.ts";
import { formatBytes, formatCount } from "#lib/format.ts";
import { dumpLog } from "#scripts/testing/dump-log.ts";
import type { TestTopics } from "#scripts/testing/test-topics.ts";

const COUNT = 2_500;
const PER_BATCH = 50;
const MIB = 1_048_576;

/** Three segments on brokers 1 (leader) and 2. */
async function rolledTopic(topics: TestTopics): Promise<string> {
  const configs = { "segment.bytes": String(MIB), "retention.ms": "604800000" };
  const topic = await topics.create({ prefix: "seg-table", assignment: [[1, 2]], configs });
  for (let from = 0; from < COUNT; from += PER_BATCH) {
    const messages = Array.from({ length: PER_BATCH }, () => ({ partition: 0, value: randomBytes(1_000) }));
    await topics.send(topic, messages);
  }
  return topic;
}

const address = (cluster: { name: string }, topic: string, query = "") =>
  `/clusters/${cluster.name}/topics/${topic}/partitions/0/segments${query}`;
const table = (page: Page, topic: string, broker = 1) =>
  page.getByRole("table", { name: `Segments of ${topic}-0 on broker ${broker}` });
const row = (page: Page, topic: string, baseOffset: string) =>
  table(page, topic).getByRole("row", { name: new RegExp(`^${baseOffset} `) });

test("from a topic to its segments: base offsets, sizes and records are what DumpLogSegments tells", async ({
  page,
  cluster,
  topics,
}) => {
  const complaints = complaintsOf(page);
  const topic = await rolledTopic(topics);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/clusters/${cluster.name}/topics/${topic}`);
  await page.getByRole("link", { name: "Segments of partition 0" }).click();
  await expect(page).toHaveURL(new RegExp(`${topic}/partitions/0/segments$`));

  const batches = await dumpLog(topic, 0, 1);
  const segments = batches.reduce<{ base: string; last: string; records: number; bytes: number }[]>((all, batch) => {
    if (batch.position === "0") all.push({ base: batch.baseOffset ?? "", last: "", records: 0, bytes: 0 });
    const segment = all.at(-1);
    if (segment === undefined) throw new Error("A log begins at byte 0.");
    segment.last = batch.lastOffset ?? "";
    segment.records += Number(batch.count);
    segment.bytes += Number(batch.size);
    return all;
  }, []);
  expect(segments.length).toBeGreaterThan(2);
  const rows = table(page, topic).getByRole("row");
  await expect(rows).toHaveCount(segments.length + 2);
  for (const [index, { base, last, records, bytes }] of segments.toReversed().entries()) {
    const cells = rows.nth(index + 1).getByRole("cell");
    await expect(cells.nth(0)).toHaveText(base);
    await expect(cells.nth(1)).toHaveText(last);
    await expect(cells.nth(2)).toHaveText(formatCount(records));
    await expect(cells.nth(4)).toHaveText(formatBytes(bytes));
    await expect(cells.nth(5)).toHaveText(/^\d+\sB \/ \d+\sB$/);
    await expect(cells.nth(8)).toHaveText("uncompressed");
  }
  await expect(rows.nth(1)).toContainText("active");
  await expect(rows.nth(2)).toContainText(/goes in 6\sd\s2\d\sh/);
  const sum = rows.last();
  await expect(sum).toContainText(formatCount(COUNT));
  await expect(sum).toContainText(formatBytes(segments.reduce((all, { bytes }) => all + bytes, 0)));

  await expect(sum).toContainText(formatCount(batches.length));
  await expect(page.getByRole("button", { name: "Columns" })).not.toContainText("fit");
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Offset index" }).click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/hide=/);
  await expect(table(page, topic).getByRole("columnheader", { name: "Offset index" })).toBeVisible();
  await page.setViewportSize({ width: 1024, height: 900 });
  await expect(page.getByRole("button", { name: "Columns" })).toContainText("6 don't fit");
  expect(complaints).toEqual([]);
});

test("a row is chosen by a click or by Space, its link opens the segment; both are in the address", async ({
  page,
  cluster,
  topics,
}) => {
  const topic = await rolledTopic(topics);
  await page.goto(address(cluster, topic, "?sort=baseOffset"));
  const first = row(page, topic, "0");
  await expect(table(page, topic).getByRole("row").nth(1)).toHaveAccessibleName(/^0 /);
  await first.getByRole("cell").nth(3).click();
  await expect(page).toHaveURL(/[?&]segment=0(&|$)/);
  await expect(first).toHaveAttribute("aria-selected", "true");

  await first.getByRole("link", { name: "0" }).press("ArrowDown");
  await page.keyboard.press("Space");
  await expect(first).not.toHaveAttribute("aria-selected");
  const second = table(page, topic).getByRole("row").nth(2);
  await expect(second).toHaveAttribute("aria-selected", "true");
  const base = (await second.getByRole("link").textContent()) ?? "";
  await expect(page).toHaveURL(new RegExp(`segment=${base}`));

  await page.reload();
  await expect(second).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("link", { name: "Batches of the selected segment" })).toHaveAttribute(
    "href",
    address(cluster, topic, `/${base}?broker=1`),
  );
  await second.getByRole("link").press("Enter");
  await expect(page).toHaveURL(new RegExp(`segments/${base}\\?broker=1`));
});

test("all that is known of a segment, where the table has no room for it", async ({ page, cluster, topics }) => {
  const topic = await rolledTopic(topics);
  await page.setViewportSize(PHONE);
  await page.goto(address(cluster, topic));
  await page.getByRole("button", { name: "Segment 0: all of it" }).click();
  const dialog = page.getByRole("dialog", { name: "Segment 0" });
  const value = (term: string) =>
    dialog
      .locator("dl > div")
      .filter({ has: page.getByRole("term").filter({ hasText: new RegExp(`^${term}`) }) })
      .getByRole("definition");
  await expect(value("Gaps")).toHaveText("0");
  await expect(value("Codecs")).toHaveText("uncompressed");
  await expect(value("Aborted")).toHaveText("none");
  await expect(value("Producer snapshot")).toHaveText("none");
  await expect(value("Offset index")).toHaveText(/^\d+ · \d/);
  await expect(value("State")).toContainText("by retention.ms");
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await dialog.getByRole("link", { name: "Batches of this segment" }).click();
  await expect(page).toHaveURL(/segments\/0\?broker=1/);
});

test("what lies beside the logs is explained, replica by replica", async ({ page, cluster, topics }) => {
  const topic = await rolledTopic(topics);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(address(cluster, topic));
  const files = page.getByRole("table", { name: "Files beside the logs" });
  await expect(files.getByRole("columnheader")).toHaveText([
    "File",
    "What it is for",
    "Broker 1, leader",
    "Broker 2, follower",
  ]);
  const epochs = files.getByRole("row", { name: /^leader-epoch-checkpoint/ });
  await expect(epochs).toContainText("From which offset on each leader wrote");
  await expect(epochs.getByRole("cell").nth(1)).toContainText("epoch 0 from 0");
  const list = (await (await page.request.get(`/api${address(cluster, topic)}`)).json()) as SegmentList;
  const metadata = files.getByRole("row", { name: /^partition\.metadata/ });
  await expect(metadata.getByText(String(list.topicId))).toHaveCount(2);
  await expect(
    files
      .getByRole("row", { name: /^meta\.properties/ })
      .getByRole("cell")
      .nth(2),
  ).toContainText("node.id 2");
  await expect(files.getByRole("row", { name: /^\.lock/ })).toHaveCount(0);
  await page.getByRole("button", { name: /files? of the log dir too$/ }).click();
  await expect(files.getByRole("row", { name: /^\.lock/ })).toContainText("Held by the broker");

  await page.setViewportSize(PHONE);
  await expect(files.getByRole("columnheader", { name: /^Broker/ })).toHaveText("Broker 1, leader");
  await page.getByRole("radio", { name: "Broker 2" }).click();
  await expect(page).toHaveURL(/broker=2/);
  await expect(files.getByRole("columnheader", { name: /^Broker/ })).toHaveText("Broker 2, follower");
  await expect(table(page, topic, 2)).toBeVisible();
});

test("a cluster whose disks aren't read shows sizes, why, and nothing that it doesn't know", async ({
  page,
  others,
  topics,
}) => {
  const complaints = complaintsOf(page);
  const topic = await rolledTopic(topics);
  await page.goto(`${others.url}${address({ name: "diskless" }, topic)}`);
  await expect(page.getByText("Segments are not read from disks here.")).toBeVisible();
  await expect(page.getByText(/TAILRACE_LOG_DIRS=off/)).toHaveCount(1);
  const replicas = page.getByRole("table", { name: `Replicas of ${topic}-0` }).getByRole("row");
  await expect(replicas).toHaveCount(3);
  await expect(replicas.nth(1)).toContainText(/^1leader2\.\d+\sMiB0switched off$/);
  await expect(replicas.nth(2)).toContainText(/^2follower2\.\d+\sMiB0switched off$/);
  await expect(page.getByRole("heading", { name: "Let them be read" })).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "As a table" })).toHaveCount(0);
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
  await page.setViewportSize(PHONE);
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  expect(complaints).toEqual([]);
});

test("brokers on other machines: the remedy names this cluster's brokers, for file, environment and containers", async ({
  page,
  cluster,
  topics,
}) => {
  const topic = await rolledTopic(topics);
  // The brokers of this test share a machine with the server: their answer is made to say that they don't.
  await page.route(`**/api${address(cluster, topic)}`, async (route) => {
    const response = await route.fetch();
    const list = (await response.json()) as SegmentList;
    const replicas = list.replicas.map((replica) => ({
      ...replica,
      access: { state: "unreadable", reason: "not-here", detail: `Broker ${replica.brokerId} keeps it in /var/kafka.` },
      directory: null,
      segments: [],
      sideFiles: [],
    }));
    await route.fulfill({ response, json: { ...list, replicas } });
  });
  await page.goto(address(cluster, topic));
  const remedy = page.getByRole("region", { name: "Let them be read" });
  await expect(remedy).toContainText("logDirs: [1=/mnt/broker-1, 2=/mnt/broker-2, 3=/mnt/broker-3]");
  await expect(page.getByText("Broker 2 keeps it in /var/kafka.")).toBeVisible();
  await remedy.getByRole("radio", { name: "Environment" }).click();
  await expect(remedy).toContainText("TAILRACE_LOG_DIRS=1=/mnt/broker-1,2=/mnt/broker-2,3=/mnt/broker-3");
  await remedy.getByRole("radio", { name: "Docker" }).click();
  await expect(remedy).toContainText("-v /srv/kafka/broker-1:/mnt/broker-1:ro");
  await remedy.getByRole("radio", { name: "Kubernetes" }).click();
  await expect(remedy).toContainText("readOnly: true");
  await expectAccessible(page);
  await page.setViewportSize(PHONE);
  await expectNoSidewaysScroll(page);
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

test("a message leads to where it lies", async ({ page, cluster, topics }) => {
  const topic = await rolledTopic(topics);
  await page.goto(`/clusters/${cluster.name}/topics/${topic}/partitions/0/offsets/1234`);
  await page.getByRole("link", { name: "Where it lies" }).click();
  await expect(page).toHaveURL(/segments\?panel=find&offset=1234|segments\?offset=1234/);
  await expect(table(page, topic)).toBeVisible();
});

test("is accessible in light and dark, and fits a phone", async ({ page, cluster, topics }) => {
  const complaints = complaintsOf(page);
  const topic = await rolledTopic(topics);
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    await page.goto(address(cluster, topic, "?segment=0"));
    await expect(table(page, topic).getByRole("row").last()).toContainText(formatCount(COUNT));
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  }
  await page.setViewportSize(PHONE);
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  expect(complaints).toEqual([]);
});
