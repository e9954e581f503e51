import type { Page } from "@playwright/test";
import { expect, test } from "#e2e/support/test.ts";
import { groupHref, resetOffsetsHref } from "#lib/hrefs.ts";

/** Holds the router's request for a page, not what it fetches ahead. @returns lets it go on */
async function holdNavigation(page: Page, href: string): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(
    (url) => url.pathname === href,
    async (route) => {
      if (!("next-router-prefetch" in route.request().headers())) await promise;
      await route.continue();
    },
  );
  return resolve;
}

test("a form that is left right after a change is left, and Back finds it as it was", async ({
  page,
  cluster,
  topics,
  groups,
}) => {
  const topic = await topics.create({ partitions: 1 });
  await topics.send(topic, [{ partition: 0, value: "one" }]);
  const group = groups.name("left");
  await groups.commit(group, { [topic]: { 0: 1 } });
  await page.goto(resetOffsetsHref(cluster.name, group));
  const earliest = page.getByRole("radio", { name: /^Earliest/ });
  const goOn = await holdNavigation(page, groupHref(cluster.name, group));

  await earliest.check();
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page).toHaveURL(/[?&]to=earliest/);
  goOn();
  await expect(page.getByRole("heading", { level: 1, name: group })).toBeVisible();

  await page.goBack();
  await expect(page).toHaveURL(/[?&]to=earliest/);
  await expect(earliest).toBeChecked();
});
