import { randomUUID } from "node:crypto";
import { Kafka, logLevel, type Message, type Producer } from "kafkajs";
import { requestTopicCreation, type TopicCreation } from "#server/kafka/create-topic.ts";
import { calmKafkajs } from "#server/kafka/kafkajs-idle.ts";
import { listOffsets } from "#server/kafka/list-offsets.ts";
import { readMetadata } from "#server/kafka/read-metadata.ts";
import { awaitTopic } from "#server/topics/await-topic.ts";
import { eventually } from "./eventually.ts";
import { serviceContext } from "./service-context.ts";
import { testCluster } from "./test-cluster.ts";

calmKafkajs();

/** The topics of one test file: unique names, real records, all deleted by `close`. */
export class TestTopics {
  /** For producers, consumers and admin requests of a test. */
  readonly kafka = new Kafka({
    clientId: "tailrace-test-topics",
    brokers: testCluster().bootstrap,
    logLevel: logLevel.NOTHING,
  });
  readonly #service = serviceContext();
  readonly #names: string[] = [];
  readonly #transactional: Producer[] = [];
  #producer: Producer | null = null;

  /** A name that no other test uses; deleted by `close` whoever makes the topic. */
  name(prefix = "test"): string {
    const name = `${prefix}-${randomUUID().slice(0, 8)}`;
    this.#names.push(name);
    return name;
  }

  /**
   * Three partitions with three replicas, unless said otherwise.
   * @returns the new topic's name, once every broker knows it and its leaders
   */
  async create(
    options: Partial<Omit<TopicCreation, "name" | "validateOnly">> & { readonly prefix?: string } = {},
  ): Promise<string> {
    const { prefix, ...asked } = options;
    const name = this.name(prefix);
    const counts = asked.assignment
      ? { partitions: -1, replicationFactor: -1 }
      : { partitions: 3, replicationFactor: 3, assignment: [] };
    const creation: TopicCreation = { assignment: [], ...counts, configs: {}, ...asked, name, validateOnly: false };
    const { kafka, signal } = this.#service.ctx;
    const answer = await requestTopicCreation(kafka, null, creation, signal);
    if (answer?.errorCode !== 0) throw new Error(`Kafka refused ${name}: ${answer?.errorMessage}`);
    await awaitTopic(this.#service.ctx, name);
    await this.#awaitLeaders(name);
    return name;
  }

  /** A broker is named as leader before it is ready to be one, and a kafkajs producer that it refuses sends to all partitions again. */
  async #awaitLeaders(name: string): Promise<void> {
    const { kafka, signal } = this.#service.ctx;
    await eventually(async () => {
      const { topics } = await readMetadata(kafka, [name], signal);
      const [{ offsets }] = await listOffsets(kafka, topics, ["latest"], signal);
      if (offsets.get(name)?.includes(null) !== false)
        throw new Error(`Not every partition of ${name} has a leader yet.`);
    });
  }

  async send(topic: string, messages: Message[]): Promise<void> {
    try {
      await (await this.#connectedProducer()).send({ topic, messages });
    } catch (error) {
      if (!isTopicUnknown(error)) throw error;
      // A kafkajs producer asks for the metadata of every topic it ever sent to, and fails once one of them was deleted.
      await this.#producer?.disconnect();
      this.#producer = null;
      await (await this.#connectedProducer()).send({ topic, messages });
    }
  }

  async #connectedProducer(): Promise<Producer> {
    this.#producer ??= this.kafka.producer({ allowAutoTopicCreation: false });
    await this.#producer.connect();
    return this.#producer;
  }

  /**
   * A producer with a transactional id of its own, connected. What ends a transaction is answered before its last marker is
   * written: wait for the high watermark where that matters.
   */
  async transactionalProducer(): Promise<Producer> {
    const producer = this.kafka.producer({
      allowAutoTopicCreation: false,
      transactionalId: `tx-${randomUUID()}`,
      idempotent: true,
      maxInFlightRequests: 1,
    });
    await producer.connect();
    this.#transactional.push(producer);
    return producer;
  }

  async close(): Promise<void> {
    await Promise.all([this.#producer, ...this.#transactional].map((producer) => producer?.disconnect()));
    await this.#service.close();
    const admin = this.kafka.admin();
    await admin.connect();
    const there = new Set(await admin.listTopics());
    const mine = this.#names.filter((name) => there.has(name));
    if (mine.length > 0) await admin.deleteTopics({ topics: mine });
    await admin.disconnect();
  }
}

function isTopicUnknown(error: unknown): boolean {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && "type" in cause && cause.type === "UNKNOWN_TOPIC_OR_PARTITION";
}
