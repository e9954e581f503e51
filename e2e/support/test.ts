import { test as base } from "@playwright/test";
import {
  startTestBroker,
  stopTestBroker,
  type TestCluster,
  testCluster,
  waitTestClusterHealthy,
} from "#scripts/testing/test-cluster.ts";
import { TestGroups } from "#scripts/testing/test-groups.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";

export { expect } from "@playwright/test";

/** The cluster that the pages show, as a test may touch it. */
export interface BrowsedCluster extends TestCluster {
  /** Its name in URLs. */
  readonly name: string;
  /** Hands the broker's leaders over and ends its process. Only in `*.disruptive.spec.ts`; healed after the test anyway. */
  stopBroker(id: number): Promise<void>;
  startBroker(id: number): Promise<void>;
  /** All brokers up and all replicas in sync. */
  waitHealthy(): Promise<void>;
}

interface TestFixtures {
  readonly cluster: BrowsedCluster;
}

interface WorkerFixtures {
  /** Topics with unique names, deleted at the end. */
  readonly topics: TestTopics;
  /** Consumer groups with unique names and real members; stopped and deleted at the end. */
  readonly groups: TestGroups;
}

/** A browser test beside a real cluster of three brokers. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  cluster: async ({ topics: _ }, use) => {
    const cluster = testCluster();
    const stopped = new Set<number>();
    await use({
      ...cluster,
      name: "local",
      async stopBroker(id) {
        stopped.add(id);
        await stopTestBroker(cluster, id);
      },
      startBroker: (id) => startTestBroker(cluster, id),
      waitHealthy: () => waitTestClusterHealthy(cluster),
    });
    if (stopped.size === 0) return;
    for (const id of stopped) await startTestBroker(cluster, id);
    await waitTestClusterHealthy(cluster);
  },
  topics: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's pattern to know what a fixture needs.
    async ({}, use) => {
      const topics = new TestTopics();
      await use(topics);
      await topics.close();
    },
    { scope: "worker" },
  ],
  groups: [
    async ({ topics: _ }, use) => {
      const groups = new TestGroups();
      await use(groups);
      await groups.close();
    },
    { scope: "worker" },
  ],
});
