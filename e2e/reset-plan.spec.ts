import { minutes, ResetPage, test } from "#e2e/support/reset-page.ts";
import { expect } from "#e2e/support/test.ts";

test("each target is planned from the form", async ({ page, reset, stoppedGroup }) => {
  const { topic, group, startMs } = await stoppedGroup("modes");
  await reset.open(group);
  await expect(reset.plan).toContainText("Choose where to.");
  const planned = (offsets: readonly string[]) => reset.expectNewOffsets(topic, offsets);

  await reset.choice(/^Earliest/).click();
  await planned(["0", "0", "0"]);
  await reset.choice(/^Latest/).click();
  await planned(["10", "10", "10"]);
  await expect(reset.headline).toHaveText("Skips 15 messages never processed.");

  await reset.choice("A point in time").click();
  const moment = page.getByRole("textbox", { name: "Point in time" });
  await moment.fill(new Date(startMs + 3 * 60_000).toISOString());
  await planned(["3", "3", "3"]);
  await moment.fill(String(startMs + 4 * 60_000));
  await planned(["4", "4", "4"]);
  await moment.fill("soon");
  await expect(moment).toHaveAttribute("aria-invalid", "true");
  await expect(reset.apply).toBeDisabled();
  await page.getByRole("button", { name: "Pick a point in time" }).click();
  await page.getByLabel("Date and time").fill(new Date(startMs + 120_000).toISOString().slice(0, 19));
  await page.keyboard.press("Escape");
  await expect(moment).toHaveValue(new Date(startMs + 120_000).toISOString());
  await planned(["2", "2", "2"]);

  await reset.choice("A duration back").click();
  await page.getByRole("textbox", { name: "Duration" }).fill("3 d");
  await planned(["0", "0", "0"]);
  await reset.choice("An offset").click();
  await page.getByRole("textbox", { name: "Offset", exact: true }).fill("9223372036854775807");
  await planned(["10", "10", "10"]);
  await expect(reset.move(topic, 0)).toContainText("high watermark: the target lies beyond it");
  await reset.choice(/^Shift by/).click();
  await page.getByRole("textbox", { name: "Messages to shift by" }).fill("−2");
  await planned(["3", "3", "3"]);
});

test("offsets are taken from another group, from lines and from a file, whose bad lines are told", async ({
  page,
  groups,
  reset,
  stoppedGroup,
}) => {
  const { topic, group } = await stoppedGroup("given");
  const other = groups.name("other");
  await groups.commit(other, { [topic]: { 0: 1, 1: 2 } });
  await reset.open(group);
  const planned = (offsets: readonly string[]) => reset.expectNewOffsets(topic, offsets);
  await reset.choice("Where another group is").click();
  await reset.pick("The other group", other);
  await planned(["1", "2", "5"]);
  await expect(reset.move(topic, 2)).toContainText("stays");

  await reset.choice(/^From a file/).click();
  await page.getByRole("textbox", { name: "Or paste its lines" }).fill(`${topic},0,4\nnonsense\n${topic},9,1`);
  await planned(["4", "5", "5"]);
  await expect(reset.plan).toContainText(/2.lines can't be used and are left out/);
  await expect(reset.plan).toContainText("Line 2: ");
  await expect(reset.plan).toContainText("Line 3: ");
  await page
    .getByLabel("File with offsets")
    .setInputFiles({ name: "offsets.csv", mimeType: "text/csv", buffer: Buffer.from(`${topic},1,8\n`) });
  await planned(["5", "8", "5"]);
  expect(page.url()).not.toContain("offsets.csv");
});

test("skips are red, told with where they are, and one click keeps them", async ({ page, reset, stoppedGroup }) => {
  const { topic, group, startMs } = await stoppedGroup("skips", { 0: 9, 1: 2, 2: 8 });
  const at = new Date(startMs + 6 * 60_000).toISOString();
  await reset.open(group, { to: "timestamp", at });
  await expect(reset.headline).toHaveText("Replays 5 messages, skips 4 never processed.");
  await expect(reset.plan).toContainText(`Skips are all on ${topic}-1`);
  await page.getByRole("button", { name: `keep ${topic}-1 where it is` }).click();
  await expect(reset.headline).toHaveText("Replays 5 messages, skips none.");
  await expect(reset.move(topic, 1)).toContainText("set by hand");
  await page.getByRole("button", { name: "Back to the plan without" }).click();
  await expect(reset.headline).toHaveText("Replays 5 messages, skips 4 never processed.");
  await page.getByRole("button", { name: /^choose / }).click();
  await expect(reset.headline).toHaveText("Replays 13 messages, skips none.");
  await expect(page.getByRole("textbox", { name: "Point in time" })).toHaveValue(
    new Date(startMs + 2 * 60_000).toISOString(),
  );
});

test("one partition is set by hand in the plan's table, and a link brings all of it back", async ({
  page,
  cluster,
  groups,
  browser,
  reset,
  stoppedGroup,
}) => {
  const { topic, group } = await stoppedGroup("by-hand");
  await reset.open(group, { to: "earliest" });
  const pencil = page.getByRole("button", { name: `Change the new offset of ${topic}-1` });
  await pencil.click();
  const offset = page.getByRole("dialog").getByRole("textbox", { name: "Offset" });
  await offset.fill("4");
  await page.keyboard.press("Enter");
  await expect(reset.headline).toHaveText("Replays 11 messages, skips none.");
  await expect(pencil).toBeFocused();
  await expect(reset.plan).toContainText("--from-file offsets.csv");
  await expect(page).toHaveURL(/edits=/);

  const second = await browser.newPage();
  await second.goto(page.url());
  await expect(new ResetPage(second, cluster.name).headline).toHaveText("Replays 11 messages, skips none.");
  await second.close();
  await reset.apply.click();
  await expect(reset.moved(3)).toBeVisible();
  expect(await groups.committed(group)).toEqual({ [topic]: { 0: 0n, 1: 4n, 2: 0n } });
});

test("chosen partitions only are moved", async ({ page, groups, reset, stoppedGroup }) => {
  const { topic, group } = await stoppedGroup("chosen");
  await reset.open(group, { to: "latest" });
  await reset.choice("Chosen partitions").click();
  await reset.pick("Add a topic to choose its partitions", topic);
  const list = page.getByRole("textbox", { name: `Partitions of ${topic}` });
  await expect(list).toBeFocused();
  await page.keyboard.type("0,2-1");
  await expect(list).toHaveAttribute("aria-invalid", "true");
  await list.fill("0,2");
  await expect(reset.headline).toHaveText("Skips 10 messages never processed.");
  await reset.withChangeLog();
  await reset.apply.click();
  await expect(reset.moved(2)).toBeVisible();
  expect(await groups.committed(group)).toEqual({ [topic]: { 0: 10n, 1: 5n, 2: 10n } });
});

test("a group that doesn't exist yet is planned, and made by the move", async ({ page, topics, groups, reset }) => {
  const topic = await minutes(topics);
  const group = groups.name("newborn", " a/b ..");
  await reset.open(group);
  await expect(page.getByText("doesn't exist yet")).toBeVisible();
  await reset.pick("Add a topic", topic);
  await reset.choice("An offset").click();
  await page.getByRole("textbox", { name: "Offset", exact: true }).fill("4");
  await expect(reset.headline).toHaveText("Skips 12 messages never processed.");
  await reset.withChangeLog();
  await expect(reset.plan).toContainText(`${group} doesn't exist yet. Moving its offsets makes it`);
  await reset.apply.click();
  await expect(reset.moved(3)).toBeVisible();
  expect(await groups.committed(group)).toEqual({ [topic]: { 0: 4n, 1: 4n, 2: 4n } });
});

test("a group of many partitions is a table that renders what is in sight", async ({ page, topics, groups, reset }) => {
  const topic = await topics.create({ prefix: "many", partitions: 300, replicationFactor: 1 });
  const group = groups.name("many");
  await reset.open(group, { topics: topic, to: "latest" });
  await expect(reset.moves).toHaveAttribute("aria-rowcount", "302");
  expect(await reset.moves.getByRole("row").count()).toBeLessThan(100);
  // What stands beside the plan is above a table of so many screens.
  await expect(page.getByRole("heading", { name: "The same from a shell" })).toBeInViewport();
});
