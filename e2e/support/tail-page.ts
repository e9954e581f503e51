import { expect, type Locator, type Page } from "@playwright/test";

/** The live tail as a viewer sees it. */
export class TailPage {
  readonly page: Page;
  readonly #cluster: string;
  readonly list: Locator;
  readonly state: Locator;
  readonly search: Locator;
  readonly drawer: Locator;
  readonly foot: Locator;

  constructor(page: Page, cluster: string) {
    this.page = page;
    this.#cluster = cluster;
    this.list = page.getByRole("grid", { name: "Messages" });
    this.state = page.getByRole("region", { name: "State of the tail" }).getByRole("status");
    this.search = page.getByRole("searchbox", { name: "Only messages that contain" });
    this.foot = page.getByRole("region", { name: "About the list" });
    this.drawer = page.getByRole("complementary", { name: /^Message / });
  }

  async open(query: Record<string, string> = {}): Promise<void> {
    await this.page.goto(`/clusters/${this.#cluster}/tail?${new URLSearchParams(query)}`);
  }

  /** Opens it and waits until each partition's beginning is known: what is produced from now on must be seen. */
  async openLive(query: Record<string, string>): Promise<void> {
    await this.open(query);
    await expect(this.state).toHaveText(/^Live/);
  }

  /** The row that shows this text. */
  row(text: string | RegExp): Locator {
    return this.list.getByRole("row").filter({ hasText: text });
  }

  /** Values of the rows in sight, from the top, where they match. */
  async values(pattern: RegExp): Promise<string[]> {
    const texts = await this.list.getByRole("row").allInnerTexts();
    return texts.flatMap((text) => pattern.exec(text)?.[0] ?? []);
  }

  get pill(): Locator {
    return this.page.getByText(/^[\d,]+\+? newer$/);
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name });
  }

  /** Puts the tab in the background, or back, as far as the page can tell. */
  async setHidden(hidden: boolean): Promise<void> {
    await this.page.evaluate((value) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => value });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  }
}
