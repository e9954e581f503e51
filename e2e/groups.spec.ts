import type { Page } from "@playwright/test";
import { groupSummary, groupVerdict } from "#components/groups/list/group-summary.fixture.ts";
import { complaintsOf, expectAccessible, expectNoSidewaysScroll, PHONE, themes } from "#e2e/support/page-checks.ts";
import { expect, test } from "#e2e/support/test.ts";
import type { GroupList } from "#lib/contracts/groups.ts";

const table = (page: Page) => page.getByRole("table", { name: "Groups" });
const link = (page: Page, group: string) => table(page).getByRole("link", { name: group, exact: true });
const row = (page: Page, group: string) =>
  table(page)
    .getByRole("row")
    .filter({ has: page.getByRole("link", { name: group, exact: true }) });
const filter = (page: Page) => page.getByRole("searchbox", { name: "Filter by name" });

async function choose(page: Page, name: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name, exact: true }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

/** The list as this test has it, on a page whose document came without data. */
async function openWith(page: Page, cluster: string, list: Partial<GroupList>): Promise<void> {
  await page.route(`**/api/clusters/${cluster}/groups`, (route) =>
    route.fulfill({
      json: { groups: [], observedSinceMs: Date.now() - 3_600_000, missing: [], observedAtMs: Date.now(), ...list },
    }),
  );
  await page.goto(`/clusters/${cluster}/brokers`);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Groups", exact: true }).click();
  await expect(page.getByRole("heading", { name: /^Groups/ })).toBeVisible();
}

test("running, empty and odd groups with their lag, as Kafka has them", async ({ page, cluster, topics, groups }) => {
  const complaints = complaintsOf(page);
  const topic = await topics.create({ prefix: "lagging", partitions: 2 });
  const messages = Array.from({ length: 10 }, (_, index) => ({ value: `${index}`, partition: index % 2 }));
  await topics.send(topic, messages);
  const running = groups.name("list-running");
  const empty = groups.name("list-empty");
  const odd = groups.name("list", "/ ..");
  await groups.classicMember({ group: running, topics: [topic] });
  await groups.awaitCommitted(running, topic, { 0: 5, 1: 5 });
  await groups.commit(empty, { [topic]: { 0: 1, 1: 3 } });
  await groups.commit(odd, { [topic]: { 0: 5 } });

  await page.goto(`/clusters/${cluster.name}/groups?q=list`);
  await expect(row(page, running)).toContainText("Stable");
  await expect(row(page, running).getByRole("cell").nth(4)).toHaveText("1");
  await expect(row(page, running).getByRole("cell").nth(6)).toHaveText("0");
  await expect(row(page, empty)).toContainText("Empty");
  await expect(row(page, empty)).toContainText(topic);
  await expect(row(page, empty).getByRole("cell").nth(6)).toHaveText("6");
  await expect(row(page, odd)).toBeVisible();

  await topics.send(topic, messages);
  await expect(row(page, empty).getByRole("cell").nth(6)).toHaveText("16", { timeout: 15_000 });

  await link(page, odd).click();
  await expect(page.getByRole("heading", { level: 1, name: odd })).toBeVisible();
  expect(complaints).toEqual([]);
});

test("a partition that is assigned and was never committed counts in full, and is marked", async ({
  page,
  cluster,
  topics,
  groups,
}) => {
  const topic = await topics.create({ prefix: "uncommitted", partitions: 1 });
  const group = groups.name("uncommitted");
  await topics.send(topic, [{ value: "1" }, { value: "2" }, { value: "3" }]);
  await groups.nextGenMember({ group, topics: [topic], commit: false });
  await page.goto(`/clusters/${cluster.name}/groups?q=${group}`);
  await expect(row(page, group).getByRole("cell").nth(6)).toHaveText("1 partition without a commit, 3");
});

test("a link lists what its filter says, and typing changes the link", async ({ page, cluster, topics, groups }) => {
  const topic = await topics.create({ prefix: "filtered" });
  const [one, other] = [groups.name("pick-one"), groups.name("pick-other")];
  await groups.commit(one, { [topic]: { 0: 0 } });
  await groups.commit(other, { [topic]: { 0: 0 } });
  await page.goto(`/clusters/${cluster.name}/groups?q=${one}`);
  await expect(row(page, one)).toBeVisible();
  await expect(page.getByText(/^1 of \d+ groups/)).toBeVisible();
  await filter(page).fill(other);
  await expect(row(page, other)).toBeVisible();
  await expect(row(page, one)).toBeHidden();
  await expect(page).toHaveURL(new RegExp(`q=${other}`));
  await filter(page).fill(`/^pick-(one|none)-${one.slice("pick-one-".length)}$/`);
  await expect(row(page, one)).toBeVisible();
  await expect(row(page, other)).toBeHidden();

  await choose(page, "State", "Stable");
  await expect(page.getByRole("heading", { name: /^No group matches .*, with state Stable\.$/ })).toBeVisible();
  await expect(page).toHaveURL(/state=stable/);
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page).toHaveURL(`/clusters/${cluster.name}/groups`);
  await filter(page).fill("/or(/");
  await expect(page.getByRole("heading", { name: /is not a regular expression/ })).toBeVisible();
});

test("worst first; filtered by verdict, state and type; sorted by a head, all in the link", async ({
  page,
  cluster,
}) => {
  const verdicts = [groupVerdict("stuck")];
  await openWith(page, cluster.name, {
    groups: [
      groupSummary({ group: "healthy-and-far-behind", lag: "9000000000000000000" }),
      groupSummary({ group: "stuck-one", verdicts, lag: "12", lagUnread: 1 }),
      groupSummary({ group: "left-alone", state: "empty", verdicts: [groupVerdict("abandoned", "warning")] }),
      groupSummary({ group: "shared", type: "share", lag: null, timeLag: null, trend: null, memberCount: null }),
    ],
  });
  const names = table(page).getByRole("link");
  await expect(names).toHaveText(["stuck-one", "left-alone", "healthy-and-far-behind", "shared"]);
  await expect(row(page, "stuck-one").getByRole("cell").nth(6)).toHaveText(/at least 12$/);
  await expect(row(page, "shared").getByRole("cell").nth(6)).toContainText("unknown");

  await table(page).getByRole("button", { name: "Lag", exact: true }).click();
  await expect(names.first()).toHaveText("healthy-and-far-behind");
  await expect(names.last()).toHaveText("shared");
  await expect(page).toHaveURL(/sort=-lag/);

  await choose(page, "Verdict", "stuck or abandoned");
  await expect(names).toHaveText(["left-alone", "stuck-one"].toReversed());
  await expect(page).toHaveURL(/verdict=stuck-or-abandoned/);
  await choose(page, "Verdict", "any");
  await choose(page, "Type", "share");
  await expect(names).toHaveText(["shared"]);
});

test("10,000 groups: found as one types, and only those in sight are drawn", async ({ page, cluster }) => {
  const many = Array.from({ length: 10_000 }, (_, index) => groupSummary({ group: `group-${index}`, lag: `${index}` }));
  await openWith(page, cluster.name, { groups: many });
  await expect(page.getByText("10,000 of 10,000 groups")).toBeVisible();
  await expect(table(page).getByRole("link").first()).toHaveText("group-9999");
  expect(await table(page).getByRole("row").count()).toBeLessThan(100);
  await filter(page).fill("4711");
  await expect(table(page).getByRole("link")).toHaveText(["group-4711"]);
});

test("from the keyboard alone: filter, walk the rows, open one, come back to the same list", async ({
  page,
  cluster,
  topics,
  groups,
}) => {
  const topic = await topics.create({ prefix: "keys" });
  const names = [groups.name("walk"), groups.name("walk"), groups.name("walk")];
  for (const name of names) await groups.commit(name, { [topic]: { 0: 0 } });
  await page.goto(`/clusters/${cluster.name}/groups`);
  await expect(table(page).getByRole("link").first()).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("walk-");
  await expect(page.getByText(/^3 of \d+ groups/)).toBeVisible();
  await page.getByRole("button", { name: "Time lag" }).focus();
  await page.keyboard.press("Tab");
  const links = table(page).getByRole("link");
  await expect(links.nth(0)).toBeFocused();
  await page.keyboard.press("j");
  await expect(links.nth(1)).toBeFocused();
  const opened = await links.nth(1).textContent();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/clusters/${cluster.name}/groups/${opened}`);
  await page.goBack();
  await expect(filter(page)).toHaveValue("walk-");
});

test("a topic's tab names its groups, with their lag in it alone", async ({ page, cluster, topics, groups }) => {
  const [topic, elsewhere] = [await topics.create({ prefix: "read-by" }), await topics.create({ prefix: "read-by" })];
  for (const name of [topic, elsewhere]) {
    await topics.send(name, [
      { value: "1", partition: 0 },
      { value: "2", partition: 0 },
    ]);
  }
  const [both, other] = [groups.name("reads-both"), groups.name("reads-other")];
  await groups.commit(both, { [topic]: { 0: 1 }, [elsewhere]: { 0: 0 } });
  await groups.commit(other, { [elsewhere]: { 0: 0 } });
  await page.goto(`/clusters/${cluster.name}/topics/${topic}`);
  await page.getByRole("tab", { name: "Groups" }).click();
  await expect(page).toHaveURL(/tab=groups/);
  const ofTopic = page.getByRole("table", { name: `Groups of ${topic}` });
  const only = ofTopic.getByRole("row").filter({ hasText: both });
  await expect(only).toBeVisible({ timeout: 25_000 });
  await expect(only.getByRole("cell").nth(5)).toHaveText("1");
  await expect(ofTopic.getByRole("link", { name: other })).toBeHidden();
  await ofTopic.getByRole("link", { name: both }).click();
  await expect(page).toHaveURL(`/clusters/${cluster.name}/groups/${both}`);
});

test("the palette opens a group by a part of its name", async ({ page, cluster, topics, groups }) => {
  const topic = await topics.create({ prefix: "palette" });
  const group = groups.name("found-by-palette");
  await groups.commit(group, { [topic]: { 0: 0 } });
  await page.goto(`/clusters/${cluster.name}`);
  await page.keyboard.press("Control+k");
  await page.keyboard.type(group.slice("found-by-".length));
  await expect(page.getByRole("option", { name: group })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/clusters/${cluster.name}/groups/${group}`);
});

test("the overview's vital sign leads to the stuck and abandoned groups", async ({ page, cluster }) => {
  await page.goto(`/clusters/${cluster.name}`);
  const sign = page.getByRole("region", { name: "Vital signs" }).getByRole("link", { name: /^Stuck or abandoned/ });
  await sign.click();
  await expect(page).toHaveURL(`/clusters/${cluster.name}/groups?verdict=stuck-or-abandoned`);
  await expect(page.getByRole("combobox", { name: "Verdict", exact: true })).toContainText("stuck or abandoned");
});

test("no groups, and a coordinator that doesn't answer, are told apart", async ({ page, cluster }) => {
  await openWith(page, cluster.name, {});
  await expect(page.getByRole("heading", { name: "This cluster has no groups." })).toBeVisible();
  await page.unroute(`**/api/clusters/${cluster.name}/groups`);
  const missing = [
    { part: "groups of coordinator 2", code: "broker-unreachable", detail: "Broker 2 does not answer." },
  ];
  await openWith(page, cluster.name, { groups: [groupSummary({ group: "told-by-others" })], missing });
  await expect(page.getByText("Missing here: groups of coordinator 2.")).toBeVisible();
  await expect(row(page, "told-by-others")).toBeVisible();
});

test("a refresh that fails keeps the rows, and says how old they are", async ({ page, cluster, topics, groups }) => {
  const topic = await topics.create({ prefix: "stale" });
  const group = groups.name("stale");
  await groups.commit(group, { [topic]: { 0: 0 } });
  await page.goto(`/clusters/${cluster.name}/groups?q=${group}`);
  await expect(row(page, group)).toBeVisible();
  await page.route(`**/api/clusters/${cluster.name}/groups`, (route) => route.abort());
  await expect(page.getByText(/^Stale: \d+\ss old\./)).toBeVisible({ timeout: 15_000 });
  await expect(row(page, group)).toBeVisible();
});

test("a first answer that is forbidden says so, with its code and what to do", async ({ page, cluster }) => {
  await page.route(`**/api/clusters/${cluster.name}/groups`, (route) =>
    route.fulfill({
      status: 403,
      contentType: "application/problem+json",
      body: JSON.stringify({
        type: "/problems/kafka-forbidden",
        code: "kafka-forbidden",
        title: "t",
        status: 403,
        detail: "viewer may not describe groups.",
        requestId: "r-1",
      }),
    }),
  );
  await page.goto(`/clusters/${cluster.name}/brokers`);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Groups", exact: true }).click();
  const alert = page.getByRole("alert").filter({ hasText: "viewer may not describe groups." });
  await expect(alert.getByRole("link", { name: "kafka-forbidden" })).toBeVisible();
  await page.unroute(`**/api/clusters/${cluster.name}/groups`);
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(table(page)).toBeVisible();
});

for (const colorScheme of themes) {
  for (const size of [{ width: 1440, height: 900 }, PHONE]) {
    test(`accessible in ${colorScheme} at ${size.width} px, without sideways scroll`, async ({ page, cluster }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      await openWith(page, cluster.name, {
        groups: [
          groupSummary({ group: "a-name-that-is-long-enough-to-be-cut-on-a-phone", verdicts: [groupVerdict("stuck")] }),
          groupSummary({ group: "grows", state: "empty", trend: { points: [1], highest: "1", direction: "growing" } }),
          groupSummary({ group: "rebalances", state: "reconciling", uncommitted: 2, lagUnread: 1 }),
          groupSummary({ group: "remark", verdicts: [groupVerdict("idle-members", "info")] }),
        ],
      });
      await expect(row(page, "grows")).toBeVisible();
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
    });
  }
}
