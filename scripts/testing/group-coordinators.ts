import { setTimeout as delay } from "node:timers/promises";
import { Kafka, logLevel } from "kafkajs";
import { calmKafkajs } from "#server/kafka/kafkajs-idle.ts";

/** Their hashes follow one another: one for each of the offsets topic's three partitions. */
const GROUPS = ["coordinator-0", "coordinator-1", "coordinator-2"];
const TIMEOUT_MS = 30_000;
const POLL_MS = 100;

/**
 * Waits until every group coordinator answers. Kafka makes its offsets topic when the first one is asked for, and refuses while a
 * coordinator loads: a test should not be the one that meets this. Leaves no group behind.
 *
 * @throws what the coordinator said last, after 30 s.
 */
export async function awaitGroupCoordinators(bootstrap: readonly string[]): Promise<void> {
  calmKafkajs();
  const kafka = new Kafka({ clientId: "tailrace-test-cluster", brokers: [...bootstrap], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  try {
    const until = Date.now() + TIMEOUT_MS;
    for (const groupId of GROUPS) {
      while (true) {
        try {
          await admin.fetchOffsets({ groupId });
          break;
        } catch (error) {
          if (Date.now() > until) throw error;
          await delay(POLL_MS);
        }
      }
    }
  } finally {
    await admin.disconnect();
  }
}
