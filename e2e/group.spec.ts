import type { Page } from "@playwright/test";
import { groupOf, memberOf, partitionOf, verdictOf } from "#components/groups/detail/group.fixture.ts";
import { complaintsOf, expectAccessible, expectNoSidewaysScroll, PHONE, themes } from "#e2e/support/page-checks.ts";
import { expect, test } from "#e2e/support/test.ts";
import type { GroupDetail, GroupLag } from "#lib/contracts/groups.ts";
import { groupHref } from "#lib/hrefs.ts";
import { deleteBefore } from "#scripts/testing/delete-before.ts";

const lagTable = (page: Page, group: string) => page.getByRole("table", { name: `Lag of ${group} by partition` });
const lagRow = (page: Page, group: string, key: string) =>
  lagTable(page, group)
    .getByRole("row")
    .filter({ has: page.getByRole("button", { name: `${key}: all of it` }) });
const assignment = (page: Page) => page.getByRole("table", { name: "Assignment" });

/** Cells of a row of the lag table, in the order of those that have room in 1,280 px. */
const column = { member: 1, committed: 2, end: 3, lag: 4, eta: 10 };

const FIVE_EACH = Array.from({ length: 15 }, (_, index) => ({ value: `${index}`, partition: index % 3 }));

/** A group as this test has it: the server knows none of this name, so its page comes without data. */
async function openWith(page: Page, cluster: string, told: Partial<GroupDetail>, search = ""): Promise<string> {
  const group = groupOf({ group: "told", observedAtMs: Date.now(), ...told });
  const lag: GroupLag = {
    stepMs: 10_000,
    atMs: [20_000, 10_000, 0].map((ago) => Date.now() - ago),
    total: ["1", null, "30"],
    partitions: group.partitions
      .slice(0, 12)
      .map(({ topic, partition }) => ({ topic, partition, lag: ["1", null, "30"] })),
    omitted: Math.max(0, group.partitions.length - 12),
    observedSinceMs: Date.now() - 20_000,
    observedAtMs: Date.now(),
  };
  await page.route(`**/api/clusters/${cluster}/groups/${group.group}`, (route) => route.fulfill({ json: group }));
  await page.route(`**/api/clusters/${cluster}/groups/${group.group}/lag*`, (route) => route.fulfill({ json: lag }));
  await page.goto(`${groupHref(cluster, group.group)}${search}`);
  await expect(page.getByRole("heading", { level: 1, name: group.group })).toBeVisible();
  return group.group;
}

const stuck = {
  assignor: "range",
  members: [
    memberOf("m-1", {
      clientId: "billing-1",
      subscribedTopics: ["orders"],
      assigned: [{ topic: "orders", partitions: [0] }],
    }),
    memberOf("m-2", {
      clientId: "billing-2",
      subscribedTopics: ["orders"],
      assigned: [{ topic: "orders", partitions: [1] }],
    }),
    memberOf("m-3", {
      clientId: "billing-3",
      subscribedTopics: ["orders"],
      idleBecause: "3 members share 2 partitions, and a partition is given to one member only.",
    }),
  ],
  partitions: [
    partitionOf("orders", 0, { memberId: "m-1", lag: "14", committedMetadata: "shard=eu" }),
    partitionOf("orders", 1, {
      memberId: "m-2",
      committedOffset: "48059213",
      highWatermark: "48077655",
      lag: "18442",
      stableLag: "18000",
      timeLag: { ms: 252_000, how: "exact", atLeast: false },
      producedPerSecond: 73,
      eta: { kind: "never" },
    }),
  ],
  lag: "18456",
  verdicts: [
    verdictOf({
      evidence: ["It has not committed on ", { topic: "orders", partition: 1 }, " for 4 min 12 s."],
      advice: ["Restart billing-2."],
      partitions: [{ topic: "orders", partition: 1 }],
      memberId: "m-2",
      sinceMs: Date.now() - 252_000,
    }),
  ],
} satisfies Partial<GroupDetail>;

test("lag by partition, with what was never committed and what was deleted unread", async ({
  page,
  cluster,
  topics,
  groups,
}) => {
  const complaints = complaintsOf(page);
  const topic = await topics.create({ prefix: "one-group" });
  await topics.send(topic, FIVE_EACH);
  const group = groups.name("one");
  await groups.commit(group, { [topic]: { 0: 2, 1: 1 } });
  const admin = topics.kafka.admin();
  await admin.connect();
  await deleteBefore(admin, topic, 1, "4");
  await groups.commit(group, { [topic]: { 1: 1 } });
  await admin.disconnect();

  await page.goto(groupHref(cluster.name, group));
  const cellsOf = (partition: number) => lagRow(page, group, `${topic}-${partition}`).getByRole("cell");
  await expect(cellsOf(0).nth(column.committed)).toHaveText("2");
  await expect(cellsOf(0).nth(column.lag)).toHaveText("3");
  await expect(cellsOf(1).nth(column.lag)).toHaveText("4");
  await expect(lagRow(page, group, `${topic}-1`)).toContainText("3 lost");
  await expect(page.getByText(/3\smessages lost to the group/)).toBeVisible();
  // Nothing is known of a partition that the group neither committed nor holds.
  await expect(lagTable(page, group).getByRole("row")).toHaveCount(4);
  await expect(page.getByText("Nobody is in this group.")).toBeVisible();

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export CSV" }).click();
  const stream = await (await download).createReadStream();
  const csv = (await stream.toArray()).join("");
  expect(
    csv
      .trim()
      .split(/\r?\n/)
      .map((line) => line.replaceAll('"', "")),
  ).toEqual([`${topic},0,2`, `${topic},1,1`]);

  await page.getByRole("button", { name: "Command line" }).click();
  await expect(page.getByRole("dialog")).toContainText(`--group ${group}`);
  await expectAccessible(page);
  expect(complaints).toEqual([]);
});

test("who is in a group, who idles and why, and how it would be with others", async ({
  page,
  cluster,
  topics,
  groups,
}) => {
  const topic = await topics.create({ prefix: "assigned", partitions: 2 });
  await topics.send(topic, [{ value: "first", partition: 0 }]);
  const group = groups.name("assigned");
  await Promise.all(
    ["worker-1", "worker-2", "worker-3"].map((clientId) => groups.classicMember({ group, topics: [topic], clientId })),
  );
  await groups.awaitMemberCount(group, 3);
  await page.goto(groupHref(cluster.name, group));

  await expect(assignment(page).getByRole("row", { name: /^worker-/ })).toHaveCount(3);
  await expect(assignment(page).getByText(/^idle · 3 members share 2 partitions/)).toBeVisible();
  const facts = page.getByLabel(`Facts of ${group}`);
  await expect(facts).toContainText("classic");
  await expect(facts).toContainText("RoundRobinAssigner");

  const open = assignment(page).getByRole("button", { name: /^worker-2 on / });
  await open.press("Enter");
  const dialog = page.getByRole("dialog", { name: "worker-2" });
  await expect(dialog).toContainText("worker-2-");
  await expect(dialog).toContainText(topic);
  await expect(dialog.getByRole("button", { name: "Close" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(open).toBeFocused();

  await page.getByRole("textbox", { name: "Members" }).fill("5");
  await page.keyboard.press("Tab");
  await expect(page.getByText(/^2\smembers get 1\spartition each, 3 get none\./)).toBeVisible();
  await expect(page).toHaveURL(/with=5/);

  await page
    .getByRole("region", { name: "Members and assignment" })
    .getByRole("button", { name: "As a table" })
    .click();
  await expect(page).toHaveURL(/members=table/);
  await expect(page.getByRole("table", { name: `Members of ${group}` }).getByRole("row")).toHaveCount(4);
});

test("a group of KIP-848 says so; its lag moves with its producers, its address says what is looked at", async ({
  page,
  cluster,
  topics,
  groups,
}) => {
  const [orders, payments] = [
    await topics.create({ prefix: "two-orders", partitions: 1 }),
    await topics.create({ prefix: "two-payments", partitions: 1 }),
  ];
  for (const topic of [orders, payments]) await topics.send(topic, [{ value: "first" }]);
  const group = groups.name("next");
  await groups.nextGenMember({ group, topics: [orders, payments] });
  await groups.awaitCommitted(group, orders, { 0: 1 });
  await page.goto(groupHref(cluster.name, group));
  const facts = page.getByLabel(`Facts of ${group}`);
  await expect(facts).toContainText("KIP-848");
  await expect(facts).toContainText("Group epoch");
  const cells = lagRow(page, group, `${orders}-0`).getByRole("cell");
  await expect(cells.nth(column.committed)).toHaveText("1");
  await topics.send(orders, [{ value: "second" }]);
  await expect(cells.nth(column.committed)).toHaveText("2");

  await page.getByRole("combobox", { name: "Topic" }).click();
  await page.getByRole("option", { name: payments }).click();
  await expect(page).toHaveURL(new RegExp(`topic=${payments}`));
  await expect(lagTable(page, group).getByRole("row")).toHaveCount(3);
  await page.getByRole("radio", { name: "to last stable offset" }).click();
  await expect(page).toHaveURL(/to=last-stable/);
  await expect(lagTable(page, group).getByRole("columnheader", { name: "Last stable" })).toBeVisible();

  // The server samples every ten seconds.
  const history = page.getByRole("region", { name: /^Lag, last 5\sminutes/ });
  await expect(history).toBeVisible({ timeout: 30_000 });
  await expect(history.getByText(/observed since \d\d:\d\d UTC/)).toBeVisible();
  await history.getByRole("radio", { name: "total" }).click();
  await history.getByRole("button", { name: "As a table" }).click();
  await expect(page).toHaveURL(/history=table/);
  await page.reload();
  await expect(page.getByRole("table", { name: "Lag in all" }).getByRole("row").nth(1)).toBeVisible();
  await expect(lagTable(page, group).getByRole("row")).toHaveCount(3);
});

test("a group that vanishes says so; one that never was, too", async ({ page, cluster, topics, groups }) => {
  const topic = await topics.create({ prefix: "vanishing", partitions: 1 });
  const group = groups.name("vanishing", "a/b ..");
  await groups.commit(group, { [topic]: { 0: 0 } });
  await page.goto(groupHref(cluster.name, group));
  await expect(page.getByRole("heading", { level: 1, name: group })).toBeVisible();
  await expect(lagRow(page, group, `${topic}-0`)).toBeVisible();
  const admin = topics.kafka.admin();
  await admin.connect();
  await admin.deleteGroups([group]);
  await admin.disconnect();
  await expect(page.getByRole("heading", { name: `The group ${group} is gone.` })).toBeVisible();
  await expectAccessible(page);

  const never = groups.name("never-was");
  await page.goto(groupHref(cluster.name, never));
  await expect(page.getByRole("heading", { name: `There is no group ${never}.` })).toBeVisible();
  await expect(page.getByRole("link", { name: "All groups" })).toBeVisible();
});

test("a verdict comes first, with its evidence and the message it is about; its partition and member are marked", async ({
  page,
  cluster,
}) => {
  const group = await openWith(page, cluster.name, stuck);
  const odd = page.getByRole("list", { name: "What is odd about this group" });
  await expect(odd).toContainText("It has not committed on orders-1 for 4 min 12 s.");
  await expect(odd.getByRole("link", { name: "Read that message" })).toHaveAttribute(
    "href",
    `/clusters/${cluster.name}/topics/orders/partitions/1/offsets/48059213`,
  );
  const row = lagRow(page, group, "orders-1");
  await expect(row).toContainText("never at this rate");
  await expect(row.getByRole("cell").nth(column.lag)).toHaveText("18,442");

  const open = page.getByRole("button", { name: "orders-0: all of it" });
  await open.press("Enter");
  const dialog = page.getByRole("dialog", { name: "orders-0" });
  await expect(dialog).toContainText("shard=eu");
  await expect(dialog.getByRole("button", { name: "Close" })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(open).toBeFocused();

  await page.getByRole("radio", { name: "to last stable offset" }).click();
  await expect(row.getByRole("cell").nth(column.lag)).toHaveText("18,000");
});

test("hundreds of partitions and members: bounded in the document, told in full", async ({ page, cluster }) => {
  const members = Array.from({ length: 300 }, (_, index) =>
    memberOf(`m-${index}`, {
      clientId: `worker-${index}`,
      subscribedTopics: ["clicks"],
      assigned: [{ topic: "clicks", partitions: [index * 2, index * 2 + 1] }],
    }),
  );
  const partitions = Array.from({ length: 600 }, (_, partition) =>
    partitionOf("clicks", partition, { memberId: `m-${Math.floor(partition / 2)}`, lag: String(partition) }),
  );
  const group = await openWith(page, cluster.name, { members, partitions, lag: "179700" });
  await expect(assignment(page).getByRole("row")).toHaveCount(25);
  await expect(page.getByText(/^and 276\smore members/)).toBeVisible();
  expect(await page.locator("*").count()).toBeLessThan(4_000);

  await lagTable(page, group).getByRole("button", { name: "Lag", exact: true }).click();
  await expect(lagTable(page, group).getByRole("row").nth(1)).toContainText("clicks-599");
  await expect(lagTable(page, group).getByRole("row").last()).toContainText("179,700");

  await page.getByRole("button", { name: "all as a table" }).click();
  await expect(page.getByRole("table", { name: `Members of ${group}` })).toHaveAttribute("aria-rowcount", "301");
  await expectAccessible(page);
});

test("what can't be read of a share group is said, with the command that can", async ({ page, cluster }) => {
  const command = "kafka-share-groups.sh --describe --group told --offsets";
  const unread = { detail: "A share group commits no offsets.", command };
  const members = [memberOf("m-1", { clientId: "sharer", assigned: [{ topic: "orders", partitions: [0, 1] }] })];
  await openWith(page, cluster.name, { type: "share", assignor: "simple", lag: null, members, unread });
  await expect(page.getByText(command)).toBeVisible();
  await expect(page.getByRole("table", { name: "Members of told" }).getByRole("row").nth(1)).toContainText(
    "orders 0,1",
  );
  await expect(page.getByLabel("Facts of told")).toContainText("unknown");
  await expect(page.getByRole("heading", { name: "Lag by partition" })).toBeHidden();
});

test("a coordinator that is away keeps what was read, and says how old it is", async ({ page, cluster }) => {
  const group = await openWith(page, cluster.name, stuck);
  await expect(lagRow(page, group, "orders-1")).toBeVisible();
  const problem = {
    type: "/problems/broker-unreachable",
    code: "broker-unreachable",
    title: "A broker can't be reached",
    status: 503,
    detail: "The coordinator of group told is moving or loading.",
    requestId: "test",
  };
  await page.unroute(`**/api/clusters/${cluster.name}/groups/${group}`);
  await page.route(`**/api/clusters/${cluster.name}/groups/${group}`, (route) =>
    route.fulfill({ status: 503, contentType: "application/problem+json", json: problem }),
  );
  await expect(page.getByText(/^Stale: /)).toBeVisible();
  await expect(page.getByText("The coordinator of group told is moving or loading.")).toBeVisible();
  await expect(lagRow(page, group, "orders-1")).toBeVisible();
  await page.reload();
  await expect(page.getByText(`Group ${group} could not be read.`).first()).toBeVisible();
});

test("is accessible in light and dark, and fits a phone", async ({ page, cluster }) => {
  const searches = ["", "?history=table&members=table"];
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    for (const search of searches) {
      const group = await openWith(page, cluster.name, stuck, search);
      await expect(lagRow(page, group, "orders-1")).toBeVisible();
      await expect(page.getByRole("region", { name: /^Lag, last/ })).toBeVisible();
      await expectAccessible(page);
    }
  }
  await page.setViewportSize(PHONE);
  for (const search of searches) {
    const group = await openWith(page, cluster.name, stuck, search);
    await expect(lagRow(page, group, "orders-1")).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  }
});
