import { expect, test } from "#e2e/support/other-clusters.ts";

test("a read-only cluster says so in the form, and sends nothing", async ({ page, others, topics }) => {
  const topic = await topics.create({ prefix: "frozen" });
  await page.goto(`${others.url}/clusters/frozen/topics/${topic}`);
  await page.getByRole("button", { name: "Send a message" }).click();
  const panel = page.getByRole("dialog", { name: `Send a message to ${topic}` });
  await expect(panel).toContainText("This cluster is read-only here.");
  await expect(panel.getByRole("button", { name: /^Send to/ })).toBeDisabled();
  await expect(panel.getByRole("textbox", { name: "Value" })).toBeDisabled();
});
