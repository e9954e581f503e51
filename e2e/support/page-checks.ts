import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** What WCAG 2.2 asks at levels A and AA, as far as a machine can tell. */
const WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Fails with each rule that is broken and where, on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG_22_AA).analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`),
  );
  expect(found).toEqual([]);
}

/** Collects what a browser complains about: errors in the console, a breach of the content security policy, what was thrown. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || /content security policy/i.test(message.text())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return complaints;
}

/** A page may scroll down, never sideways. Names what sticks out. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const out = Array.from(document.querySelectorAll("body *")).filter(
      (element) => element.getBoundingClientRect().right > clientWidth,
    );
    return [`${scrollWidth} px`, ...out.slice(0, 5).map(({ outerHTML }) => outerHTML.slice(0, 200))];
  });
  expect(wide).toEqual([]);
}

export const PHONE = { width: 360, height: 780 } as const;
export const themes = ["light", "dark"] as const;
