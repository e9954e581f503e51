import { setTimeout as delay } from "node:timers/promises";
import { Admin } from "@platformatic/kafka";
import type { Workload } from "./client.ts";
import { partitionsOf } from "./topics.ts";

const GROUP = "clickstream-job";
const TOPIC = "page-views";
const EVERY_MS = 5_000;
/** Asks ListOffsets for the high watermark. */
const LATEST = -1n;

/** As Flink and Spark do: a job that assigns itself partitions, joins no group, and only commits where it is. */
export async function commitByHand({ bootstrap, signal }: Workload): Promise<void> {
  const admin = new Admin({ clientId: "sample-workload", bootstrapBrokers: [...bootstrap] });
  try {
    while (!signal.aborted) {
      await commitEnds(admin).catch((error: unknown) => {
        console.error(`${new Date().toISOString()} ${GROUP} failed: ${String(error)}`);
      });
      await delay(EVERY_MS, null, { signal }).catch(() => null);
    }
  } finally {
    await admin.close();
  }
}

async function commitEnds(admin: Admin): Promise<void> {
  const partitions = partitionsOf(TOPIC).map((partitionIndex) => ({ partitionIndex, timestamp: LATEST }));
  const [ends] = await admin.listOffsets({ topics: [{ name: TOPIC, partitions }] });
  const partitionOffsets = (ends?.partitions ?? []).map(({ partitionIndex, offset }) => ({
    partition: partitionIndex,
    offset,
  }));
  await admin.alterConsumerGroupOffsets({ groupId: GROUP, topics: [{ name: TOPIC, partitionOffsets }] });
}
