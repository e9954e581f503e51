import { expectAccessible, expectNoSidewaysScroll, PHONE, themes } from "#e2e/support/page-checks.ts";
import { minutes, test } from "#e2e/support/reset-page.ts";
import { expect } from "#e2e/support/test.ts";

test("a running group is refused with who is in it; stopped, it is moved by a click, its lag changes on screen, and undo takes it back", async ({
  page,
  topics,
  groups,
  reset,
}) => {
  const topic = await minutes(topics);
  const group = groups.name("replayed");
  const member = await groups.classicMember({ group, topics: [topic], clientId: "billing-1" });
  await groups.awaitCommitted(group, topic, { 0: 10, 1: 10, 2: 10 });
  await reset.open(group, { to: "earliest" });
  await expect(reset.headline).toHaveText("Replays 30 messages, skips none.");
  const waiting = page.getByRole("region", { name: /^Waiting: 1.member is still in the group/ });
  await expect(waiting.getByRole("row").filter({ hasText: "billing-1" })).toContainText(`${topic} 0-2`);
  await expect(reset.apply).toBeDisabled();
  await reset.withChangeLog();

  await member.stop();
  await expect(page.getByText("The group is empty now. Nothing was moved.")).toBeVisible();
  expect(await groups.committed(group)).toEqual({ [topic]: { 0: 10n, 1: 10n, 2: 10n } });
  await expect(reset.apply).toBeEnabled();
  await reset.apply.click();

  const done = page.getByRole("heading", { name: new RegExp(`^Moved 3.partitions of ${group}`) });
  await expect(done).toBeFocused();
  expect(await groups.committed(group)).toEqual({ [topic]: { 0: 0n, 1: 0n, 2: 0n } });
  for (const partition of [0, 1, 2]) {
    const row = reset.outcome(topic, partition);
    await expect(row.getByRole("cell")).toHaveText([`${topic}-${partition}`, "10", "0", "moved", "10"]);
  }

  await page.getByRole("link", { name: "Undo" }).click();
  await expect(page).toHaveURL(/\/undo$/);
  await expect(reset.headline).toHaveText(/^Gives 3.partitions back what they had; replays none\.$/);
  await expect(page.getByRole("form", { name: "What to move and where" })).toHaveCount(0);
  await reset.apply.click();
  await expect(done).toBeVisible();
  expect(await groups.committed(group)).toEqual({ [topic]: { 0: 10n, 1: 10n, 2: 10n } });
});

test("a group of KIP-848 is refused while it runs, and moved once it stopped", async ({
  page,
  topics,
  groups,
  reset,
}) => {
  const topic = await minutes(topics);
  const group = groups.name("next-gen");
  const member = await groups.nextGenMember({ group, topics: [topic] });
  await groups.awaitCommitted(group, topic, { 0: 10, 1: 10, 2: 10 });
  await reset.open(group, { to: "shift", by: "-3" });
  await expect(reset.headline).toHaveText("Replays 9 messages, skips none.");
  await expect(page.getByRole("region", { name: "How to stop it" })).toContainText("group.consumer.session.timeout.ms");
  await expect(reset.apply).toBeDisabled();
  await member.stop();
  await reset.apply.click();
  await expect(reset.moved(3)).toBeVisible();
  expect(await groups.committed(group)).toEqual({ [topic]: { 0: 7n, 1: 7n, 2: 7n } });
});

test("a skip without a way back wants the group's name typed, and offers its offsets as a file first", async ({
  page,
  reset,
  stoppedGroup,
}) => {
  const { group } = await stoppedGroup("for-good");
  const missing = { audit: "best-effort", topic: "_tailrace_changes", state: "missing", detail: "There is none." };
  await page.route("**/change-log", (route) => route.fulfill({ json: missing }));
  await reset.open(group, { to: "latest" });
  await expect(page.getByText("Can't be undone from here: the present offsets are not recorded.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Export CSV" })).toHaveAttribute("href", /offsets\.csv$/);
  await expect(page.getByText("one partition, up to three replicas, kept for ever")).toBeVisible();
  await expect(reset.apply).toBeDisabled();
  await page.getByRole("textbox", { name: `Type ${group} to move it for good` }).fill(group);
  await expect(reset.apply).toBeEnabled();
  await expect(reset.apply).toHaveAccessibleDescription(/^Skips 15 messages never processed\./);
  await reset.choice(/^Earliest/).click();
  await expect(reset.headline).toHaveText("Replays 15 messages, skips none.");
  await expect(page.getByRole("textbox", { name: /^Type / })).toHaveCount(0);
  await expect(reset.apply).toBeEnabled();
});

test("is done by keyboard alone", async ({ page, groups, reset, stoppedGroup }) => {
  const { topic, group } = await stoppedGroup("keys");
  await reset.open(group);
  await reset.choice(/^Earliest/).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await expect(reset.choice(/^Latest/)).toBeChecked();
  for (let press = 0; press < 4; press++) await page.keyboard.press("ArrowDown");
  await expect(reset.choice(/^Shift by/)).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.type("-1");
  await expect(reset.headline).toHaveText("Replays 3 messages, skips none.");
  await reset.apply.focus();
  await page.keyboard.press("Enter");
  await expect(reset.moved(3)).toBeFocused();
  expect(await groups.committed(group)).toEqual({ [topic]: { 0: 4n, 1: 4n, 2: 4n } });
});

test("an undo that can't be had says why", async ({ page, cluster }) => {
  await page.goto(`/clusters/${cluster.name}/changes/000000000-000000000000/undo`);
  await expect(page.getByRole("heading", { name: "There is no such change." })).toBeVisible();
  await expectAccessible(page);
});

test("a group's offsets of one topic are deleted, and the group itself, each with a way back", async ({
  page,
  topics,
  groups,
  reset,
}) => {
  const [kept, left] = [await minutes(topics), await minutes(topics)];
  const group = groups.name("deleted");
  await groups.commit(group, { [kept]: { 0: 5 }, [left]: { 0: 5, 1: 6 } });
  await reset.open(group, { topics: kept, to: "latest" });
  await reset.withChangeLog();
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
  await expect(reset.headline).toHaveText(/^Gives 2.partitions back what they had; replays none\.$/);
  expect(await groups.committed(group)).toEqual({ [kept]: { 0: 5n } });
  await reset.apply.click();
  await expect(reset.moved(2)).toBeVisible();
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

test("is accessible in light and dark, and fits a phone", async ({ page, topics, groups, reset }) => {
  const topic = await minutes(topics);
  const group = groups.name("look");
  await groups.classicMember({ group, topics: [topic] });
  await groups.awaitCommitted(group, topic, { 0: 10, 1: 10, 2: 10 });
  const open = () => reset.open(group, { to: "offset", offset: "4" });
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    await open();
    await expect(reset.headline).toHaveText("Replays 18 messages, skips none.");
    await expect(page.getByRole("heading", { name: /^Waiting: 1.member/ })).toBeVisible();
    await expectAccessible(page);
  }
  for (const viewport of [{ width: 1024, height: 768 }, PHONE]) {
    await page.setViewportSize(viewport);
    await open();
    await expect(reset.headline).toHaveText("Replays 18 messages, skips none.");
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  }
});
