import { randomBytes } from "node:crypto";
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll, PHONE, themes } from "#e2e/support/page-checks.ts";
import { expect, test } from "#e2e/support/test.ts";
import type { SegmentDamage } from "#lib/contracts/segments.ts";
import type { VerifyFrame } from "#lib/contracts/verifications.ts";
import { testCluster } from "#scripts/testing/test-cluster.ts";
import type { TestTopics } from "#scripts/testing/test-topics.ts";

const COUNT = 2_000;
const PER_BATCH = 50;

/** 2,000 messages of 1 KB in two segments on brokers 2 (leader), 1 and 3. */
async function rolledTopic(topics: TestTopics): Promise<string> {
  const configs = { "segment.bytes": "1048576", "retention.ms": "-1", "index.interval.bytes": "4096" };
  const topic = await topics.create({ prefix: "verify", assignment: [[2, 1, 3]], configs });
  for (let from = 0; from < COUNT; from += PER_BATCH) {
    const messages = Array.from({ length: PER_BATCH }, () => ({ partition: 0, value: randomBytes(1_000) }));
    await topics.send(topic, messages);
  }
  return topic;
}

/** Flips a byte of a message in the oldest segment of a broker's replica. */
async function damageOn(broker: number, topic: string): Promise<void> {
  const logDir = testCluster().brokers.find(({ id }) => id === broker)?.logDir ?? "";
  const file = await open(join(logDir, `${topic}-0`, "00000000000000000000.log"), "r+");
  try {
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, 100_000);
    await file.write(Buffer.from([byte.readUInt8(0) ^ 0xff]), 0, 1, 100_000);
  } finally {
    await file.close();
  }
}

const address = (cluster: { name: string }, topic: string, query: Record<string, string> = {}) =>
  `/clusters/${cluster.name}/topics/${topic}/partitions/0/segments?${new URLSearchParams({ panel: "verify", ...query })}`;
const tools = (page: Page) => page.getByRole("complementary", { name: "Find and verify" });
const verifyTab = (page: Page) => tools(page).getByRole("tab", { name: /^Verify/ });
const begin = (page: Page) => tools(page).getByRole("button", { name: /^Verify \d+\ssegments? on / });
const report = (page: Page) => tools(page).getByRole("region", { name: "Report" });
const onlyOne = (page: Page) => tools(page).getByRole("radio", { name: /^Only broker / });
const map = (page: Page) => page.getByRole("region", { name: "Segment map" });

test("all replicas are verified, with a report to copy; one alone names those that were not looked at", async ({
  page,
  context,
  cluster,
  topics,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const topic = await rolledTopic(topics);
  await page.goto(address(cluster, topic, { panel: "find" }));
  await verifyTab(page).click();
  await expect(page).toHaveURL(/panel=verify/);
  await expect(tools(page)).toContainText("at most 128 MiB a second");
  await expect(begin(page)).toContainText(/^Verify 6\ssegments on 3\sbrokers/);
  await begin(page).click();
  await expect(report(page)).toContainText("Nothing wrong on brokers 2, 1 and 3");
  const replicas = report(page).getByRole("list", { name: "By replica" }).getByRole("listitem");
  await expect(replicas).toHaveCount(3);
  for (const [index, broker] of [2, 1, 3].entries()) {
    await expect(replicas.nth(index)).toContainText(`Broker ${broker}: nothing wrong · 2 of 2 segments`);
    await expect(replicas.nth(index)).toContainText("40 batches · 2,000 records");
  }
  await report(page).getByRole("button", { name: "Copy the report" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain(`Verification of ${topic}-0, cluster `);
  expect(copied).toContain("Nothing wrong on brokers 2, 1 and 3.");
  await expect(verifyTab(page)).toContainText("nothing wrong");
  await tools(page).getByRole("tab", { name: "Find" }).click();
  await verifyTab(page).click();
  await expect(report(page)).toContainText("Nothing wrong on brokers 2, 1 and 3");

  await map(page).getByRole("button", { name: "Broker 3" }).click();
  await expect(page).toHaveURL(/broker=3/);
  await onlyOne(page).click();
  await expect(begin(page)).toContainText(/^Verify 2\ssegments on broker 3/);
  await begin(page).click();
  await expect(report(page)).toContainText("Nothing wrong on broker 3; brokers 1 and 2 not looked at");
  await expect(verifyTab(page)).toContainText("nothing wrong on broker 3");
});

test("damage on a follower is found without asking for it, and marks its bar and its row", async ({
  page,
  cluster,
  topics,
}) => {
  const topic = await rolledTopic(topics);
  await page.goto(address(cluster, topic));
  await expect(map(page).getByRole("img", { name: /^Broker 1, follower: 2\ssegments/ })).toBeVisible();
  await damageOn(1, topic);
  await begin(page).click();
  await expect(report(page)).toContainText(/1\sfinding on broker 1; nothing wrong on brokers 2 and 3/);
  await expect(report(page)).toContainText("what was lost on broker 1 can be had from brokers 2 and 3");
  await expect(verifyTab(page)).toContainText(/1\sfinding/);
  const findings = tools(page).getByRole("list", { name: "Findings on broker 1" });
  await expect(findings).toContainText("Wrong checksum");
  await expect(findings).toContainText(/[0-9a-f]{8} \(\d+ as DumpLogSegments prints it\)/);

  await expect(map(page).getByRole("listitem").filter({ hasText: "damage" })).toBeVisible();
  await expect(map(page)).toContainText(/1\sfinding of damage/);
  await map(page).getByRole("button", { name: "Broker 1" }).click();
  const lane = map(page).getByRole("listbox", { name: "Segments on broker 1," });
  await expect(lane.getByRole("option").first()).toHaveAccessibleName(/damaged/);
  await expect(lane.getByRole("option").last()).not.toHaveAccessibleName(/damaged/);
  const row = page.getByRole("table", { name: `Segments of ${topic}-0 on broker 1` }).getByRole("row", { name: /^0 / });
  await expect(row).toContainText("damaged");
  await row.getByRole("cell").nth(3).click();
  await expect(map(page)).toContainText("damaged");
  await map(page).getByRole("button", { name: "Broker 2" }).click();
  await expect(map(page).getByRole("listbox").getByRole("option").first()).not.toHaveAccessibleName(/damaged/);
});

test("a damaged batch that was looked at marks its segment, back among all of them", async ({
  page,
  cluster,
  topics,
}) => {
  const topic = await rolledTopic(topics);
  await damageOn(3, topic);
  await page.goto(`/clusters/${cluster.name}/topics/${topic}/partitions/0/segments/0?broker=3&from=60`);
  await expect(page.getByText("Wrong checksum").first()).toBeVisible();
  await page.getByRole("link", { name: `Segments of ${topic}-0` }).click();
  const row = page.getByRole("table", { name: `Segments of ${topic}-0 on broker 3` }).getByRole("row", { name: /^0 / });
  await expect(row).toContainText("damaged");
  await expect(map(page).getByRole("listbox").getByRole("option").first()).toHaveAccessibleName(/damaged/);
});

/** Longer than a second at the rate of a verification. */
async function largeTopic(topics: TestTopics): Promise<string> {
  const topic = await topics.create({ prefix: "large", assignment: [[1, 2]] });
  const value = randomBytes(900_000);
  for (let sent = 0; sent < 170; sent++) await topics.send(topic, [{ partition: 0, value }]);
  return topic;
}

test("a verification that is cancelled, or whose page is left, makes room for the next at once", async ({
  page,
  cluster,
  topics,
}) => {
  // So much is not written in a moment.
  test.slow();
  const topic = await largeTopic(topics);
  await page.goto(address(cluster, topic));
  await begin(page).click();
  await expect(tools(page).getByRole("progressbar", { name: "Bytes verified" })).toBeVisible();
  await expect(tools(page)).toContainText("Replica 1 of 2.");
  await tools(page).getByRole("button", { name: "Cancel" }).click();
  await expect(report(page)).toContainText("Cancelled; broker 1 not read to the end; broker 2 not looked at");
  await expect(report(page)).toContainText("What comes after was not checked.");

  await begin(page).click();
  await expect(tools(page).getByRole("progressbar", { name: "Bytes verified" })).toBeVisible();
  await page.goto(address(cluster, topic));
  await begin(page).click();
  await expect(report(page)).toContainText("Nothing wrong on brokers 1 and 2", { timeout: 30_000 });
});

const events = (...frames: VerifyFrame[]) =>
  frames.map((frame) => `event: ${frame.frame}\ndata: ${JSON.stringify(frame)}\n\n`).join("");

test("a stream that breaks off says so and keeps the others' results; it can be begun again", async ({
  page,
  cluster,
  topics,
}) => {
  const topic = await rolledTopic(topics);
  const found: SegmentDamage = {
    file: "00000000000000000000.log",
    position: "606657",
    kind: "crc",
    detail: "The batch's checksum is wrong.",
  };
  const begun: VerifyFrame[] = [
    { frame: "waiting" },
    { frame: "started", brokerId: 1, segments: 1, bytes: "1000" },
    { frame: "damage", damage: found },
  ];
  let body = events(...begun);
  await page.route(/\/segments\/verify\?broker=1/, (route) =>
    route.fulfill({ contentType: "text/event-stream", body }),
  );
  await page.goto(address(cluster, topic));
  await begin(page).click();
  await expect(tools(page).getByRole("alert")).toContainText("The verification of broker 1 broke off.");
  const findings = tools(page).getByRole("list", { name: "Findings on broker 1" });
  await expect(findings).toContainText("00000000000000000000.log byte 606657");
  await expect(report(page)).toContainText(/1\sfinding on broker 1; nothing wrong on brokers 2 and 3/);

  const end: VerifyFrame = {
    frame: "end",
    how: "complete",
    segments: 1,
    batches: 9,
    records: "7",
    indexEntries: 0,
    bytes: "1000",
    findings: 1,
    vanished: 0,
    elapsedMs: 12,
  };
  body = events(...begun, end);
  await tools(page).getByRole("button", { name: "Try again" }).click();
  await expect(tools(page).getByRole("alert")).toHaveCount(0);
  await expect(report(page)).toContainText(/Broker 1: 1\sfinding · 1 of 1\ssegment · /);
  await expect(findings.getByRole("link", { name: "Its batches from there" })).toHaveAttribute(
    "href",
    /\/segments\/0\?position=606657&broker=1$/,
  );
});

test("by the keyboard alone, at 1,280 and 360 px, light and dark, for everyone", async ({ page, cluster, topics }) => {
  const topic = await rolledTopic(topics);
  for (const [index, size] of [{ width: 1_280, height: 900 }, PHONE].entries()) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: themes[index] ?? "light" });
    await page.goto(address(cluster, topic, { panel: "find" }));
    await tools(page).getByRole("tab", { name: "Find" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await expect(verifyTab(page)).toHaveAttribute("aria-selected", "true");
    await begin(page).focus();
    await page.keyboard.press("Enter");
    await expect(report(page)).toContainText("Nothing wrong on brokers 2, 1 and 3");
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  }
});
