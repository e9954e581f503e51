// The sample workload: real producers and consumers, in a process of its own that ends with the one that started it.
import { endRequested } from "../console/end.ts";
import { type Workload, workloadClient } from "./client.ts";
import { commitByHand } from "./commit-by-hand.ts";
import { consumeClassic } from "./consume-classic.ts";
import { consumeNextGeneration } from "./consume-next-generation.ts";
import { holdTransactions } from "./hold-transactions.ts";
import { leaveForgottenGroups } from "./leave-forgotten-groups.ts";
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
// Beside the producers: one of these groups waits for messages.
const forgotten = created.includes("orders") ? leaveForgottenGroups(workload) : Promise.resolve();
forgotten.catch((error: unknown) => {
  if (!signal.aborted) console.error(`The forgotten groups failed: ${String(error)}`);
});

/** What ends before it is asked to has failed; the others go on. */
const parts = {
  produceSamples,
  produceTransfers,
  holdTransactions,
  consumeClassic,
  consumeNextGeneration,
  commitByHand,
};
const ended = await Promise.allSettled(Object.values(parts).map((part) => part(workload)));
for (const [index, name] of Object.keys(parts).entries()) {
  const outcome = ended[index];
  if (outcome?.status === "rejected" && !signal.aborted) console.error(`${name} failed: ${String(outcome.reason)}`);
}
process.exit(signal.aborted ? 0 : 1);
