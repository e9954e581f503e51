import { setTimeout as delay } from "node:timers/promises";
import { Admin } from "@platformatic/kafka";
import type { Workload } from "./client.ts";
import { partitionsOf, type SampleTopic } from "./topics.ts";

const ATTEMPTS = 60;
const RETRY_MS = 500;
/** So many messages of the chat are deleted once they are there; the archive's group has read none of them. */
const DELETED = 20n;
const LATEST = -1n;

/**
 * Groups that somebody ran once and forgot, for topics that were just made: offsets committed at the start, no members, growing lag. What
 * the second one never read is deleted, as retention would have done.
 */
export async function leaveForgottenGroups({ bootstrap, signal }: Workload): Promise<void> {
  const admin = new Admin({ clientId: "sample-workload", bootstrapBrokers: [...bootstrap] });
  // The very first commit of a cluster waits for the offsets topic, and the messages to delete for their producer.
  const again = async (attempt: () => Promise<void>) => {
    for (let failed = 0; ; ) {
      try {
        return await attempt();
      } catch (error) {
        if (++failed === ATTEMPTS) throw error;
        await delay(RETRY_MS, null, { signal });
      }
    }
  };
  try {
    await again(() => commitStart(admin, "quarterly-report", "orders"));
    await again(() => commitStart(admin, "chat-archive", "support-messages"));
    await again(() => deleteOldest(admin, "support-messages"));
  } finally {
    await admin.close();
  }
}

async function commitStart(admin: Admin, groupId: string, topic: SampleTopic): Promise<void> {
  const partitionOffsets = partitionsOf(topic).map((partition) => ({ partition, offset: 0n }));
  await admin.alterConsumerGroupOffsets({ groupId, topics: [{ name: topic, partitionOffsets }] });
}

async function deleteOldest(admin: Admin, topic: SampleTopic): Promise<void> {
  const [ends] = await admin.listOffsets({
    topics: [{ name: topic, partitions: [{ partitionIndex: 0, timestamp: LATEST }] }],
  });
  if ((ends?.partitions[0]?.offset ?? 0n) <= DELETED) throw new Error(`${topic} has not ${DELETED} messages yet`);
  await admin.deleteRecords({ topics: [{ name: topic, partitions: [{ partition: 0, offset: DELETED }] }] });
}
