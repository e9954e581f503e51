import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Consumer } from "@platformatic/kafka";
import { type EachMessageHandler, Kafka, logLevel } from "kafkajs";
import { calmKafkajs } from "#server/kafka/kafkajs-idle.ts";
import { startTool } from "../local-kafka/tools.ts";
import { testCluster } from "./test-cluster.ts";

/** A consumer that is a member of a group. */
export interface TestMember {
  /** As its brokers tell it. */
  readonly clientId: string;
  /** Leaves the group. */
  stop(): Promise<void>;
}

export interface MemberOptions {
  readonly group: string;
  readonly topics: readonly string[];
  readonly clientId: string;
}

const HEARTBEAT_MS = 500;
const COMMIT_EVERY_MS = 200;
const FETCH_WAIT_MS = 200;
const JAVA_GRACE_MS = 10_000;
/** A Java consumer that a crashed test run leaves behind ends when it has read nothing for so long. */
const JAVA_IDLE_MS = "180000";

calmKafkajs();

/**
 * A kafkajs consumer in this process (assignor RoundRobinAssigner), which reads and commits everything from the start; a member once this resolves.
 * @param commit false: it takes messages and never commits, as one that hangs in its first message
 */
export async function startClassicMember(
  options: MemberOptions & { readonly commit?: boolean; readonly eachMessage?: EachMessageHandler },
): Promise<TestMember> {
  const { group, topics, clientId, commit = true, eachMessage = async () => {} } = options;
  const kafka = new Kafka({ clientId, brokers: testCluster().bootstrap, logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({
    groupId: group,
    allowAutoTopicCreation: false,
    heartbeatInterval: HEARTBEAT_MS,
    maxWaitTimeInMs: FETCH_WAIT_MS,
  });
  const joined = new Promise<void>((resolve, reject) => {
    consumer.on(consumer.events.GROUP_JOIN, () => resolve());
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
  });
  await consumer.connect();
  await consumer.subscribe({ topics: [...topics], fromBeginning: true });
  await consumer.run({ autoCommit: commit, autoCommitInterval: COMMIT_EVERY_MS, eachMessage });
  await joined;
  return { clientId, stop: () => consumer.disconnect() };
}

/**
 * A consumer of the protocol of KIP-848 (pf) in this process, which reads and commits everything from the start. It has asked to join once
 * this resolves; `TestGroups.awaitMembers` waits until it has its partitions.
 */
export async function startNextGenMember(
  options: MemberOptions & { readonly instanceId?: string; readonly commit?: boolean },
): Promise<TestMember> {
  const { group, topics, clientId, instanceId, commit = true } = options;
  const consumer = new Consumer({
    clientId,
    groupId: group,
    bootstrapBrokers: [...testCluster().bootstrap],
    groupProtocol: "consumer",
    autocommit: commit ? COMMIT_EVERY_MS : false,
    maxWaitTime: FETCH_WAIT_MS,
    ...(instanceId !== undefined && { groupInstanceId: instanceId }),
  });
  consumer.on("error", () => {});
  const stream = await consumer.consume({ topics: [...topics], mode: "committed", fallbackMode: "earliest" });
  const read = (async () => {
    for await (const _ of stream);
  })().catch(() => {});
  return {
    clientId,
    async stop() {
      await consumer.close(true);
      await read;
    },
  };
}

/**
 * Kafka's own console consumer, in a JVM of its own: for what the others can't do, such as static members, other assignors, patterns.
 * It has been started once this resolves; `TestGroups.awaitMembers` waits until it is a member.
 * @param options `pattern` (a Java regular expression) instead of `topics`; `config`: consumer properties,
 *   `{"group.protocol": "consumer"}` for KIP-848
 */
export async function startJavaMember(
  options: Omit<MemberOptions, "topics"> & {
    readonly topics?: readonly string[];
    readonly pattern?: string;
    readonly config?: Readonly<Record<string, string>>;
  },
): Promise<TestMember & { kill(): Promise<void> }> {
  const { group, topics = [], pattern, clientId, config = {} } = options;
  const properties = { "client.id": clientId, "auto.commit.interval.ms": String(COMMIT_EVERY_MS), ...config };
  const include = pattern ?? topics.map((topic) => topic.replaceAll(".", "\\.")).join("|");
  const wanted = pattern === undefined && topics.length === 1 ? ["--topic", topics[0] ?? ""] : ["--include", include];
  return startJava("org.apache.kafka.tools.consumer.ConsoleConsumer", clientId, [
    ...["--group", group, "--from-beginning", "--timeout-ms", JAVA_IDLE_MS, ...wanted],
    ...Object.entries(properties).flatMap(([key, value]) => ["--command-property", `${key}=${value}`]),
  ]);
}

/** Kafka's own console consumer of a share group (KIP-932). It has been started once this resolves. */
export async function startShareMember({ group, topics, clientId }: MemberOptions): Promise<TestMember> {
  const [topic = ""] = topics;
  return startJava("org.apache.kafka.tools.consumer.ConsoleShareConsumer", clientId, [
    ...["--group", group, "--timeout-ms", JAVA_IDLE_MS, "--topic", topic],
    ...["--command-property", `client.id=${clientId}`],
  ]);
}

async function startJava(className: string, clientId: string, args: readonly string[]) {
  const dir = mkdtempSync(join(tmpdir(), "tailrace-member-"));
  const bootstrap = ["--bootstrap-server", testCluster().bootstrap.join(",")];
  const child = await startTool(className, [...bootstrap, ...args], join(dir, "output.log"));
  const end = async (graceMs: number) => {
    await child.stop(graceMs);
    rmSync(dir, { recursive: true, force: true });
  };
  /** Gone without a word: the group misses it when its session times out. */
  return { clientId, stop: () => end(JAVA_GRACE_MS), kill: () => end(0) };
}
