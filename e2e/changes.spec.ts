import type { APIRequestContext, Page } from "@playwright/test";
import { expect, test } from "#e2e/support/other-clusters.ts";
import { expectAccessible, expectNoSidewaysScroll, PHONE, themes } from "#e2e/support/page-checks.ts";
import type { ChangeDetail, ChangeList, Recording } from "#lib/contracts/changes.ts";
import type { ResetResult } from "#lib/contracts/offset-resets.ts";

const table = (page: Page) => page.getByRole("table", { name: "Changes" });

/** Through the server, as the pages do it: a change needs the Origin of the page. */
async function post<T>(request: APIRequestContext, url: string, path: string, data: object = {}): Promise<T> {
  const response = await request.post(`${url}/api/clusters/${path}`, { data, headers: { Origin: url } });
  expect(response.status(), await response.text()).toBe(200);
  return response.json();
}

/** The cluster whose change log is there; others' changes in it are of other topics and groups. */
async function withLog(request: APIRequestContext, url: string): Promise<string> {
  await post<Recording>(request, url, "logged/change-log");
  return "logged";
}

test("there is no change log until somebody agrees; then what is done is on record, with who and when", async ({
  page,
  others,
  topics,
}) => {
  await page.goto(`${others.url}/clusters/unlogged/changes`);
  await expect(page.getByRole("heading", { name: "There is no change log yet." })).toBeVisible();
  await expect(page.getByText(/kafka-topics\.sh --create/)).toContainText("retention.ms=-1");
  const topic = topics.name("recorded");
  await page.goto(`${others.url}/clusters/unlogged/create-topic?name=${topic}`);
  await expect(page.getByText("This will not be recorded in the cluster.")).toBeVisible();
  await page.getByRole("button", { name: "Create the change log" }).click();
  await expect(page.getByText("This will be recorded.")).toBeVisible();
  await page.getByRole("button", { name: `Create ${topic}` }).click();
  await expect(page).toHaveURL(`${others.url}/clusters/unlogged/topics/${topic}`);

  await page.getByRole("link", { name: "Changes", exact: true }).click();
  await expect(table(page).getByRole("link")).toHaveText([`Created topic ${topic}`, "Created the change log"], {
    useInnerText: true,
  });
  await table(page)
    .getByRole("link", { name: `Created topic ${topic}` })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: `Created topic ${topic}` })).toBeVisible();
  await expect(
    page.getByText("It can’t be taken back: Only changes of committed offsets can be taken back."),
  ).toBeVisible();
  await expect(page.getByText("local", { exact: true })).toBeVisible();
  await expect(page.getByRole("treeitem").filter({ hasText: "partitions" }).first()).toBeVisible();
});

test("where a record is required, nothing can be done before there is a change log", async ({
  page,
  others,
  topics,
}) => {
  const topic = await topics.create({ prefix: "strict" });
  await page.goto(`${others.url}/clusters/strict/topics/${topic}`);
  await page.getByRole("button", { name: "Send a message" }).click();
  const panel = page.getByRole("dialog", { name: `Send a message to ${topic}` });
  await expect(panel.getByText("Without a change log this will be refused.")).toBeVisible();
  await expect(panel.getByRole("button", { name: /^Send to/ })).toBeDisabled();
  await panel.getByRole("button", { name: "Create the change log" }).click();
  await expect(panel.getByText("This will be recorded.")).toBeVisible();
  await panel.getByRole("textbox", { name: "Value" }).fill('"on record"');
  await panel.getByRole("button", { name: /^Send to/ }).click();
  await expect(panel.getByRole("list", { name: "Sent" }).getByRole("listitem")).toHaveCount(1);
  await page.goto(`${others.url}/clusters/strict/changes?topic=${topic}`);
  await expect(table(page).getByRole("link")).toHaveText(/^Sent a message to /, { useInnerText: true });
});

test("a reset is there by partition, before and after, with the way to its undo; filtered by its group", async ({
  page,
  request,
  others,
  topics,
  groups,
}) => {
  const cluster = await withLog(request, others.url);
  const topic = await topics.create({ prefix: "moved", partitions: 2 });
  await topics.send(
    topic,
    Array.from({ length: 20 }, (_, index) => ({ value: `${index}`, partition: index % 2 })),
  );
  const [group, other] = [groups.name("moved"), groups.name("moved-too")];
  for (const name of [group, other]) await groups.commit(name, { [topic]: { 0: 8 } });
  const move = (name: string) =>
    post<ResetResult>(request, others.url, `${cluster}/groups/${name}/offset-resets`, {
      moves: [
        { topic, partition: 0, from: "8", to: "3" },
        { topic, partition: 1, from: null, to: "4" },
      ],
      target: "to what a test wants",
    });
  const { change } = await move(group);
  await move(other);

  await page.goto(`${others.url}/clusters/${cluster}/changes?group=${group}`);
  await expect(table(page).getByRole("link")).toHaveText([/^Moved 2\spartitions of /], { useInnerText: true });
  await table(page).getByRole("link").click();
  await expect(page).toHaveURL(`${others.url}/clusters/${cluster}/changes/${change}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(group);
  const partitions = page.getByRole("table", { name: "Partitions of the change" }).getByRole("row");
  await expect(partitions.nth(1)).toContainText(/-0\s*8\s*3\s*−5 read again\s*moved/);
  await expect(partitions.nth(2)).toContainText(/-1\s*no commit\s*4\s*first commit\s*moved/);
  await expect(page.getByRole("link", { name: "Plan its undo" })).toHaveAttribute(
    "href",
    `/clusters/${cluster}/changes/${change}/undo`,
  );
  await page.getByRole("link", { name: "its changes" }).first().click();
  await expect(page).toHaveURL(`${others.url}/clusters/${cluster}/changes?group=${group}`);
  await page.getByRole("button", { name: "Remove the filter by group" }).click();
  await expect(table(page).getByRole("link", { name: new RegExp(other) })).toBeVisible();
});

test("page by page, newest first; junk in the topic is counted and left out", async ({
  page,
  request,
  others,
  topics,
}) => {
  const cluster = await withLog(request, others.url);
  const topic = await topics.create({ prefix: "many", partitions: 1 });
  const send = (value: string) =>
    post(request, others.url, `${cluster}/topics/${topic}/messages`, { key: null, value });
  for (let batch = 0; batch < 11; batch += 1) {
    await Promise.all(Array.from({ length: 10 }, (_, index) => send(`${batch} ${index}`)));
  }
  const { recording } = (await (
    await request.get(`${others.url}/api/clusters/${cluster}/changes?limit=1`)
  ).json()) as ChangeList;
  await topics.send(recording.topic, [{ key: "junk", value: '{"id":"no change"}' }]);

  await page.goto(`${others.url}/clusters/${cluster}/changes?topic=${topic}`);
  await expect(page.getByText(/^\d+ records? in .* damaged or not Tailrace’s, and left out\.$/)).toBeVisible({
    timeout: 20_000,
  });
  await expect(table(page)).toHaveAttribute("aria-rowcount", "101");
  await page.getByRole("button", { name: "Older changes" }).click();
  await expect(table(page)).toHaveAttribute("aria-rowcount", "11");
  await expect(page).toHaveURL(/before=/);
  await page.getByRole("button", { name: "Newest changes" }).click();
  await expect(table(page)).toHaveAttribute("aria-rowcount", "101");
});

const nowhere = { topic: null, group: null, partition: null, broker: null };
const saved = { offset: "8", leaderEpoch: 3, metadata: "" };
const detail: ChangeDetail = {
  id: "mai3x9000-abcdef012345",
  action: "reset-offsets",
  actionText: "reset-offsets",
  target: { ...nowhere, group: "orders-billing" },
  actor: "local",
  requestId: "r-1",
  instance: "host:1",
  atMs: 1_795_248_000_000,
  state: "partial",
  endedAtMs: 1_795_248_000_300,
  failure: "Broker 2 did not answer.",
  partitionCount: 3,
  targetText: "to earliest",
  undoes: null,
  undoneBy: null,
  notUndoable: null,
  incomplete: false,
  partitions: [
    {
      topic: "orders",
      topicId: null,
      partition: 0,
      before: saved,
      after: { ...saved, offset: "0" },
      outcome: "moved",
      detail: null,
    },
    {
      topic: "orders",
      topicId: null,
      partition: 1,
      before: saved,
      after: saved,
      outcome: "failed",
      detail: "No answer within 5 s.",
    },
    { topic: "orders", topicId: null, partition: 2, before: saved, after: null, outcome: null, detail: null },
  ],
  before: null,
  after: null,
  outcome: null,
};

async function openChange(page: Page, rest: Partial<ChangeDetail>, url = "", cluster = "local"): Promise<void> {
  const change = { ...detail, ...rest };
  await page.route(`**/api/clusters/${cluster}/changes/${change.id}`, (route) => route.fulfill({ json: change }));
  await page.goto(`${url}/clusters/${cluster}/changes/${change.id}`);
}

test("a change without an outcome, in part, failed, damaged or taken back says so", async ({ page }) => {
  await openChange(page, {});
  await expect(page.getByText("It was done in part.")).toBeVisible();
  await expect(page.getByText("3 partitions, 2 of them not known to be moved")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "orders-1" })).toContainText("failed: No answer within 5 s.");
  await expect(page.getByRole("row").filter({ hasText: "orders-2" })).toContainText("commit removed");
  await page.unrouteAll();
  await openChange(page, { state: "intent", endedAtMs: null, failure: null, incomplete: true });
  await expect(page.getByText("No outcome is on record.", { exact: true })).toBeVisible();
  await expect(page.getByText("Parts of its record are missing.", { exact: true })).toBeVisible();
  await page.unrouteAll();
  await openChange(page, { state: "failed", failure: "The group has members.", notUndoable: "Nothing was changed." });
  await expect(page.getByText("It can’t be taken back: Nothing was changed.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Plan its undo" })).toBeHidden();
  await page.unrouteAll();
  await openChange(page, { state: "done", failure: null, undoneBy: "mai3x9001-abcdef012345" });
  await expect(page.getByRole("link", { name: "Open the change that did" })).toHaveAttribute(
    "href",
    "/clusters/local/changes/mai3x9001-abcdef012345",
  );
});

test("a change that isn't there", async ({ page, cluster }) => {
  await page.goto(`/clusters/${cluster.name}/changes/no-such-change`);
  await expect(page.getByRole("heading", { name: "There is no such change in this cluster." })).toBeVisible();
  await page.getByRole("link", { name: "All changes" }).click();
  await expect(page).toHaveURL(`/clusters/${cluster.name}/changes`);
});

for (const colorScheme of themes) {
  for (const size of [{ width: 1440, height: 900 }, PHONE]) {
    test(`accessible in ${colorScheme} at ${size.width} px, without sideways scroll`, async ({ page, cluster }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      const { partitions: _, before, after, outcome, ...change } = detail;
      const list: ChangeList = {
        recording: {
          audit: "best-effort",
          topic: "_tailrace_changes",
          state: "unwritable",
          detail: "Too few replicas.",
        },
        changes: [change, { ...change, id: "mai3x8999-abcdef012345", state: "intent" }],
        more: true,
        unreadable: 1,
        missing: [],
        observedAtMs: Date.now(),
      };
      await page.route(`**/api/clusters/${cluster.name}/changes?**`, (route) => route.fulfill({ json: list }));
      await page.goto(`/clusters/${cluster.name}/changes?group=orders-billing`);
      await expect(table(page).getByRole("link")).toHaveCount(2);
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
      await openChange(page, { after: '{"name":"orders","partitions":3}' });
      await expect(page.getByRole("table", { name: "Partitions of the change" })).toBeVisible();
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
    });
  }
}
