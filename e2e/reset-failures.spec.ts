import { expectAccessible } from "#e2e/support/page-checks.ts";
import { test } from "#e2e/support/reset-page.ts";
import { expect } from "#e2e/support/test.ts";
import type { ResetResult } from "#lib/contracts/offset-resets.ts";

test("a plan whose ground moved says which partition moved, and is made again on request only", async ({
  page,
  groups,
  reset,
  stoppedGroup,
}) => {
  const { topic, group } = await stoppedGroup("ground");
  await reset.open(group, { to: "earliest" });
  await expect(reset.headline).toHaveText("Replays 15 messages, skips none.");
  await groups.commit(group, { [topic]: { 1: 6 } });
  const outdated = page.getByRole("status").filter({ hasText: "The plan is outdated." });
  await expect(outdated).toContainText(`${topic}-1 moved since it was made`);
  await expect(reset.move(topic, 1)).toContainText("now at 6");
  await expect(reset.headline).toHaveText("Replays 15 messages, skips none.");
  await expect(reset.apply).toBeDisabled();
  await outdated.getByRole("button", { name: "Plan again" }).click();
  await expect(reset.headline).toHaveText("Replays 16 messages, skips none.");
  await expect(reset.apply).toBeEnabled();
});

test("a plan that is outdated without the page's knowing is refused by the server, and nothing is moved", async ({
  page,
  groups,
  reset,
  stoppedGroup,
}) => {
  const { topic, group } = await stoppedGroup("refused");
  await reset.open(group, { to: "earliest" });
  await expect(reset.apply).toBeEnabled();
  await page.route(`**/api/clusters/*/groups/${group}`, (route) => route.abort());
  await groups.commit(group, { [topic]: { 1: 6 } });
  await reset.apply.click();
  const refusal = page.getByRole("alert").filter({ hasText: "Nothing was moved: the plan is outdated." });
  await expect(refusal).toContainText(`${topic}-1`);
  await expect(refusal.getByRole("button", { name: "Plan again" })).toBeFocused();
  expect(await groups.committed(group)).toEqual({ [topic]: { 0: 5n, 1: 6n, 2: 5n } });
  await page.unroute(`**/api/clusters/*/groups/${group}`);
  await page.keyboard.press("Enter");
  await expect(reset.headline).toHaveText("Replays 16 messages, skips none.");
  await expect(reset.headline).toBeFocused();
  await expect(refusal).toBeHidden();
  await reset.apply.click();
  await expect(reset.moved(3)).toBeVisible();
});

test("an answer that is lost is not told as a refusal, and what moved meanwhile is seen", async ({
  page,
  groups,
  reset,
  stoppedGroup,
}) => {
  const { topic, group } = await stoppedGroup("lost-answer");
  await reset.open(group, { to: "earliest" });
  // As when the connection breaks after the server did it.
  await page.route(`**/groups/${group}/offset-resets`, async (route) => {
    await route.fetch();
    return route.abort();
  });
  await reset.apply.click();
  await expect(page.getByRole("alert").filter({ hasText: "It isn't known whether anything was moved." })).toBeVisible();
  await expect(page.getByText("Nothing was moved")).toHaveCount(0);
  await expect(page.getByRole("status").filter({ hasText: "The plan is outdated." })).toContainText(`${topic}-0`);
  await expect(reset.apply).toBeDisabled();
  expect(await groups.committed(group)).toEqual({ [topic]: { 0: 0n, 1: 0n, 2: 0n } });
});

test("what failed is told by partition, and a retry sends only that", async ({ page, groups, reset, stoppedGroup }) => {
  const { topic, group } = await stoppedGroup("partial");
  await reset.open(group, { to: "earliest" });
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
  await reset.apply.click();
  await expect(page.getByRole("heading", { name: /^Moved 1 of 3.partitions/ })).toBeFocused();
  await expect(reset.outcome(topic, 2)).toContainText("NOT_COORDINATOR");
  await expectAccessible(page);
  await page.getByRole("button", { name: /^Retry 2.partitions$/ }).click();
  await expect(reset.moved(3)).toBeVisible();
  expect(sent).toEqual([[0, 1, 2], [2]]);
  expect(await groups.committed(group)).toEqual({ [topic]: { 0: 0n, 1: 0n, 2: 0n } });
});
