import { setTimeout as delay } from "node:timers/promises";
import { Admin } from "@platformatic/kafka";
import type { Workload } from "./client.ts";
import { partitionsOf } from "./topics.ts";

const GROUP = "quarterly-report";
const TOPIC = "orders";
const ATTEMPTS = 20;
const RETRY_MS = 500;

/**
 * A group that somebody ran once and forgot: offsets committed at the start of a topic, no members, growing lag. For a topic that was just
 * made; the very first commit of a cluster waits for the offsets topic.
 */
export async function leaveAbandonedGroup({ bootstrap, signal }: Workload): Promise<void> {
  const admin = new Admin({ clientId: "sample-workload", bootstrapBrokers: [...bootstrap] });
  const partitionOffsets = partitionsOf(TOPIC).map((partition) => ({ partition, offset: 0n }));
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        return await admin.alterConsumerGroupOffsets({ groupId: GROUP, topics: [{ name: TOPIC, partitionOffsets }] });
      } catch (error) {
        if (attempt === ATTEMPTS) throw error;
        await delay(RETRY_MS, null, { signal });
      }
    }
  } finally {
    await admin.close();
  }
}
