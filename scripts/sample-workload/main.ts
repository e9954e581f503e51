// The sample workload: real producers and consumers, in a process of its own that ends with the one that started it.
import { endRequested } from "../console/end.ts";
import { type Workload, workloadClient } from "./client.ts";
import { consumeClassic } from "./consume-classic.ts";
import { consumeNextGeneration } from "./consume-next-generation.ts";
import { leaveAbandonedGroup } from "./leave-abandoned-group.ts";
import { produceSamples } from "./produce.ts";
import { produceTransfers } from "./produce-transfers.ts";
import { createSampleTopics } from "./topics.ts";

const LEAVE_MS = 900;

const bootstrap = (process.env.KAFKA_BROKERS ?? "").split(",").filter((address) => address !== "");
if (bootstrap.length === 0) throw new Error("KAFKA_BROKERS names no broker. `npm start` sets it.");

const signal = endRequested();
signal.addEventListener("abort", () => setTimeout(() => process.exit(0), LEAVE_MS).unref());
const workload: Workload = { kafka: workloadClient(bootstrap), bootstrap, signal };

const admin = workload.kafka.admin();
await admin.connect();
const created = await createSampleTopics(admin);
await admin.disconnect();
if (created.includes("orders")) {
  await leaveAbandonedGroup(workload).catch((error: unknown) =>
    console.error(`quarterly-report failed: ${String(error)}`),
  );
}

/** What ends before it is asked to has failed; the others go on. */
const parts = { produceSamples, produceTransfers, consumeClassic, consumeNextGeneration };
const ended = await Promise.allSettled(Object.values(parts).map((part) => part(workload)));
for (const [index, name] of Object.keys(parts).entries()) {
  const outcome = ended[index];
  if (outcome?.status === "rejected" && !signal.aborted) console.error(`${name} failed: ${String(outcome.reason)}`);
}
process.exit(signal.aborted ? 0 : 1);
