import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { complaintsOf, expectAccessible, expectNoSidewaysScroll, PHONE, themes } from "#e2e/support/page-checks.ts";
import { expect, test } from "#e2e/support/test.ts";
import type { TestTopics } from "#scripts/testing/test-topics.ts";

const COUNT = 3_500;
const PER_BATCH = 50;
const DAY_MS = 86_400_000;

/** 3,500 messages of 1 KB over the last half day, in four segments, kept for a day; partition 1 is empty. */
async function rolledTopic(topics: TestTopics, configs: Record<string, string> = {}): Promise<string> {
  const topic = await topics.create({
    prefix: "map",
    assignment: [
      [1, 2],
      [2, 1],
    ],
    configs: { "segment.bytes": "1048576", "retention.ms": String(DAY_MS), ...configs },
  });
  const first = Date.now() - DAY_MS / 2;
  for (let from = 0; from < COUNT; from += PER_BATCH) {
    const messages = Array.from({ length: PER_BATCH }, (_, index) => ({
      partition: 0,
      value: randomBytes(1_000),
      timestamp: String(first + Math.floor(((from + index) * DAY_MS) / 2 / COUNT)),
    }));
    await topics.send(topic, messages);
  }
  return topic;
}

const address = (cluster: { name: string }, topic: string, partition = 0, query: Record<string, string> = {}) =>
  `/clusters/${cluster.name}/topics/${topic}/partitions/${partition}/segments?${new URLSearchParams(query)}`;
const map = (page: Page) => page.getByRole("region", { name: "Segment map" });
const lane = (page: Page, broker: number) => map(page).getByRole("listbox", { name: `Segments on broker ${broker},` });

test("from a topic's page to its partition's segments, and to another partition on the same scale", async ({
  page,
  cluster,
  topics,
}) => {
  const complaints = complaintsOf(page);
  const topic = await rolledTopic(topics);
  await page.goto(`/clusters/${cluster.name}/topics/${topic}`);
  await page
    .getByRole("table", { name: `Partitions of ${topic}` })
    .getByRole("row", { name: /^0 / })
    .getByRole("link", { name: /segments/i })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: `Segments of ${topic}-0` })).toBeVisible();
  await expect(map(page).getByRole("heading", { level: 2 })).toContainText(
    /^4\ssegments · 3\.\d+\sMiB · 3,500 messages$/,
  );
  await expect(map(page)).toContainText(/high watermark 3500 · read from .+ on broker 1/);
  await expect(lane(page, 1).getByRole("option")).toHaveCount(4);

  await map(page).getByRole("radio", { name: "By offset" }).click();
  await expect(page).toHaveURL(/[?&]scale=offset/);
  await page.reload();
  await expect(map(page).getByRole("radio", { name: "By offset" })).toBeChecked();
  await expect(map(page)).toContainText("as wide as its offsets");

  await page.getByRole("navigation", { name: "Partitions" }).getByRole("link", { name: "Partition 1" }).click();
  await expect(page).toHaveURL(/partitions\/1\/segments\?scale=offset/);
  await expect(
    lane(page, 2).getByRole("option", { name: /^Segment 1 of 1, base offset 0, 0\sB, active/ }),
  ).toBeVisible();
  await expect(map(page)).toContainText("the partition is empty");
  expect(complaints).toEqual([]);
});

test("one tab stop: arrow keys choose segments, Enter opens one", async ({ page, cluster, topics }) => {
  const topic = await rolledTopic(topics);
  await page.goto(address(cluster, topic));
  const list = lane(page, 1);
  await list.focus();
  const current = () =>
    list.evaluate((one) => document.getElementById(one.getAttribute("aria-activedescendant") ?? "")?.ariaLabel);
  expect(await current()).toMatch(/^Segment 4 of 4, offsets \d+ to 3499, .* active/);
  await page.keyboard.press("ArrowLeft");
  await expect(list.getByRole("option", { selected: true })).toHaveAccessibleName(/^Segment 3 of 4/);
  const row = page.getByRole("row", { selected: true });
  await page.keyboard.press("j");
  await expect(row.getByRole("link").first()).toBeFocused();
  await list.focus();
  await page.keyboard.press("Home");
  await expect(list.getByRole("option", { selected: true })).toHaveAccessibleName(/^Segment 1 of 4, offsets 0 to \d+/);
  await expect(page).toHaveURL(/[?&]segment=0(&|$)/);
  await expect(map(page)).toContainText("00000000000000000000.log");
  await page.keyboard.press("ArrowLeft");
  await expect(list.getByRole("option", { selected: true })).toHaveAccessibleName(/^Segment 1 of 4/);
  await page.keyboard.press("Escape");
  await expect(list.getByRole("option", { selected: true })).toHaveCount(0);
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`${topic}/partitions/0/segments/0$`));
});

test("the pointer reads a segment's facts, a click chooses it; another replica is shown by its name", async ({
  page,
  cluster,
  topics,
}) => {
  const topic = await rolledTopic(topics);
  await page.goto(address(cluster, topic));
  // What the server rendered is there before it can be clicked.
  await expect(async () => {
    await lane(page, 1).getByRole("option").first().click();
    await expect(page).toHaveURL(/[?&]segment=0(&|$)/, { timeout: 1_000 });
  }).toPass();
  await lane(page, 1).getByRole("option").last().hover();
  await expect(map(page)).toContainText("4 of 4");
  await page.mouse.move(0, 0);
  await expect(map(page)).toContainText("1 of 4");

  await expect(map(page).getByRole("img", { name: /^Broker 2, follower: 4\ssegments/ })).toBeVisible();
  await map(page).getByRole("button", { name: "Broker 2" }).click();
  await expect(page).toHaveURL(/[?&]broker=2/);
  await expect(lane(page, 2).getByRole("option", { selected: true })).toHaveAccessibleName(/^Segment 1 of 4/);
  await expect(map(page)).toContainText(/read from .+ on broker 2/);
  await map(page).getByRole("button", { name: "Broker 1" }).click();
  await expect(page).not.toHaveURL(/broker=/);
});

test("groups are marked where they have committed, how far behind in messages and in time", async ({
  page,
  cluster,
  topics,
  groups,
}) => {
  const topic = await rolledTopic(topics);
  const [slow, done] = [groups.name("slow"), groups.name("done")];
  await groups.commit(slow, { [topic]: { 0: 1_750 } });
  await groups.commit(done, { [topic]: { 0: COUNT } });
  await page.goto(address(cluster, topic));
  // The server samples all groups every 10 s; the page asks every 5 s.
  await expect(map(page).getByRole("button", { name: /^2\sgroups$/ })).toBeVisible({ timeout: 40_000 });
  await expect(map(page)).toContainText(/1,750 behind · about \d+\sh/);
  await expect(map(page)).toContainText("at the end");
  await map(page)
    .getByRole("button", { name: /^2\sgroups$/ })
    .click();
  const all = page.getByRole("dialog", { name: "Groups that have committed here" });
  await expect(all.getByRole("link", { name: done })).toBeVisible();
  await page.keyboard.press("Escape");
  await map(page).getByRole("link", { name: slow }).click();
  await expect(page).toHaveURL(new RegExp(`/groups/${slow}`));
});

test("what retention cuts is drawn, and what goes is hatched and said", async ({ page, cluster, topics }) => {
  const topic = await rolledTopic(topics, { "retention.bytes": "100000000", "retention.ms": "-1" });
  await page.goto(address(cluster, topic));
  await expect(map(page)).toContainText(
    /The oldest segment goes by retention\.bytes once [\d.]+\sMiB more are written/,
  );

  const timed = await rolledTopic(topics, {
    "retention.ms": String(DAY_MS / 2 - 3_600_000 * 3),
    "file.delete.delay.ms": "0",
  });
  await page.goto(address(cluster, timed));
  await expect(map(page)).toContainText(/retention\.ms 9\sh/);
});

test("what divides nothing is named at the map's ends: log start, high watermark, and retention by time and by size", async ({
  page,
  cluster,
  topics,
}) => {
  const topic = await rolledTopic(topics, { "retention.ms": String(7 * DAY_MS), "retention.bytes": "100000000" });
  await page.goto(address(cluster, topic));
  await expect(map(page)).toContainText(/←\sretention\.ms 7\sd, retention\.bytes 95\.4\sMiB/);
  await expect(map(page).getByText(/^log start 0$/)).toBeVisible();
  await expect(map(page).getByText(/^high watermark 3500$/)).toBeVisible();
  await expect(map(page)).toContainText(
    /The oldest segment goes in 6\sd\s.* by retention\.ms; sooner by retention\.bytes \(95\.4\sMiB\) once [\d.]+\sMiB more are written/,
  );
  await page.setViewportSize(PHONE);
  await expectNoSidewaysScroll(page);
});

test("the commands name exactly the chosen segment's files", async ({ page, cluster, topics }) => {
  const topic = await rolledTopic(topics);
  await page.goto(address(cluster, topic, 0, { segment: "0" }));
  await page.getByRole("button", { name: "Command line" }).click();
  const dialog = page.getByRole("dialog", { name: "The same from a shell" });
  await expect(dialog).toContainText(`${topic}-0/00000000000000000000.log`);
  await expect(dialog).toContainText("kafka-dump-log.sh --index-sanity-check");
  await expect(dialog).toContainText(`--topic-list ${topic}`);
});

test("a partition that isn't there leads on to one that is, a topic that isn't there to all of them", async ({
  page,
  cluster,
  topics,
}) => {
  const topic = await topics.create({ prefix: "map-small", partitions: 2, replicationFactor: 1 });
  await page.goto(address(cluster, topic, 7));
  await expect(page.getByRole("heading", { level: 1 })).toContainText(`${topic} has no partition 7.`);
  await page.getByRole("link", { name: "Segments of partition 0" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Segments of ${topic}-0` })).toBeVisible();

  await page.goto(address(cluster, topics.name("never-made")));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("There is no topic");
  await expect(page.getByRole("link", { name: "All topics" })).toBeVisible();
});

test("the map is accessible and fits its window, light and dark, wide and narrow", async ({
  page,
  cluster,
  topics,
}) => {
  const topic = await rolledTopic(topics);
  for (const viewport of [{ width: 1280, height: 900 }, PHONE]) {
    for (const colorScheme of themes) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await page.goto(address(cluster, topic, 0, { segment: "0" }));
      await expect(lane(page, 1).getByRole("option")).toHaveCount(4);
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
    }
  }
});
