import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  checkIndexesCommand,
  checkPartitionIndexesCommand,
  createTopicCommand,
  describeConfigsCommand,
  describeLogDirsCommand,
  describeTopicCommand,
  dumpLogCommand,
  dumpPartitionCommand,
  shellWord,
} from "./kafka-commands.ts";

const bootstrap = "kafka-1:9092";
const plain = { name: "orders", partitions: 12, replicationFactor: 3, configs: {} };

test("a shell hands every word on exactly as it was meant", () => {
  // No NUL: neither an argument nor a config value can hold one.
  const words = fc.array(
    fc.string({ unit: "grapheme" }).filter((word) => !word.includes("\0")),
    { minLength: 1, maxLength: 8 },
  );
  fc.assert(
    fc.property(words, (given) => {
      const printed = execFileSync("/bin/sh", ["-c", `printf '%s\\0' ${given.map(shellWord).join(" ")}`]);
      expect(printed.toString("utf8").split("\0").slice(0, -1)).toEqual(given);
    }),
    { numRuns: 60 },
  );
});

test("words that need no quotes get none", () => {
  expect(shellWord("retention.ms=1209600000")).toBe("retention.ms=1209600000");
  expect(shellWord("")).toBe("''");
  expect(shellWord("it's")).toBe("'it'\\''s'");
  expect(shellWord("$HOME `id` *")).toBe("'$HOME `id` *'");
});

test("creates with counts and configs, one option a line", () => {
  const topic = { ...plain, configs: { "retention.ms": "1209600000", "compression.type": "zstd" } };
  expect(createTopicCommand(bootstrap, topic)).toBe(
    [
      "kafka-topics.sh --create \\",
      "  --bootstrap-server kafka-1:9092 \\",
      "  --topic orders \\",
      "  --partitions 12 --replication-factor 3 \\",
      "  --config retention.ms=1209600000 \\",
      "  --config compression.type=zstd",
    ].join("\n"),
  );
});

test("leaves out a count that is the broker's default", () => {
  expect(createTopicCommand(bootstrap, { ...plain, replicationFactor: -1 })).toMatch(/--partitions 12$/);
  expect(createTopicCommand(bootstrap, { ...plain, partitions: -1, replicationFactor: -1 })).toMatch(/--topic orders$/);
});

test("an explicit assignment replaces both counts", () => {
  const command = createTopicCommand(bootstrap, {
    ...plain,
    assignment: [
      [1, 2, 3],
      [2, 3, 1],
    ],
  });
  expect(command).toContain("--replica-assignment 1:2:3,2:3:1");
  expect(command).not.toContain("--partitions");
});

test("values kafka-topics.sh can't take follow by kafka-configs.sh", () => {
  const configs = { "cleanup.policy": "compact,delete", "x.list": "a=1,b=2", "y.empty": "" };
  expect(createTopicCommand(bootstrap, { ...plain, configs })).toBe(
    [
      "kafka-topics.sh --create \\",
      "  --bootstrap-server kafka-1:9092 \\",
      "  --topic orders \\",
      "  --partitions 12 --replication-factor 3 \\",
      "  --config cleanup.policy=compact,delete &&",
      "kafka-configs.sh --alter \\",
      "  --bootstrap-server kafka-1:9092 \\",
      "  --entity-type topics --entity-name orders \\",
      "  --add-config 'x.list=[a=1,b=2],y.empty='",
    ].join("\n"),
  );
});

test("describes exactly one topic although --topic is a regular expression", () => {
  expect(describeTopicCommand(bootstrap, "orders.v1")).toContain("--topic 'orders\\.v1'");
  expect(describeTopicCommand(bootstrap, "orders-v1")).toContain("--topic orders-v1");
});

test("describes the configs and the log dirs of one entity", () => {
  expect(describeConfigsCommand(bootstrap, { topic: "orders.v1" })).toContain(
    "--entity-type topics --entity-name orders.v1",
  );
  expect(describeConfigsCommand(bootstrap, { broker: 2 })).toContain("--entity-type brokers --entity-name 2");
  expect(describeLogDirsCommand(bootstrap, [2])).toMatch(/--broker-list 2$/);
  expect(describeLogDirsCommand(bootstrap, [2, 3], "orders.v1")).toMatch(
    /--broker-list 2,3 \\\n {2}--topic-list orders\.v1$/,
  );
});

test("dumps a segment and checks its indexes, wherever they lie", () => {
  expect(dumpLogCommand(["/var/kafka data/orders-0/00000000000000000000.log"])).toBe(
    "kafka-dump-log.sh --deep-iteration \\\n  --files '/var/kafka data/orders-0/00000000000000000000.log'",
  );
  expect(checkIndexesCommand(["/d/orders-0/0.index", "/d/orders-0/0.timeindex"])).toMatch(
    /--index-sanity-check \\\n {2}--files \/d\/orders-0\/0\.index,\/d\/orders-0\/0\.timeindex$/,
  );
  expect(dumpPartitionCommand("/var/kafka data/orders-0")).toBe(
    `kafka-dump-log.sh --deep-iteration \\\n  --files "$(printf '%s,' '/var/kafka data/orders-0'/*.log)"`,
  );
  expect(checkPartitionIndexesCommand("/d/orders-0")).toMatch(
    /'%s,' \/d\/orders-0\/\*\.index \/d\/orders-0\/\*\.timeindex\)"$/,
  );
});
