import { execFileSync } from "node:child_process";
import { afterAll, expect, test } from "vitest";
import { runTool } from "#scripts/local-kafka/tools.ts";
import { testCluster } from "#scripts/testing/test-cluster.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import {
  checkIndexesCommand,
  checkPartitionIndexesCommand,
  createTopicCommand,
  describeConfigsCommand,
  describeLogDirsCommand,
  describeTopicCommand,
  dumpLogCommand,
  dumpPartitionCommand,
} from "./kafka-commands.ts";

const classes: Readonly<Record<string, string>> = {
  "kafka-topics.sh": "org.apache.kafka.tools.TopicCommand",
  "kafka-configs.sh": "kafka.admin.ConfigCommand",
  "kafka-log-dirs.sh": "org.apache.kafka.tools.LogDirsCommand",
  "kafka-dump-log.sh": "org.apache.kafka.tools.DumpLogSegments",
};
const [bootstrap = ""] = testCluster().bootstrap;
const topics = new TestTopics();
afterAll(() => topics.close());

/** Lets a shell take a command line apart as it would, then runs Kafka's own class behind the script; what it printed. */
async function run(commandLine: string): Promise<string> {
  let printed = "";
  for (const command of commandLine.split(" &&\n")) {
    const words = execFileSync("/bin/sh", ["-c", `printf '%s\\0' ${command}`])
      .toString("utf8")
      .split("\0")
      .slice(0, -1);
    const [script = "", ...args] = words;
    printed += (await runTool(classes[script] ?? script, args)).stdout;
  }
  return printed;
}

test("Kafka's own tools create and describe what the commands say, and only that", async () => {
  const name = topics.name("cli.v1");
  const lookalike = name.replace("cli.v1", "cli-v1");
  await topics.create({ prefix: "unrelated" });
  const configs = {
    "retention.ms": "129600000",
    "cleanup.policy": "compact,delete",
    "leader.replication.throttled.replicas": "0:1,1:2",
    "follower.replication.throttled.replicas": "",
  };
  await run(createTopicCommand(bootstrap, { name, partitions: 2, replicationFactor: 3, configs }));
  await run(
    createTopicCommand(bootstrap, {
      name: lookalike,
      partitions: -1,
      replicationFactor: -1,
      assignment: [
        [3, 1],
        [1, 2],
      ],
      configs: {},
    }),
  );

  const described = await run(describeTopicCommand(bootstrap, name));
  expect(described).toContain(`Topic: ${name}\t`);
  expect(described).not.toContain(lookalike);
  expect(described).toMatch(/PartitionCount: 2\s+ReplicationFactor: 3/);
  expect(await run(describeTopicCommand(bootstrap, lookalike))).toMatch(/Partition: 0\s+Leader: 3\s+Replicas: 3,1/);

  const printed = await run(describeConfigsCommand(bootstrap, { topic: name }));
  for (const [key, value] of Object.entries(configs)) expect(printed).toContain(`${key}=${value} `);
  await run(`kafka-topics.sh --delete --bootstrap-server ${bootstrap} --topic ${lookalike}`);
});

test("a broker's configs and log dirs are described", async () => {
  expect(await run(describeConfigsCommand(bootstrap, { broker: 1 }))).toContain("log.dirs=");
  expect(await run(describeLogDirsCommand(bootstrap, [1]))).toContain('"broker":1');
});

test("a topic's log dirs are described, its segment dumped and its index checked", async () => {
  const [broker] = testCluster().brokers;
  const name = await topics.create({ prefix: "cli-files", assignment: [[broker?.id ?? 1]] });
  await topics.send(name, [{ partition: 0, value: "one" }]);
  const described = await run(describeLogDirsCommand(bootstrap, [broker?.id ?? 1], name));
  expect(described).toContain(`"partition":"${name}-0"`);
  expect(described).not.toContain("__consumer_offsets");
  const files = `${broker?.logDir}/${name}-0/${"0".repeat(20)}`;
  expect(await run(dumpLogCommand([`${files}.log`]))).toMatch(/baseOffset: 0 lastOffset: 0 count: 1/);
  expect(await run(checkIndexesCommand([`${files}.index`]))).toContain(`${files}.index`);
  const directory = `${broker?.logDir}/${name}-0`;
  expect(await run(dumpPartitionCommand(directory))).toMatch(/baseOffset: 0 lastOffset: 0 count: 1/);
  const checked = await run(checkPartitionIndexesCommand(directory));
  for (const ending of ["index", "timeindex"]) expect(checked).toContain(`${files}.${ending}`);
});
