import { expect, test } from "#e2e/support/other-clusters.ts";
import { expectAccessible, expectNoSidewaysScroll, PHONE, themes } from "#e2e/support/page-checks.ts";

test("a cluster that refuses connections shows the chain, the link that fails and its fix, on every page", async ({
  page,
  others,
}) => {
  for (const path of ["", "/topics", "/brokers", "/topics/orders", "/connection"]) {
    await page.goto(`${others.url}/clusters/closed${path}`);
    await expect(page.getByRole("heading", { name: "Closed port can't be reached" })).toBeVisible();
  }
  const chain = page.getByRole("region", { name: /^Bootstrap server 127\.0\.0\.1:/ });
  await expect(chain.getByRole("listitem").filter({ hasText: /^TCP/ })).toContainText("fails");
  await expect(chain.getByRole("listitem").filter({ hasText: /^Metadata/ })).toContainText("not reached");
  await expect(chain.getByText(/refuses connections/)).toBeVisible();
  await expect(chain.getByText(/Check the port/)).toBeVisible();
  await page.getByRole("button", { name: "Check again" }).click();
  await expect(page.getByText(/checked \d+.s ago/)).toBeVisible();
});

test("a name that doesn't resolve, and a password that is wrong, are told apart", async ({ page, others }) => {
  await page.goto(`${others.url}/clusters/nameless/connection`);
  const unresolved = page.getByRole("region", { name: /^Bootstrap server kafka-1/ });
  await expect(unresolved.getByRole("listitem").filter({ hasText: /^DNS/ })).toContainText("fails");
  await page.goto(`${others.url}/clusters/locked-out/connection`);
  const login = page.getByRole("region", { name: /^Bootstrap server 127/ });
  await expect(login.getByRole("listitem").filter({ hasText: /^TLS/ })).not.toContainText("fails");
  await expect(login.getByRole("listitem").filter({ hasText: /^SASL/ })).toContainText("fails");
  await expect(page.getByRole("heading", { level: 1, name: "Wrong password refuses the login" })).toBeVisible();
  await expect(page.getByText("not-the-password")).toHaveCount(0);
});

test("a healthy cluster shows every link and every advertised listener", async ({ page, cluster }) => {
  await page.goto(`/clusters/${cluster.name}/connection`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("can be reached");
  for (const { id, port } of cluster.brokers) {
    await expect(page.getByRole("region", { name: `Broker ${id} advertises 127.0.0.1:${port}` })).toBeVisible();
  }
});

test("a read-only cluster can be looked at; its form says that nothing is created", async ({ page, others }) => {
  await page.goto(`${others.url}/clusters/frozen/create-topic?name=x&partitions=2`);
  await expect(page.getByText("This cluster is read-only here.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Create x" })).toBeDisabled();
  await expect(page.getByRole("textbox", { name: "Name" })).toBeDisabled();
  await expect(page.getByText("--partitions 2")).toBeVisible();
  const refused = await page.request.post(`${others.url}/api/clusters/frozen/topics`, {
    data: { name: "x" },
    headers: { origin: others.url },
  });
  expect((await refused.json()).code).toBe("cluster-read-only");
});

test("an unknown cluster, page and problem say so", async ({ page, cluster }) => {
  await page.goto("/clusters/nobody/topics");
  await expect(page.getByRole("heading", { name: "No cluster of this name is configured." })).toBeVisible();
  await page.goto(`/clusters/${cluster.name}/no-such-page`);
  await expect(page.getByRole("heading", { name: "There is no such page." })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
  await page.goto("/problems/no-such-problem");
  await expect(page.getByRole("heading", { name: "There is nothing at this address." })).toBeVisible();
});

test("every problem has its page", async ({ page }) => {
  await page.goto("/problems");
  await page.getByRole("link", { name: /^topic-refused/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The controller would not create this topic");
  await expect(page.getByRole("heading", { name: "What to do" })).toBeVisible();
});

test("is accessible in light and dark, and fits a phone", async ({ page, others, cluster }) => {
  const pages = [
    `${others.url}/clusters/closed`,
    `/clusters/${cluster.name}/connection`,
    "/problems",
    "/problems/kafka-forbidden",
    "/clusters/nobody",
  ];
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    for (const address of pages) {
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectAccessible(page);
    }
  }
  await page.setViewportSize(PHONE);
  for (const address of pages) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  }
});
