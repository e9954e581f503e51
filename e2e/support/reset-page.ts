import { expect, type Locator, type Page } from "@playwright/test";
import { resetOffsetsHref } from "#lib/hrefs.ts";
import type { TestTopics } from "#scripts/testing/test-topics.ts";
import { test as base } from "./test.ts";

const MINUTE_MS = 60_000;

/** The page that moves a group's offsets, or takes a move back, as a viewer sees it. */
export class ResetPage {
  readonly page: Page;
  readonly #cluster: string;
  readonly plan: Locator;
  readonly headline: Locator;
  readonly moves: Locator;
  readonly apply: Locator;
  readonly outcomes: Locator;

  constructor(page: Page, cluster: string) {
    this.page = page;
    this.#cluster = cluster;
    this.plan = page.getByRole("region", { name: "Plan", exact: true });
    this.headline = this.plan.getByRole("heading", { level: 2 }).first();
    this.moves = this.plan.getByRole("table", { name: /^Plan of / });
    this.apply = page.getByRole("button", { name: /^Move/ });
    this.outcomes = page.getByRole("table", { name: "Outcomes by partition" });
  }

  async open(group: string, query: Record<string, string> = {}): Promise<void> {
    await this.page.goto(resetOffsetsHref(this.#cluster, group, query));
  }

  choice(name: string | RegExp): Locator {
    return this.page.getByRole("radio", { name });
  }

  /** Chooses a value in a combobox by typing it. */
  async pick(combobox: string, value: string): Promise<void> {
    await this.page.getByRole("combobox", { name: combobox, exact: true }).fill(value);
    await this.page.getByRole("option", { name: value }).click();
  }

  move(topic: string, partition: number): Locator {
    return this.moves.getByRole("row").filter({ hasText: `${topic}-${partition}` });
  }

  outcome(topic: string, partition: number): Locator {
    return this.outcomes.getByRole("row").filter({ hasText: `${topic}-${partition}` });
  }

  /** What the "New" column says of partitions 0 to 2, once it does. */
  async expectNewOffsets(topic: string, offsets: readonly string[]): Promise<void> {
    const shown = async () => {
      const texts: (string | null)[] = [];
      for (const partition of [0, 1, 2])
        texts.push(await this.move(topic, partition).getByRole("cell").nth(2).textContent());
      return texts;
    };
    await expect.poll(shown).toEqual(offsets);
  }

  /** The heading over outcomes of which all arrived. */
  moved(partitions: number): Locator {
    return this.page.getByRole("heading", { name: new RegExp(`^Moved ${partitions}.partitions`) });
  }

  /** Agrees to the change log where there is none yet. */
  async withChangeLog(): Promise<void> {
    const recorded = this.page.getByText("This will be recorded.");
    const create = this.page.getByRole("button", { name: "Create the change log" });
    await expect(recorded.or(create)).toBeVisible();
    if (await create.isVisible()) await create.click();
    await expect(recorded).toBeVisible();
  }
}

const anHourAgo = () => Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - 60 * MINUTE_MS;

/** A topic of three partitions with ten messages each, a minute apart, the first an hour ago. */
export async function minutes(topics: TestTopics, startMs = anHourAgo()): Promise<string> {
  const topic = await topics.create({ prefix: "minutes", partitions: 3 });
  await topics.send(
    topic,
    [0, 1, 2].flatMap((partition) =>
      Array.from({ length: 10 }, (_, index) => ({
        partition,
        value: `message ${index}`,
        timestamp: String(startMs + index * MINUTE_MS),
      })),
    ),
  );
  return topic;
}

interface StoppedGroup {
  readonly group: string;
  /** As of `minutes`. */
  readonly topic: string;
  /** When its first messages are of. */
  readonly startMs: number;
}

interface ResetFixtures {
  readonly reset: ResetPage;
  /** A group without members that has committed these offsets, 5 of each partition unless told. */
  readonly stoppedGroup: (name: string, offsets?: Readonly<Record<number, number>>) => Promise<StoppedGroup>;
}

/** A test of moving offsets. */
export const test = base.extend<ResetFixtures>({
  reset: async ({ page, cluster }, use) => use(new ResetPage(page, cluster.name)),
  stoppedGroup: async ({ topics, groups }, use) =>
    use(async (name, offsets = { 0: 5, 1: 5, 2: 5 }) => {
      const startMs = anHourAgo();
      const topic = await minutes(topics, startMs);
      const group = groups.name(name);
      await groups.commit(group, { [topic]: offsets });
      return { group, topic, startMs };
    }),
});
