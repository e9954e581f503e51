import { complaintsOf, expectAccessible, expectNoSidewaysScroll, PHONE, themes } from "#e2e/support/page-checks.ts";
import { TailPage } from "#e2e/support/tail-page.ts";
import { test as baseTest, expect } from "#e2e/support/test.ts";
import type { TestTopics } from "#scripts/testing/test-topics.ts";

const test = baseTest.extend<{ readonly tail: TailPage }>({
  tail: async ({ page, cluster }, use) => use(new TailPage(page, cluster.name)),
});

/** Values `m-<from>` to `m-<to>`, which are found whole: m-1 is no part of m-10 here. */
function numbered(from: number, to: number): { key: string; value: string }[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    key: `k-${from + index}`,
    value: `<m-${from + index}>`,
  }));
}
const NUMBERED = /<m-\d+>/;
const names = (from: number, to: number) => numbered(from, to).map(({ value }) => value);

async function oneTopic(topics: TestTopics, prefix = "tailed"): Promise<string> {
  return topics.create({ prefix, partitions: 1, replicationFactor: 1 });
}

test("shows each message as it is written, once and in order, and counts them", async ({ tail, topics }) => {
  const topic = await oneTopic(topics);
  const complaints = complaintsOf(tail.page);
  await tail.openLive({ topics: topic });
  await expect(tail.page.getByRole("heading", { name: "Nothing has come yet." })).toBeVisible();
  for (let from = 0; from < 20; from += 5) await topics.send(topic, numbered(from, from + 4));
  await expect(tail.row("<m-19>")).toBeVisible();
  expect(await tail.values(NUMBERED)).toEqual(names(0, 19));
  await expect(tail.foot).toContainText("20 of 10,000 rows kept");
  expect(complaints).toEqual([]);
});

test("Space holds the list still; continuing shows what came meanwhile, without a gap", async ({ tail, topics }) => {
  const topic = await oneTopic(topics);
  await tail.openLive({ topics: topic });
  await topics.send(topic, numbered(0, 4));
  await expect(tail.row("<m-4>")).toBeVisible();
  await tail.page.keyboard.press("Space");
  await expect(tail.state).toHaveText("Paused· by you");
  await topics.send(topic, numbered(5, 9));
  await expect(tail.pill).toHaveText("5 newer");
  await expect(tail.row("<m-5>")).toBeHidden();
  await tail.page.keyboard.press("Space");
  await expect(tail.row("<m-9>")).toBeVisible();
  expect(await tail.values(NUMBERED)).toEqual(names(0, 9));
  await expect(tail.pill).toBeHidden();
});

test("scrolling up pauses, scrolling back to the end goes on", async ({ tail, topics }) => {
  const topic = await oneTopic(topics);
  await tail.openLive({ topics: topic });
  await topics.send(topic, numbered(0, 199));
  await expect(tail.row("<m-199>")).toBeVisible();
  await tail.list.hover();
  await tail.page.mouse.wheel(0, -1_500);
  await expect(tail.state).toContainText("you scrolled up");
  await topics.send(topic, numbered(200, 204));
  await expect(tail.pill).toHaveText("5 newer");
  await tail.page.mouse.wheel(0, 10_000);
  await expect(tail.state).toHaveText(/^Live/);
  await expect(tail.row("<m-204>")).toBeVisible();
});

test("a filter shows what matches of what came and of what comes, is in the address, and can be taken back", async ({
  tail,
  topics,
}) => {
  const topic = await oneTopic(topics);
  await tail.openLive({ topics: topic });
  await topics.send(topic, numbered(0, 9));
  await expect(tail.row("<m-9>")).toBeVisible();
  await tail.page.keyboard.press("/");
  await expect(tail.search).toBeFocused();
  await tail.page.keyboard.type("<M-3>");
  await expect(tail.row("<m-9>")).toBeHidden();
  await expect(tail.row("<m-3>")).toBeVisible();
  await expect(tail.page).toHaveURL(/contains=/);
  await topics.send(topic, [...numbered(10, 12), ...numbered(3, 3)]);
  await expect.poll(() => tail.values(NUMBERED)).toEqual(["<m-3>", "<m-3>"]);
  await tail.page.keyboard.press("Escape");
  await expect(tail.row("<m-12>")).toBeVisible();
  await expect(tail.page).not.toHaveURL(/contains=/);
});

test("a message opens beside the list and pauses it; the same address in another tab shows the same", async ({
  tail,
  topics,
  cluster,
  context,
}) => {
  const topic = await oneTopic(topics);
  await tail.openLive({ topics: topic, highlight: "needle" });
  await topics.send(topic, [{ key: "opened", value: '{"minor":9007199254740993,"text":"needle"}' }, ...numbered(0, 2)]);
  await tail.row("opened").click();
  await expect(tail.state).toHaveText("Paused· a message is open");
  await expect(tail.drawer).toContainText("9007199254740993");
  await expect(tail.page).toHaveURL(new RegExp(`open=${topic}-0(%40|@)0`));

  const other = new TailPage(await context.newPage(), cluster.name);
  await other.page.goto(tail.page.url());
  await expect(other.drawer).toContainText("9007199254740993");
  await expect(other.drawer.locator("mark", { hasText: "needle" }).first()).toBeVisible();
  await expect(other.state).toHaveText(/^Live/);
  await topics.send(topic, numbered(7, 7));
  await expect(other.row("<m-7>")).toBeVisible();
  await other.page.close();

  await tail.page.keyboard.press("j");
  await expect(tail.drawer).toContainText("<m-0>");
  await tail.page.keyboard.press("Escape");
  await expect(tail.drawer).toBeHidden();
  await expect(tail.page).not.toHaveURL(/open=/);
  await expect(tail.state).toHaveText("Paused· by you");
});

test("a selection holds the list, and says so for as long as it lasts; so does a press for a cell's menu", async ({
  tail,
  topics,
}) => {
  const topic = await oneTopic(topics, "selected");
  await tail.openLive({ topics: topic });
  await topics.send(topic, [{ key: "one", value: "a value that is long enough to be selected" }]);
  const value = tail.row("one").getByText("a value that is long");
  const box = await value.boundingBox();
  if (box === null) throw new Error("the value is not in sight");
  await tail.page.mouse.move(box.x + 4, box.y + box.height / 2);
  await tail.page.mouse.down();
  await tail.page.mouse.move(box.x + 80, box.y + box.height / 2, { steps: 4 });
  await tail.page.mouse.up();
  await expect(tail.state).toHaveText("Paused· you are selecting");
  await expect(tail.drawer).toBeHidden();
  await tail.foot.click();
  await expect(tail.state).toHaveText("Paused· by you");

  await tail.button("Continue").click();
  await expect(tail.state).toHaveText(/^Live/);
  await tail.row("one").getByText("one", { exact: true }).hover();
  await tail.row("one").getByRole("button", { name: "Filter by this key, or copy it" }).click();
  await expect(tail.page.getByRole("menu", { name: "This key" })).toBeVisible();
  await tail.page.keyboard.press("Escape");
  await expect(tail.page.getByRole("menu", { name: "This key" })).toBeHidden();
  await expect(tail.state).toHaveText("Paused· by you");
});

test("the same start chosen again begins again", async ({ tail, topics }) => {
  const topic = await oneTopic(topics, "again");
  await tail.openLive({ topics: topic });
  await topics.send(topic, numbered(0, 4));
  await expect(tail.row("<m-4>")).toBeVisible();
  await tail.button("From now").click();
  await tail.page.getByRole("button", { name: "now", exact: true }).click();
  await expect(tail.row("<m-4>")).toBeHidden();
  await expect(tail.page.getByRole("heading", { name: "Nothing has come yet." })).toBeVisible();
  await expect(tail.state).toHaveText(/^Live/);
  await topics.send(topic, numbered(5, 5));
  await expect(tail.row("<m-5>")).toBeVisible();
  expect(await tail.values(NUMBERED)).toEqual(names(5, 5));
});

test("a hidden tab rests after ten seconds and goes on without a gap when it is shown", async ({ tail, topics }) => {
  const topic = await oneTopic(topics);
  await tail.openLive({ topics: topic });
  await topics.send(topic, numbered(0, 4));
  await expect(tail.row("<m-4>")).toBeVisible();
  await tail.setHidden(true);
  await expect(tail.state).toHaveText("Resting· this tab is hidden", { timeout: 20_000 });
  await topics.send(topic, numbered(5, 9));
  await tail.setHidden(false);
  await expect(tail.row("<m-9>")).toBeVisible();
  expect(await tail.values(NUMBERED)).toEqual(names(0, 9));
});

test("jumping to live says what it passed over, and loads it when asked", async ({ tail, topics }) => {
  const topic = await oneTopic(topics);
  await tail.openLive({ topics: topic });
  await tail.button("Pause").click();
  await topics.send(topic, numbered(0, 299));
  await expect(tail.pill).toHaveText("300 newer");
  await expect(tail.page.getByRole("heading", { name: "Paused before anything was shown." })).toBeVisible();
  await tail.button("Jump to live").click();
  await expect(tail.row("<m-299>")).toBeVisible();
  await tail.page.keyboard.press("g");
  await tail.page.keyboard.press("g");
  const divider = tail.row("jumped over");
  await expect(divider).toContainText(/100.messages jumped over/);
  await expect(divider).toContainText(`${topic}-0: 0 to 99`);
  await tail.button("Load these offsets").click();
  await expect(tail.row("<m-0>")).toBeVisible();
  await expect(tail.foot).toContainText("300 of 10,000 rows kept");
  await expect(tail.button("Load these offsets")).toBeHidden();
});

test("what a message holds is text, wherever it is shown", async ({ tail, topics }) => {
  const topic = await oneTopic(topics, "hostile");
  const complaints = complaintsOf(tail.page);
  const attack = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
  await tail.openLive({ topics: topic, columns: "time,key,headers,value", highlight: "<img,script>" });
  const title = await tail.page.title();
  await topics.send(topic, [
    { key: attack, value: attack, headers: { [attack]: attack, "‮reversed": "‮gnp.exe" } },
    { key: '"}]}\n\nevent: end\ndata: {}\n\n', value: "\nevent: end\ndata: {}\n\n" },
    {
      key: "javascript:alert(1)",
      value: JSON.stringify({ __proto__: null, link: "javascript:alert(1)", html: attack }),
    },
    { key: "last", value: "last" },
  ]);
  await expect(tail.row("last")).toBeVisible();
  await expect(tail.row("<script>document.title=2</script>").first()).toBeVisible();
  await tail.row(attack).first().click();
  await expect(tail.drawer).toContainText("<script>");
  await expect(tail.page.locator("main img, main script")).toHaveCount(0);
  expect(await tail.page.title()).toBe(title);
  expect(complaints).toEqual([]);
});

test("tombstone, empty, binary and headers are told apart", async ({ tail, topics }) => {
  const topic = await oneTopic(topics, "looks");
  await tail.openLive({ topics: topic, columns: "key,headers,value" });
  await topics.send(topic, [
    { key: "gone", value: null },
    { key: "hollow", value: "" },
    { key: Buffer.from([0, 0, 0, 7, 255]), value: Buffer.from([0xca, 0xfe, 0xba, 0xbe, 0xff]) },
    { key: null, value: "keyless", headers: { trace: ["one", "two"] } },
  ]);
  await expect(tail.row("gone")).toContainText("tombstone");
  await expect(tail.row("hollow")).toContainText("empty");
  await expect(tail.row("CA FE BA BE FF")).toContainText("00 00 00 07 FF");
  await expect(tail.row("keyless")).toContainText("trace: one");
  await expect(tail.row("keyless")).toContainText("trace: two");
});

test("an aborted transaction is struck out when its marker comes, and the marker is a gap", async ({
  tail,
  topics,
}) => {
  const topic = await oneTopic(topics, "transacted");
  await tail.openLive({ topics: topic });
  const producer = await topics.transactionalProducer();
  const aborted = await producer.transaction();
  await aborted.send({ topic, messages: [{ value: "never happened" }] });
  await expect(tail.row("never happened")).toContainText("open");
  await aborted.abort();
  await expect(tail.row("never happened")).toContainText("aborted");
  await expect(tail.row("transaction marker")).toContainText(/1.abort/);
  const committed = await producer.transaction();
  await committed.send({ topic, messages: [{ value: "did happen" }] });
  await committed.commit();
  await expect(tail.row("did happen")).toBeVisible();
  await expect(tail.row("did happen")).not.toContainText("open");

  await tail.open({ topics: topic, from: "earliest", isolation: "committed" });
  await expect(tail.row("did happen")).toBeVisible();
  await expect(tail.row("never happened")).toBeHidden();
});

test("a start page chooses topics by name; a pattern counts what it takes and reads topics made later", async ({
  tail,
  topics,
}) => {
  const prefix = `pat${Date.now().toString(36)}`;
  const first = await oneTopic(topics, `${prefix}-a`);
  await tail.open();
  await tail.page.getByRole("combobox", { name: "Add a topic" }).fill(first);
  await tail.page.getByRole("option", { name: first }).click();
  await tail.button("Start the tail").click();
  await expect(tail.state).toHaveText(/^Live/);
  await expect(tail.page).toHaveURL(new RegExp(`topics=${first}`));

  await tail.open();
  await tail.page.getByText("by regular expression").click();
  await tail.page.getByRole("textbox", { name: "Regular expression" }).fill(`^${prefix}-`);
  await expect(tail.page.getByText(/^1 of .* match/)).toContainText(first);
  await tail.button("Start the tail").click();
  await expect(tail.state).toHaveText(/^Live/);
  const later = await oneTopic(topics, `${prefix}-b`);
  await topics.send(later, numbered(0, 2));
  await expect(tail.row("<m-2>")).toContainText(`${later}-0`, { timeout: 15_000 });
  await expect(tail.foot).toContainText("Between partitions the order is approximate");
});

test("from the keyboard: walk, open, close, first row, live; off where something is typed", async ({
  tail,
  topics,
}) => {
  const topic = await oneTopic(topics, "stepped");
  await topics.send(topic, numbered(0, 99));
  await tail.open({ topics: topic, from: "earliest" });
  await expect(tail.row("<m-99>")).toBeVisible();
  await tail.page.keyboard.press("k");
  await expect(tail.state).toHaveText("Paused· by you");
  await tail.page.keyboard.press("k");
  await tail.page.keyboard.press("ArrowDown");
  await tail.page.keyboard.press("Enter");
  await expect(tail.drawer).toContainText("<m-99>");
  await tail.page.keyboard.press("Escape");
  await expect(tail.drawer).toBeHidden();
  await tail.page.keyboard.press("g");
  await tail.page.keyboard.press("g");
  await expect(tail.row("<m-0>")).toBeVisible();
  await tail.page.keyboard.press("Shift+G");
  await expect(tail.row("<m-99>")).toBeVisible();
  await expect(tail.state).toHaveText(/^Live/);
  await tail.search.focus();
  await tail.page.keyboard.press("Space");
  await expect(tail.state).toHaveText(/^Live/);
});

test("a cell's menu filters by what it holds", async ({ tail, topics }) => {
  const topic = await oneTopic(topics, "celled");
  await tail.openLive({ topics: topic });
  await topics.send(topic, [
    { key: "red", value: "one" },
    { key: "blue", value: "two" },
    { key: "red", value: "three" },
  ]);
  await expect(tail.row("three")).toBeVisible();
  await tail.row("one").getByText("red").hover();
  await tail.row("one").getByRole("button", { name: "Filter by this key, or copy it" }).click();
  const only = tail.page.getByRole("menuitem", { name: /^Only this key/ });
  const opened = await only.boundingBox();
  // On its way to the menu the pointer crosses other rows, and the button that opened it is hidden.
  await tail.row("two").getByText("two").hover();
  await expect(tail.row("two").getByRole("gridcell").last().getByRole("button")).toBeVisible();
  await tail.page.setViewportSize({ width: 1_270, height: 720 });
  expect((await only.boundingBox())?.y).toBe(opened?.y);
  await only.click();
  await expect(tail.page).toHaveURL(/key=red/);
  await expect(tail.row("two")).toBeHidden();
  await expect(tail.row("one")).toBeVisible();
  await expect(tail.row("three")).toBeVisible();
  await tail.button("Remove the filter by key").click();
  await expect(tail.row("two")).toBeVisible();
});

test("parts of JSON stand in columns of their own, as they are written", async ({ tail, topics }) => {
  const topic = await oneTopic(topics, "pinned");
  await tail.openLive({ topics: topic });
  await topics.send(topic, [{ value: '{"amount":{"minor":9007199254740993,"rate":1.10},"text":"x"}' }]);
  await expect(tail.row("9007199254740993")).toBeVisible();
  await tail.button("Columns").click();
  for (const path of ["amount.minor", "amount.rate"]) {
    await tail.page.getByRole("textbox", { name: /^Part of the value/ }).fill(path);
    await tail.button("Add column").click();
  }
  await tail.page.keyboard.press("Escape");
  await expect(tail.list.getByRole("gridcell", { name: "9007199254740993", exact: true })).toBeVisible();
  await expect(tail.list.getByRole("gridcell", { name: "1.10", exact: true })).toBeVisible();
  await expect(tail.page).toHaveURL(/pin=amount\.minor,amount\.rate/);
});

test("what can't be read says why and what to do", async ({ tail, topics }) => {
  await tail.open({ topics: topics.name("missing") });
  await expect(tail.page.getByRole("heading", { name: "There is no such topic." })).toBeVisible();
  await expect(tail.state).toContainText("Ended");
  await tail.page.getByRole("link", { name: "Choose topics" }).click();
  await expect(tail.page.getByRole("combobox", { name: "Add a topic" })).toBeVisible();

  const topic = await oneTopic(topics, "quiet");
  await tail.open({ topics: topic, quiet: "1" });
  await expect(tail.state).toHaveText("Ended· nothing came");
  await expect(tail.page.getByRole("heading", { name: "Nothing came." })).toBeVisible();
  await tail.open({ topics: topic, from: "yesterday" });
  await expect(tail.page.getByRole("alert").filter({ hasText: "not a place to start from" })).toBeVisible();
});

for (const theme of themes) {
  test(`accessible in the ${theme} theme: start, empty, running, paused with a message open`, async ({
    tail,
    topics,
  }) => {
    await tail.page.emulateMedia({ colorScheme: theme });
    // Few rows in sight: every one is looked at for its contrast.
    await tail.page.setViewportSize({ width: 1_280, height: 480 });
    const topic = await oneTopic(topics, "axed");
    await tail.open();
    await expect(tail.page.getByRole("combobox", { name: "Add a topic" })).toBeVisible();
    await expectAccessible(tail.page);
    await tail.openLive({ topics: topic, highlight: "m-1,k-2", pin: "a" });
    await expectAccessible(tail.page);
    await topics.send(topic, [...numbered(0, 40), { key: "k", value: null }, { key: "", value: "" }]);
    await expect(tail.row("<m-40>")).toBeVisible();
    await expectAccessible(tail.page);
    await tail.row("<m-40>").click();
    await expect(tail.drawer).toContainText("<m-40>");
    await topics.send(topic, numbered(41, 44));
    await expect(tail.pill).toHaveText("4 newer");
    await expectAccessible(tail.page);
  });
}

test("on a phone: time, key and value, and a message as a sheet", async ({ tail, topics }) => {
  await tail.page.setViewportSize(PHONE);
  const topic = await oneTopic(topics, "phone-with-a-rather-long-name");
  await tail.openLive({ topics: topic });
  await topics.send(topic, numbered(0, 30));
  await expect(tail.row("<m-30>")).toBeVisible();
  await expectNoSidewaysScroll(tail.page);
  await tail.row("<m-30>").click();
  const sheet = tail.page.getByRole("dialog", { name: /^Message/ });
  await expect(sheet).toContainText("<m-30>");
  await expect(sheet.getByRole("button", { name: "Send again…" })).toBeInViewport({ ratio: 1 });
  await expectAccessible(tail.page);
  await expectNoSidewaysScroll(tail.page);
  await sheet.getByRole("button", { name: "Close" }).click();
  await expect(sheet).toBeHidden();
});
