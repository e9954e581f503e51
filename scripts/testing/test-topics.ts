import { randomUUID } from "node:crypto";
import { type Admin, type ITopicConfig, Kafka, logLevel, type Message, type Producer } from "kafkajs";
import { calmKafkajs } from "#server/kafka/kafkajs-idle.ts";
import { testCluster } from "./test-cluster.ts";

calmKafkajs();

/** The topics of one test file: unique names, real records, all deleted by `close`. */
export class TestTopics {
  readonly kafka = new Kafka({
    clientId: "tailrace-test-topics",
    brokers: testCluster().bootstrap,
    logLevel: logLevel.NOTHING,
  });
  readonly #admin: Admin = this.kafka.admin();
  #producer: Producer | null = null;
  readonly #names: string[] = [];
  #connected: Promise<void> | null = null;

  /** A name that no other test uses; deleted by `close` whoever makes the topic. */
  name(prefix = "test"): string {
    const name = `${prefix}-${randomUUID().slice(0, 8)}`;
    this.#names.push(name);
    return name;
  }

  /** @returns the new topic's name, once its leaders are there */
  async create(
    options: Omit<ITopicConfig, "topic"> & { prefix?: string; configs?: Record<string, string> } = {},
  ): Promise<string> {
    const { prefix, configs = {}, ...config } = options;
    const topic = this.name(prefix);
    await this.#connect();
    await this.#admin.createTopics({
      waitForLeaders: true,
      topics: [
        {
          topic,
          numPartitions: 3,
          replicationFactor: 3,
          configEntries: Object.entries(configs).map(([name, value]) => ({ name, value })),
          ...config,
        },
      ],
    });
    return topic;
  }

  async send(topic: string, messages: Message[]): Promise<void> {
    this.#producer ??= this.kafka.producer({ allowAutoTopicCreation: false });
    await this.#producer.connect();
    await this.#producer.send({ topic, messages });
  }

  async close(): Promise<void> {
    await this.#producer?.disconnect();
    await this.#connect();
    const there = new Set(await this.#admin.listTopics());
    const mine = this.#names.filter((name) => there.has(name));
    if (mine.length > 0) await this.#admin.deleteTopics({ topics: mine });
    await this.#admin.disconnect();
  }

  #connect(): Promise<void> {
    this.#connected ??= this.#admin.connect();
    return this.#connected;
  }
}
