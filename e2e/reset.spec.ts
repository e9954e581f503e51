import type { Locator, Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll, PHONE, themes } from "#e2e/support/page-checks.ts";
import { expect, test } from "#e2e/support/test.ts";
import type { ResetResult } from "#lib/contracts/offset-resets.ts";
import { resetOffsetsHref } from "#lib/hrefs.ts";
import type { TestTopics } from "#scripts/testing/test-topics.ts";

const planRegion = (page: Page) => page.getByRole("region", { name: "Plan", exact: true });
const headline = (page: Page) => planRegion(page).getByRole("heading", { level: 2 }).first();
const moves = (page: Page) => planRegion(page).getByRole("table", { name: /^Plan of / });
const move = (page: Page, topic: string, partition: number) =>
  moves(page)
    .getByRole("row")
    .filter({ hasText: `${topic}-${partition}` });
const apply = (page: Page) => page.getByRole("button", { name: /^Move/ });
const choice = (page: Page, name: string | RegExp) => page.getByRole("radio", { name });

/** A topic of three partitions with ten messages each, a minute apart, the first an hour ago. */
async function minutes(topics: TestTopics, startMs: number): Promise<string> {
  const topic = await topics.create({ prefix: "minutes", partitions: 3 });
  await topics.send(
    topic,
    [0, 1, 2].flatMap((partition) =>
      Array.from({ length: 10 }, (_, index) => ({
        partition,
        value: `message ${index}`,
        timestamp: String(startMs + index * 60_000),
      })),
    ),
  );
  return topic;
}
const anHourAgo = () => Math.floor(Date.now() / 60_000) * 60_000 - 3_600_000;

/** What the "New" column says, by partition. */
async function newOffsets(page: Page, topic: string): Promise<(string | null)[]> {
  const texts: (string | null)[] = [];
  for (const partition of [0, 1, 2])
    texts.push(await move(page, topic, partition).getByRole("cell").nth(2).textContent());
  return texts;
}

/** Chooses a value in a combobox by typing it. */
async function pick(page: Page, combobox: Locator, value: string): Promise<void> {
  await combobox.fill(value);
  await page.getByRole("option", { name: value }).click();
}

/** Agrees to the change log where there is none yet. */
async function withChangeLog(page: Page): Promise<void> {
  const recorded = page.getByText("This will be recorded.");
  const create = page.getByRole("button", { name: "Create the change log" });
  await expect(recorded.or(create)).toBeVisible();
  if (await create.isVisible()) await create.click();
  await expect(recorded).toBeVisible();
}

test("a running group is refused with who is in it; stopped, it is moved by a click, its lag changes on screen, and undo takes it back", async ({
  page,
  cluster,
  topics,
  groups,
}) => {
  const topic = await minutes(topics, anHourAgo());
  const group = groups.name("replayed");
  const member = await groups.classicMember({ group, topics: [topic], clientId: "billing-1" });
  await groups.awaitCommitted(group, topic, { 0: 10, 1: 10, 2: 10 });
  await page.goto(resetOffsetsHref(cluster.name, group, { to: "earliest" }));
  await expect(headline(page)).toHaveText("Replays 30 messages, skips none.");
  const waiting = page.getByRole("region", { name: /^Waiting: 1.member is still in the group/ });
  await expect(waiting.getByRole("row").filter({ hasText: "billing-1" })).toContainText(`${topic} 0-2`);
  await expect(apply(page)).toBeDisabled();
  await withChangeLog(page);

  await member.stop();
  await expect(page.getByText("The group is empty now. Nothing was moved.")).toBeVisible();
  expect(await groups.committed(group)).toEqual({ [topic]: { 0: 10n, 1: 10n, 2: 10n } });
  await expect(apply(page)).toBeEnabled();
  await apply(page).click();

  const done = page.getByRole("heading", { name: new RegExp(`^Moved 3.partitions of ${group}`) });
  await expect(done).toBeFocused();
  expect(await groups.committed(group)).toEqual({ [topic]: { 0: 0n, 1: 0n, 2: 0n } });
  const outcomes = page.getByRole("table", { name: "Outcomes by partition" });
  for (const partition of [0, 1, 2]) {
    const row = outcomes.getByRole("row").filter({ hasText: `${topic}-${partition}` });
    await expect(row.getByRole("cell")).toHaveText([`${topic}-${partition}`, "10", "0", "moved", "10"]);
  }

  await page.getByRole("link", { name: "Undo" }).click();
  await expect(page).toHaveURL(/\/undo$/);
  await expect(headline(page)).toHaveText(/^Gives 3.partitions back what they had; replays none\.$/);
  await expect(page.getByRole("form", { name: "What to move and where" })).toHaveCount(0);
  await apply(page).click();
  await expect(done).toBeVisible();
  expect(await groups.committed(group)).toEqual({ [topic]: { 0: 10n, 1: 10n, 2: 10n } });
});

test("a group of KIP-848 is refused while it runs, and moved once it stopped", async ({
  page,
  cluster,
  topics,
  groups,
}) => {
  const topic = await minutes(topics, anHourAgo());
  const group = groups.name("next-gen");
  const member = await groups.nextGenMember({ group, topics: [topic] });
  await groups.awaitCommitted(group, topic, { 0: 10, 1: 10, 2: 10 });
  await page.goto(resetOffsetsHref(cluster.name, group, { to: "shift", by: "-3" }));
  await expect(headline(page)).toHaveText("Replays 9 messages, skips none.");
  await expect(page.getByRole("region", { name: "How to stop it" })).toContainText("group.consumer.session.timeout.ms");
  await expect(apply(page)).toBeDisabled();
  await member.stop();
  await apply(page).click();
  await expect(page.getByRole("heading", { name: /^Moved 3.partitions/ })).toBeVisible();
  expect(await groups.committed(group)).toEqual({ [topic]: { 0: 7n, 1: 7n, 2: 7n } });
});

test("each target is planned from the form", async ({ page, cluster, topics, groups }) => {
  const start = anHourAgo();
  const topic = await minutes(topics, start);
  const group = groups.name("modes");
  await groups.commit(group, { [topic]: { 0: 5, 1: 5, 2: 5 } });
  await page.goto(resetOffsetsHref(cluster.name, group));
  await expect(planRegion(page)).toContainText("Choose where to.");
  const planned = (offsets: readonly string[]) => expect.poll(() => newOffsets(page, topic)).toEqual(offsets);

  await choice(page, /^Earliest/).click();
  await planned(["0", "0", "0"]);
  await choice(page, /^Latest/).click();
  await planned(["10", "10", "10"]);
  await expect(headline(page)).toHaveText("Skips 15 messages never processed.");

  await choice(page, "A point in time").click();
  const moment = page.getByRole("textbox", { name: "Point in time" });
  await moment.fill(new Date(start + 3 * 60_000).toISOString());
  await planned(["3", "3", "3"]);
  await moment.fill(String(start + 4 * 60_000));
  await planned(["4", "4", "4"]);
  await moment.fill("soon");
  await expect(moment).toHaveAttribute("aria-invalid", "true");
  await expect(apply(page)).toBeDisabled();
  await page.getByRole("button", { name: "Pick a point in time" }).click();
  await page.getByLabel("Date and time").fill(new Date(start + 120_000).toISOString().slice(0, 19));
  await page.keyboard.press("Escape");
  await expect(moment).toHaveValue(new Date(start + 120_000).toISOString());
  await planned(["2", "2", "2"]);

  await choice(page, "A duration back").click();
  await page.getByRole("textbox", { name: "Duration" }).fill("3 d");
  await planned(["0", "0", "0"]);
  await choice(page, "An offset").click();
  await page.getByRole("textbox", { name: "Offset", exact: true }).fill("9223372036854775807");
  await planned(["10", "10", "10"]);
  await expect(move(page, topic, 0)).toContainText("high watermark: the target lies beyond it");
  await choice(page, /^Shift by/).click();
  await page.getByRole("textbox", { name: "Messages to shift by" }).fill("−2");
  await planned(["3", "3", "3"]);
});

test("offsets are taken from another group, from lines and from a file, whose bad lines are told", async ({
  page,
  cluster,
  topics,
  groups,
}) => {
  const topic = await minutes(topics, anHourAgo());
  const group = groups.name("given");
  const other = groups.name("other");
  await groups.commit(group, { [topic]: { 0: 5, 1: 5, 2: 5 } });
  await groups.commit(other, { [topic]: { 0: 1, 1: 2 } });
  await page.goto(resetOffsetsHref(cluster.name, group));
  const planned = (offsets: readonly string[]) => expect.poll(() => newOffsets(page, topic)).toEqual(offsets);
  await choice(page, "Where another group is").click();
  await pick(page, page.getByRole("combobox", { name: "The other group" }), other);
  await planned(["1", "2", "5"]);
  await expect(move(page, topic, 2)).toContainText("stays");

  await choice(page, /^From a file/).click();
  await page.getByRole("textbox", { name: "Or paste its lines" }).fill(`${topic},0,4\nnonsense\n${topic},9,1`);
  await planned(["4", "5", "5"]);
  await expect(planRegion(page)).toContainText(/2.lines can't be used and are left out/);
  await expect(planRegion(page)).toContainText("Line 2: ");
  await expect(planRegion(page)).toContainText("Line 3: ");
  await page
    .getByLabel("File with offsets")
    .setInputFiles({ name: "offsets.csv", mimeType: "text/csv", buffer: Buffer.from(`${topic},1,8\n`) });
  await planned(["5", "8", "5"]);
  expect(page.url()).not.toContain("offsets.csv");
});

test("skips are red, told with where they are, and one click keeps them", async ({ page, cluster, topics, groups }) => {
  const start = anHourAgo();
  const topic = await minutes(topics, start);
  const group = groups.name("skips");
  await groups.commit(group, { [topic]: { 0: 9, 1: 2, 2: 8 } });
  const at = new Date(start + 6 * 60_000).toISOString();
  await page.goto(resetOffsetsHref(cluster.name, group, { to: "timestamp", at }));
  await expect(headline(page)).toHaveText("Replays 5 messages, skips 4 never processed.");
  await expect(planRegion(page)).toContainText(`Skips are all on ${topic}-1`);
  await page.getByRole("button", { name: `keep ${topic}-1 where it is` }).click();
  await expect(headline(page)).toHaveText("Replays 5 messages, skips none.");
  await expect(move(page, topic, 1)).toContainText("set by hand");
  await page.getByRole("button", { name: "Back to the plan without" }).click();
  await expect(headline(page)).toHaveText("Replays 5 messages, skips 4 never processed.");
  await page.getByRole("button", { name: /^choose / }).click();
  await expect(headline(page)).toHaveText("Replays 13 messages, skips none.");
  await expect(page.getByRole("textbox", { name: "Point in time" })).toHaveValue(
    new Date(start + 2 * 60_000).toISOString(),
  );
});

test("one partition is set by hand in the plan's table, and a link brings all of it back", async ({
  page,
  cluster,
  topics,
  groups,
  browser,
}) => {
  const topic = await minutes(topics, anHourAgo());
  const group = groups.name("by-hand");
  await groups.commit(group, { [topic]: { 0: 5, 1: 5, 2: 5 } });
  await page.goto(resetOffsetsHref(cluster.name, group, { to: "earliest" }));
  const pencil = page.getByRole("button", { name: `Change the new offset of ${topic}-1` });
  await pencil.click();
  const offset = page.getByRole("dialog").getByRole("textbox", { name: "Offset" });
  await offset.fill("4");
  await page.keyboard.press("Enter");
  await expect(headline(page)).toHaveText("Replays 11 messages, skips none.");
  await expect(pencil).toBeFocused();
  await expect(planRegion(page)).toContainText("--from-file offsets.csv");
  await expect(page).toHaveURL(/edits=/);

  const second = await browser.newPage();
  await second.goto(page.url());
  await expect(headline(second)).toHaveText("Replays 11 messages, skips none.");
  await second.close();
  await apply(page).click();
  await expect(page.getByRole("heading", { name: /^Moved 3.partitions/ })).toBeVisible();
  expect(await groups.committed(group)).toEqual({ [topic]: { 0: 0n, 1: 4n, 2: 0n } });
});

test("a plan whose ground moved says which partition moved, and is made again on request only", async ({
  page,
  cluster,
  topics,
  groups,
}) => {
  const topic = await minutes(topics, anHourAgo());
  const group = groups.name("ground");
  await groups.commit(group, { [topic]: { 0: 5, 1: 5, 2: 5 } });
  await page.goto(resetOffsetsHref(cluster.name, group, { to: "earliest" }));
  await expect(headline(page)).toHaveText("Replays 15 messages, skips none.");
  await groups.commit(group, { [topic]: { 1: 6 } });
  const outdated = page.getByRole("status").filter({ hasText: "The plan is outdated." });
  await expect(outdated).toContainText(`${topic}-1 moved since it was made`);
  await expect(move(page, topic, 1)).toContainText("now at 6");
  await expect(headline(page)).toHaveText("Replays 15 messages, skips none.");
  await expect(apply(page)).toBeDisabled();
  await outdated.getByRole("button", { name: "Plan again" }).click();
  await expect(headline(page)).toHaveText("Replays 16 messages, skips none.");
  await expect(apply(page)).toBeEnabled();
});

test("a plan that is outdated without the page's knowing is refused by the server, and nothing is moved", async ({
  page,
  cluster,
  topics,
  groups,
}) => {
  const topic = await minutes(topics, anHourAgo());
  const group = groups.name("refused");
  await groups.commit(group, { [topic]: { 0: 5, 1: 5, 2: 5 } });
  await page.goto(resetOffsetsHref(cluster.name, group, { to: "earliest" }));
  await expect(apply(page)).toBeEnabled();
  await page.route(`**/api/clusters/*/groups/${group}`, (route) => route.abort());
  await groups.commit(group, { [topic]: { 1: 6 } });
  await apply(page).click();
  const refusal = page.getByRole("alert").filter({ hasText: "Nothing was moved: the plan is outdated." });
  await expect(refusal).toContainText(`${topic}-1`);
  await expect(refusal.getByRole("button", { name: "Plan again" })).toBeFocused();
  expect(await groups.committed(group)).toEqual({ [topic]: { 0: 5n, 1: 6n, 2: 5n } });
  await page.unroute(`**/api/clusters/*/groups/${group}`);
  await page.keyboard.press("Enter");
  await expect(headline(page)).toHaveText("Replays 16 messages, skips none.");
  await expect(headline(page)).toBeFocused();
  await expect(refusal).toBeHidden();
  await apply(page).click();
  await expect(page.getByRole("heading", { name: /^Moved 3.partitions/ })).toBeVisible();
});

test("an answer that is lost is not told as a refusal, and what moved meanwhile is seen", async ({
  page,
  cluster,
  topics,
  groups,
}) => {
  const topic = await minutes(topics, anHourAgo());
  const group = groups.name("lost-answer");
  await groups.commit(group, { [topic]: { 0: 5, 1: 5, 2: 5 } });
  await page.goto(resetOffsetsHref(cluster.name, group, { to: "earliest" }));
  // As when the connection breaks after the server did it.
  await page.route(`**/groups/${group}/offset-resets`, async (route) => {
    await route.fetch();
    return route.abort();
  });
  await apply(page).click();
  await expect(page.getByRole("alert").filter({ hasText: "It isn't known whether anything was moved." })).toBeVisible();
  await expect(page.getByText("Nothing was moved")).toHaveCount(0);
  await expect(page.getByRole("status").filter({ hasText: "The plan is outdated." })).toContainText(`${topic}-0`);
  await expect(apply(page)).toBeDisabled();
  expect(await groups.committed(group)).toEqual({ [topic]: { 0: 0n, 1: 0n, 2: 0n } });
});

test("what failed is told by partition, and a retry sends only that", async ({ page, cluster, topics, groups }) => {
  const topic = await minutes(topics, anHourAgo());
  const group = groups.name("partial");
  await groups.commit(group, { [topic]: { 0: 5, 1: 5, 2: 5 } });
  await page.goto(resetOffsetsHref(cluster.name, group, { to: "earliest" }));
  // As when the coordinator goes away in the middle: partition 0 arrived, of 1 nobody knows, 2 was refused.
  const sent: number[][] = [];
  await page.route(`**/groups/${group}/offset-resets`, async (route) => {
    const { moves: asked } = route.request().postDataJSON() as { moves: { partition: number }[] };
    sent.push(asked.map(({ partition }) => partition));
    if (sent.length > 1) return route.continue();
    await groups.commit(group, { [topic]: { 0: 0, 1: 0 } });
    const outcome = (partition: number, rest: object) => ({ topic, partition, committedOffset: null, ...rest });
    const body = {
      change: null,
      recordProblem: null,
      outcomes: [
        outcome(0, { outcome: "moved", committedOffset: "0", detail: null }),
        outcome(1, { outcome: "unknown", detail: "No answer came." }),
        outcome(2, { outcome: "failed", committedOffset: "5", detail: "NOT_COORDINATOR" }),
      ],
    } as ResetResult;
    return route.fulfill({ json: body });
  });
  await apply(page).click();
  const outcomes = page.getByRole("table", { name: "Outcomes by partition" });
  await expect(page.getByRole("heading", { name: /^Moved 1 of 3.partitions/ })).toBeFocused();
  await expect(outcomes.getByRole("row").filter({ hasText: `${topic}-2` })).toContainText("NOT_COORDINATOR");
  await expectAccessible(page);
  await page.getByRole("button", { name: /^Retry 2.partitions$/ }).click();
  await expect(page.getByRole("heading", { name: /^Moved 3.partitions/ })).toBeVisible();
  expect(sent).toEqual([[0, 1, 2], [2]]);
  expect(await groups.committed(group)).toEqual({ [topic]: { 0: 0n, 1: 0n, 2: 0n } });
});

test("a group that doesn't exist yet is planned, and made by the move", async ({ page, cluster, topics, groups }) => {
  const topic = await minutes(topics, anHourAgo());
  const group = groups.name("newborn", " a/b ..");
  await page.goto(resetOffsetsHref(cluster.name, group));
  await expect(page.getByText("doesn't exist yet")).toBeVisible();
  await pick(page, page.getByRole("combobox", { name: "Add a topic", exact: true }), topic);
  await choice(page, "An offset").click();
  await page.getByRole("textbox", { name: "Offset", exact: true }).fill("4");
  await expect(headline(page)).toHaveText("Skips 12 messages never processed.");
  await withChangeLog(page);
  await expect(planRegion(page)).toContainText(`${group} doesn't exist yet. Moving its offsets makes it`);
  await apply(page).click();
  await expect(page.getByRole("heading", { name: /^Moved 3.partitions/ })).toBeVisible();
  expect(await groups.committed(group)).toEqual({ [topic]: { 0: 4n, 1: 4n, 2: 4n } });
});

test("a skip without a way back wants the group's name typed, and offers its offsets as a file first", async ({
  page,
  cluster,
  topics,
  groups,
}) => {
  const topic = await minutes(topics, anHourAgo());
  const group = groups.name("for-good");
  await groups.commit(group, { [topic]: { 0: 5, 1: 5, 2: 5 } });
  const missing = { audit: "best-effort", topic: "_tailrace_changes", state: "missing", detail: "There is none." };
  await page.route("**/change-log", (route) => route.fulfill({ json: missing }));
  await page.goto(resetOffsetsHref(cluster.name, group, { to: "latest" }));
  await expect(page.getByText("Can't be undone from here: the present offsets are not recorded.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Export CSV" })).toHaveAttribute("href", /offsets\.csv$/);
  await expect(page.getByText("one partition, up to three replicas, kept for ever")).toBeVisible();
  await expect(apply(page)).toBeDisabled();
  await page.getByRole("textbox", { name: `Type ${group} to move it for good` }).fill(group);
  await expect(apply(page)).toBeEnabled();
  await expect(apply(page)).toHaveAccessibleDescription(/^Skips 15 messages never processed\./);
  await choice(page, /^Earliest/).click();
  await expect(headline(page)).toHaveText("Replays 15 messages, skips none.");
  await expect(page.getByRole("textbox", { name: /^Type / })).toHaveCount(0);
  await expect(apply(page)).toBeEnabled();
});

test("chosen partitions only are moved", async ({ page, cluster, topics, groups }) => {
  const topic = await minutes(topics, anHourAgo());
  const group = groups.name("chosen");
  await groups.commit(group, { [topic]: { 0: 5, 1: 5, 2: 5 } });
  await page.goto(resetOffsetsHref(cluster.name, group, { to: "latest" }));
  await choice(page, "Chosen partitions").click();
  await pick(page, page.getByRole("combobox", { name: "Add a topic to choose its partitions" }), topic);
  const list = page.getByRole("textbox", { name: `Partitions of ${topic}` });
  await expect(list).toBeFocused();
  await page.keyboard.type("0,2-1");
  await expect(list).toHaveAttribute("aria-invalid", "true");
  await list.fill("0,2");
  await expect(headline(page)).toHaveText("Skips 10 messages never processed.");
  await withChangeLog(page);
  await apply(page).click();
  await expect(page.getByRole("heading", { name: /^Moved 2.partitions/ })).toBeVisible();
  expect(await groups.committed(group)).toEqual({ [topic]: { 0: 10n, 1: 5n, 2: 10n } });
});

test("is done by keyboard alone", async ({ page, cluster, topics, groups }) => {
  const topic = await minutes(topics, anHourAgo());
  const group = groups.name("keys");
  await groups.commit(group, { [topic]: { 0: 5, 1: 5, 2: 5 } });
  await page.goto(resetOffsetsHref(cluster.name, group));
  await choice(page, /^Earliest/).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await expect(choice(page, /^Latest/)).toBeChecked();
  for (let press = 0; press < 4; press++) await page.keyboard.press("ArrowDown");
  await expect(choice(page, /^Shift by/)).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.type("-1");
  await expect(headline(page)).toHaveText("Replays 3 messages, skips none.");
  await apply(page).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: /^Moved 3.partitions/ })).toBeFocused();
  expect(await groups.committed(group)).toEqual({ [topic]: { 0: 4n, 1: 4n, 2: 4n } });
});

test("a group of many partitions is a table that renders what is in sight", async ({
  page,
  cluster,
  topics,
  groups,
}) => {
  const topic = await topics.create({ prefix: "many", partitions: 300, replicationFactor: 1 });
  const group = groups.name("many");
  await page.goto(resetOffsetsHref(cluster.name, group, { topics: topic, to: "latest" }));
  await expect(moves(page)).toHaveAttribute("aria-rowcount", "302");
  expect(await moves(page).getByRole("row").count()).toBeLessThan(100);
  // What stands beside the plan is above a table of so many screens.
  await expect(page.getByRole("heading", { name: "The same from a shell" })).toBeInViewport();
});

test("an undo that can't be had says why", async ({ page, cluster }) => {
  await page.goto(`/clusters/${cluster.name}/changes/000000000-000000000000/undo`);
  await expect(page.getByRole("heading", { name: "There is no such change." })).toBeVisible();
  await expectAccessible(page);
});

test("a group's offsets of one topic are deleted, and the group itself, each with a way back", async ({
  page,
  cluster,
  topics,
  groups,
}) => {
  const [kept, left] = [await minutes(topics, anHourAgo()), await minutes(topics, anHourAgo())];
  const group = groups.name("deleted");
  await groups.commit(group, { [kept]: { 0: 5 }, [left]: { 0: 5, 1: 6 } });
  await page.goto(resetOffsetsHref(cluster.name, group, { topics: kept, to: "latest" }));
  await withChangeLog(page);
  await page.getByRole("link", { name: "Cancel" }).click();

  await page.getByRole("button", { name: "Delete offsets" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Topic" }).click();
  await page.getByRole("option", { name: left }).click();
  await expect(dialog.getByRole("table", { name: "Offsets to delete" }).getByRole("row")).toHaveCount(3);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: `Delete offsets of ${left}` }).click();
  // The toast that offers it stays for a few seconds.
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page).toHaveURL(/\/undo$/);
  await expect(headline(page)).toHaveText(/^Gives 2.partitions back what they had; replays none\.$/);
  expect(await groups.committed(group)).toEqual({ [kept]: { 0: 5n } });
  await apply(page).click();
  await expect(page.getByRole("heading", { name: /^Moved 2.partitions/ })).toBeVisible();
  expect(await groups.committed(group)).toEqual({ [kept]: { 0: 5n }, [left]: { 0: 5n, 1: 6n } });

  await page.getByRole("link", { name: "Open the group" }).click();
  await page.getByRole("button", { name: "Delete group" }).click();
  const act = dialog.getByRole("button", { name: `Delete ${group}` });
  await expect(act).toBeDisabled();
  await dialog.getByRole("textbox").fill(group);
  await act.click();
  await expect(page).toHaveURL(/\/groups$/);
  expect(await groups.listed(group)).toBeNull();
});

test("is accessible in light and dark, and fits a phone", async ({ page, cluster, topics, groups }) => {
  const topic = await minutes(topics, anHourAgo());
  const group = groups.name("look");
  await groups.classicMember({ group, topics: [topic] });
  await groups.awaitCommitted(group, topic, { 0: 10, 1: 10, 2: 10 });
  const path = resetOffsetsHref(cluster.name, group, { to: "offset", offset: "4" });
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    await page.goto(path);
    await expect(headline(page)).toHaveText("Replays 18 messages, skips none.");
    await expect(page.getByRole("heading", { name: /^Waiting: 1.member/ })).toBeVisible();
    await expectAccessible(page);
  }
  for (const viewport of [{ width: 1024, height: 768 }, PHONE]) {
    await page.setViewportSize(viewport);
    await page.goto(path);
    await expect(headline(page)).toHaveText("Replays 18 messages, skips none.");
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  }
});
