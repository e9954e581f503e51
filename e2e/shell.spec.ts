import { complaintsOf, expectAccessible, expectNoSidewaysScroll, PHONE, themes } from "#e2e/support/page-checks.ts";
import { expect, test } from "#e2e/support/test.ts";

test("the root leads to the first cluster's overview, without a complaint of the browser", async ({
  page,
  cluster,
}) => {
  const complaints = complaintsOf(page);
  await page.goto("/");
  await expect(page).toHaveURL(`/clusters/${cluster.name}`);
  await expect(page.getByRole("region", { name: "Vital signs" })).toBeVisible();
  await page.getByRole("link", { name: "Topics", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Topics/ })).toBeVisible();
  expect(complaints).toEqual([]);
});

test("a cluster that isn't configured is a page of its own, with its status", async ({ page }) => {
  const response = await page.goto("/clusters/elsewhere");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("the theme that was chosen is in the next document's first byte", async ({ page, cluster }) => {
  await page.goto(`/clusters/${cluster.name}`);
  await page.getByRole("button", { name: "Theme: system" }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const document = await page.request.get(`/clusters/${cluster.name}`);
  expect(await document.text()).toMatch(/<html[^>]* data-theme="dark"/);
  await page.reload();
  await expect(page.getByRole("button", { name: "Theme: dark" })).toBeVisible();
});

test.describe("in another time zone", () => {
  test.use({ timezoneId: "Asia/Tokyo" });

  test("times follow the zone that was chosen, here and after a reload", async ({ page, cluster }) => {
    await page.goto(`/clusters/${cluster.name}`);
    await page.getByRole("button", { name: /^Times are in UTC/ }).click();
    await page.getByRole("menuitemradio", { name: /^Local/ }).click();
    await expect(page.getByRole("button", { name: /^Times are in Asia\/Tokyo/ })).toBeVisible();
    const document = await page.request.get(`/clusters/${cluster.name}`);
    expect(await document.text()).toContain("Times are in Asia/Tokyo");
    await page.reload();
    await expect(page.getByRole("button", { name: /^Times are in Asia\/Tokyo/ })).toBeVisible();
  });
});

test("the palette opens a topic by a part of its name, with the keyboard alone", async ({ page, cluster, topics }) => {
  const topic = await topics.create({ prefix: "palette" });
  await page.goto(`/clusters/${cluster.name}`);
  await page.keyboard.press("Control+k");
  const input = page.getByRole("combobox", { name: "Topic, group, broker, page or act" });
  await expect(input).toBeFocused();
  await page.keyboard.type(topic.slice("palette-".length));
  await expect(page.getByRole("option", { name: topic, exact: true })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/clusters/${cluster.name}/topics/${topic}`);
  await expect(page.getByRole("dialog")).toBeHidden();
});

test("the palette does what its acts say, and Esc gives the focus back", async ({ page, cluster }) => {
  await page.goto(`/clusters/${cluster.name}/topics`);
  const opener = page.getByRole("button", { name: "Go to a topic, group, broker or page" }).locator("visible=true");
  await opener.click();
  await expect(page.getByRole("combobox", { name: "Topic, group, broker, page or act" })).toBeFocused();
  await page.keyboard.type("dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await opener.click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(opener).toBeFocused();
});

test("it goes on asking while the browser believes itself offline", async ({ page, cluster }) => {
  await page.goto(`/clusters/${cluster.name}`);
  await expect(page.getByRole("region", { name: "Vital signs" })).toBeVisible();
  await page.evaluate(() => window.dispatchEvent(new Event("offline")));
  for (let polled = 0; polled < 2; polled += 1) {
    await page.waitForResponse((response) => response.url().endsWith(`/api/clusters/${cluster.name}`));
  }
});

test("a toast leaves the shortcuts alone", async ({ page, cluster, topics }) => {
  const topic = topics.name("toasted");
  await page.goto(`/clusters/${cluster.name}/create-topic?name=${topic}`);
  await page.getByRole("button", { name: `Create ${topic}` }).click();
  await expect(page.getByRole("heading", { level: 1, name: topic })).toBeVisible();
  const toast = page.getByRole("dialog").filter({ hasText: `Created ${topic}.` });
  await expect(toast).toBeVisible();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
});

test("shortcuts of one character can be turned off", async ({ page, cluster }) => {
  await page.goto(`/clusters/${cluster.name}/topics`);
  await expect(page.getByRole("heading", { level: 1, name: /^Topics/ })).toBeVisible();
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard" });
  // Space in a tail is pause: it must not turn the shortcuts off.
  await expect(help.getByRole("button", { name: "Close" })).toBeFocused();
  await help.getByRole("switch", { name: "Shortcuts of a single character" }).click();
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Filter by name" })).not.toBeFocused();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox")).toBeFocused();
});

test("the first Tab offers to skip to the content", async ({ page, cluster }) => {
  await page.goto(`/clusters/${cluster.name}`);
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test("on a phone the navigation is at the thumb, and targets are large enough", async ({ page, cluster }) => {
  await page.setViewportSize(PHONE);
  await page.goto(`/clusters/${cluster.name}`);
  const topics = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Topics" });
  const box = await topics.boundingBox();
  expect(box?.y).toBeGreaterThan(PHONE.height - 60);
  expect(box?.height).toBeGreaterThanOrEqual(44);
  await topics.click();
  await expect(page).toHaveURL(`/clusters/${cluster.name}/topics`);
  await expectNoSidewaysScroll(page);
});

for (const colorScheme of themes) {
  test(`clusters, palette and keyboard help are accessible in ${colorScheme}`, async ({ page, cluster }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/clusters");
    await expect(page.getByText(/brokers up$/)).toBeVisible();
    await expectAccessible(page);
    await page.goto(`/clusters/${cluster.name}`);
    await expect(page.getByRole("region", { name: "Vital signs" })).toBeVisible();
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("option").first()).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
    await expectAccessible(page);
  });
}
