import { parentPort, workerData } from "node:worker_threads";
import { FenceError, LogDirectory } from "../partition-directory.ts";
import type { VerifyAnswer, VerifyTask } from "./verify-event.ts";
import { verifyPartition } from "./verify-partition.ts";

/** The entry of a verification's thread: one task, then it ends. Any message ends it before, with its files closed. */
const port = parentPort;
if (port !== null) {
  const cancelled = new AbortController();
  port.once("message", () => cancelled.abort());
  const say = (answer: VerifyAnswer) => port.postMessage(answer);
  try {
    const { logDir, topic, partition, future, bytesPerSecond } = workerData as VerifyTask;
    const directory = await (await LogDirectory.open(logDir)).partition(topic, partition, future);
    await verifyPartition(directory, bytesPerSecond, (event) => say({ kind: "event", event }), cancelled.signal);
  } catch (error) {
    if (!cancelled.signal.aborted) {
      const fenced = error instanceof FenceError ? error.reason : null;
      say({ kind: "failed", fenced, message: error instanceof Error ? error.message : String(error) });
    }
  }
  port.close();
}
