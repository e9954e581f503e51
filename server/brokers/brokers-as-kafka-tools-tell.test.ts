import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { runTool } from "#scripts/local-kafka/tools.ts";
import { configAsPrinted } from "#scripts/testing/config-as-printed.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { testCluster } from "#scripts/testing/test-cluster.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { getOverview } from "../clusters/get-overview.ts";
import { getBroker } from "./get-broker.ts";
import { getBrokerConfigs } from "./get-broker-configs.ts";
import { getBrokerLogDirs } from "./get-broker-log-dirs.ts";
import { listBrokers } from "./list-brokers.ts";

const topics = new TestTopics();
const { ctx, close } = serviceContext();
const noInput = { params: { cluster: "test" }, query: {}, body: undefined };
const about = (brokerId: number) => ({ params: { cluster: "test", brokerId }, query: {}, body: undefined });
let topic: string;

beforeAll(async () => {
  topic = await topics.create({ partitions: 2 });
  await topics.send(topic, [{ value: "a" }, { value: "b" }, { value: "c" }]);
});

afterAll(async () => {
  await close();
  await topics.close();
});

async function tool(className: string, ...args: string[]): Promise<string> {
  const { stdout } = await runTool(className, ["--bootstrap-server", testCluster().bootstrap.join(","), ...args]);
  return stdout;
}

test("all brokers are listed with address, rack and process", async () => {
  const { brokers, sizesObservedAtMs } = await listBrokers(ctx, noInput);
  expect(brokers.map(({ id, host, port, rack, state, process }) => ({ id, host, port, rack, state, process }))).toEqual(
    testCluster().brokers.map(({ id, port, rack }) => ({
      id,
      host: "127.0.0.1",
      port,
      rack,
      state: "up",
      process: "running",
    })),
  );
  expect(sizesObservedAtMs).not.toBeNull();
  expect(brokers.every(({ diskTotalBytes }) => BigInt(diskTotalBytes ?? 0) > 0n)).toBe(true);
});

test("a broker's configs are what ConfigCommand --describe --all prints, asked of that broker", async () => {
  const printed = await tool(
    "kafka.admin.ConfigCommand",
    ...["--describe", "--all", "--entity-type", "brokers", "--entity-name", "2"],
  );
  const { configs } = await getBrokerConfigs(ctx, about(2));
  expect(configs.map(configAsPrinted)).toEqual(printed.split("\n").filter((line) => line.startsWith("  ")));
  expect(configs.find(({ name }) => name === "node.id")).toMatchObject({
    value: "2",
    source: "static-broker",
    readOnly: true,
    type: "int",
  });
});

test("a sensitive config shows no value", async () => {
  const { configs } = await getBrokerConfigs(ctx, about(1));
  const sensitive = configs.filter((config) => config.sensitive);
  expect(sensitive.length).toBeGreaterThan(0);
  expect(sensitive.every(({ value }) => value === null)).toBe(true);
});

test("what lies in a broker's log dirs is what LogDirsCommand prints", async () => {
  await vi.waitFor(
    async () => {
      const printed = await tool(
        "org.apache.kafka.tools.LogDirsCommand",
        ...["--describe", "--broker-list", "3", "--topic-list", topic],
      );
      const { brokers } = JSON.parse(/^\{.*\}$/m.exec(printed)?.[0] ?? "{}") as {
        brokers: {
          logDirs: { logDir: string; partitions: { partition: string; size: number; offsetLag: number }[] }[];
        }[];
      };
      const told = brokers[0]?.logDirs[0];
      const { logDirs } = await getBrokerLogDirs(ctx, about(3));
      expect(logDirs.map(({ path, error }) => [path, error])).toEqual([[told?.logDir, null]]);
      const mine = logDirs[0]?.topics.find((one) => one.topic === topic);
      expect(mine?.replicas.map((one) => [`${topic}-${one.partition}`, one.sizeBytes, one.offsetLag])).toEqual(
        told?.partitions
          .toSorted((a, b) => a.partition.localeCompare(b.partition))
          .map(({ partition, size, offsetLag }) => [partition, String(size), String(offsetLag)]),
      );
      expect(mine?.replicas.length).toBe(2);
    },
    { timeout: 15_000 },
  );
});

test("controller, epoch and voters are what MetadataQuorumCommand prints", async () => {
  const status = await tool("org.apache.kafka.tools.MetadataQuorumCommand", "describe", "--status");
  const { controllerId, quorum, clusterId, kafkaVersion } = await getOverview(ctx, noInput);
  const printed = (key: string) => new RegExp(`^${key}:\\s+(\\S+)`, "m").exec(status)?.[1];
  expect(clusterId).toBe(printed("ClusterId"));
  expect(String(controllerId)).toBe(printed("LeaderId"));
  expect(String(quorum?.leaderEpoch)).toBe(printed("LeaderEpoch"));
  expect(quorum?.voters.map(({ id }) => id).sort()).toEqual([1, 2, 3]);
  expect(quorum?.voters.find(({ id }) => id === controllerId)).toMatchObject({ lag: "0" });
  // The leader's own is the time by its clock: no other voter's is later.
  const fetched = quorum?.voters.map(({ lastFetchMs }) => lastFetchMs ?? Number.NaN) ?? [];
  expect(quorum?.voters.find(({ id }) => id === controllerId)?.lastFetchMs).toBe(Math.max(...fetched));
  const features = await tool("org.apache.kafka.tools.FeatureCommand", "describe");
  expect(/metadata\.version.*FinalizedVersionLevel: (\d+\.\d+)/.exec(features)?.[1]).toBe(kafkaVersion);
});

test("one broker, and one that doesn't exist", async () => {
  const { broker, missing } = await getBroker(ctx, about(1));
  expect([broker.id, broker.state, missing]).toEqual([1, "up", []]);
  for (const service of [getBroker, getBrokerConfigs, getBrokerLogDirs]) {
    await expect(service(ctx, about(99))).rejects.toMatchObject({
      code: "broker-not-found",
      message: "This cluster has no broker 99; it has 1, 2 and 3.",
    });
  }
});
