import { type MessagePort, parentPort } from "node:worker_threads";
import { FenceError, LogDirectory } from "../partition-directory.ts";
import type { VerifyAnswer, VerifyTask } from "./verify-event.ts";
import { verifyPartition } from "./verify-partition.ts";

/** The entry of a verification's thread: one task, then it ends. Another message ends it before, with its files closed. */
const port = parentPort;
port?.once("message", (task: VerifyTask) => {
  const cancelled = new AbortController();
  port.once("message", () => cancelled.abort());
  void run(task, port, cancelled.signal).finally(() => port.close());
});

async function run(task: VerifyTask, to: MessagePort, cancelled: AbortSignal): Promise<void> {
  const say = (answer: VerifyAnswer) => to.postMessage(answer);
  try {
    const logDirectory = await LogDirectory.open(task.logDir);
    const directory = await logDirectory.partition(task.topic, task.partition, task.future);
    await verifyPartition(directory, task.bytesPerSecond, (event) => say({ kind: "event", event }), cancelled);
  } catch (error) {
    if (cancelled.aborted) return;
    const fenced = error instanceof FenceError ? error.reason : null;
    say({ kind: "failed", fenced, message: error instanceof Error ? error.message : String(error) });
  }
}
