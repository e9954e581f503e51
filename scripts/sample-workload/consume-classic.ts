import { setTimeout as delay } from "node:timers/promises";
import type { Consumer, ConsumerRunConfig } from "kafkajs";
import type { Workload } from "./client.ts";
import type { SampleTopic } from "./topics.ts";

interface ClassicMember {
  readonly groupId: string;
  readonly topic: SampleTopic;
  readonly run: (consumer: Consumer, signal: AbortSignal) => ConsumerRunConfig;
  /** Default 1 MiB; less makes a slow consumer's batches short enough to be left in time. */
  readonly maxBytesPerPartition?: number;
}

const STAYS_MS = 20_000;
const STAYS_AWAY_MS = 10_000;
/** Brokers answer a fetch when there is this much or after this long: few requests, and still alive on screen. */
const FETCH_MIN_BYTES = 32 * 1024;
const FETCH_WAIT_MS = 1_500;
const COMMIT_EVERY_MS = 5_000;
const SLOW_MESSAGE_MS = 400;
const SLOW_PARTITION = 3;
const SLOW_PARTITION_RESTS_MS = 4_000;
/** A member that is killed is missed after this long. */
const SESSION_TIMEOUT_MS = 20_000;
const HEARTBEAT_MS = 5_000;

const keepUp = (): ConsumerRunConfig => ({
  autoCommitInterval: COMMIT_EVERY_MS,
  eachBatch: async () => {},
});

/** Slower than what is written: its lag grows until retention takes what it never read. */
const fallBehind = (_: Consumer, signal: AbortSignal): ConsumerRunConfig => ({
  autoCommitInterval: COMMIT_EVERY_MS,
  eachMessage: async () => {
    await delay(SLOW_MESSAGE_MS, null, { signal }).catch(() => null);
  },
});

/** Fails at the message where it begins, each time anew: still a member, with partitions, and its committed offset never moves. */
const getStuck = (consumer: Consumer): ConsumerRunConfig => ({
  autoCommit: false,
  eachBatchAutoResolve: false,
  eachBatch: async ({ batch: { topic, partition, messages } }) => {
    const [first] = messages;
    if (first) await consumer.commitOffsets([{ topic, partition, offset: first.offset }]);
    consumer.pause([{ topic, partitions: [partition] }]);
  },
});

/** Keeps up with all partitions but one, which it takes a little of now and then: its lag is the group's. */
const neglectOnePartition = (consumer: Consumer, signal: AbortSignal): ConsumerRunConfig => ({
  autoCommitInterval: COMMIT_EVERY_MS,
  eachBatch: async ({ batch: { topic, partition } }) => {
    if (partition !== SLOW_PARTITION) return;
    const slow = [{ topic, partitions: [partition] }];
    consumer.pause(slow);
    void delay(SLOW_PARTITION_RESTS_MS, null, { signal }).then(
      () => consumer.resume(slow),
      () => {},
    );
  },
});

/** Shows what comes and remembers nothing: its group never commits. */
const watchOnly = (): ConsumerRunConfig => ({ autoCommit: false, eachBatch: async () => {} });

/** Ordinary groups, in the states that an operator meets. */
const members: readonly ClassicMember[] = [
  { groupId: "order-fulfilment", topic: "orders", run: keepUp },
  { groupId: "order-fulfilment", topic: "orders", run: keepUp },
  { groupId: "web-analytics", topic: "page-views", run: keepUp },
  { groupId: "fraud-check", topic: "payments", run: fallBehind, maxBytesPerPartition: 2 * 1024 },
  { groupId: "invoice-export", topic: "orders", run: getStuck },
  { groupId: "search-indexer", topic: "page-views", run: neglectOnePartition, maxBytesPerPartition: 16 * 1024 },
  // Reads committed messages only: what is left over at the end of a transaction are markers.
  { groupId: "ledger-audit", topic: "account-transfers", run: keepUp },
  { groupId: "refund-notices", topic: "refunds", run: keepUp },
  { groupId: "plant-display", topic: "device-telemetry", run: watchOnly },
  // Three members for two partitions: one has nothing to do.
  { groupId: "telemetry-alerts", topic: "device-telemetry", run: keepUp },
  { groupId: "telemetry-alerts", topic: "device-telemetry", run: keepUp },
  { groupId: "telemetry-alerts", topic: "device-telemetry", run: keepUp },
];

/** The group of a member that stays and one that comes and goes. */
const steadyMember: ClassicMember = { groupId: "email-campaign", topic: "orders", run: keepUp };

/** Runs all members until the signal, then they leave their groups. */
export async function consumeClassic(workload: Workload): Promise<void> {
  await Promise.all([
    ...members.map((member) => runMember(workload, member)),
    runMember(workload, steadyMember),
    comeAndGo(workload, steadyMember),
  ]);
}

/** As a consumer that a scheduler starts again and again: each coming and going rebalances its group. */
async function comeAndGo(workload: Workload, member: ClassicMember): Promise<void> {
  while (!workload.signal.aborted) {
    const stay = AbortSignal.any([workload.signal, AbortSignal.timeout(STAYS_MS)]);
    await runMember({ ...workload, signal: stay }, member);
    await delay(STAYS_AWAY_MS, null, { signal: workload.signal }).catch(() => null);
  }
}

async function runMember({ kafka, signal }: Workload, member: ClassicMember): Promise<void> {
  const consumer = kafka.consumer({
    groupId: member.groupId,
    allowAutoTopicCreation: false,
    minBytes: FETCH_MIN_BYTES,
    maxWaitTimeInMs: FETCH_WAIT_MS,
    sessionTimeout: SESSION_TIMEOUT_MS,
    heartbeatInterval: HEARTBEAT_MS,
    ...(member.maxBytesPerPartition && { maxBytesPerPartition: member.maxBytesPerPartition }),
  });
  await consumer.connect();
  await consumer.subscribe({ topic: member.topic, fromBeginning: true });
  await consumer.run(member.run(consumer, signal));
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await consumer.disconnect();
}
