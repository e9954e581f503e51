import { setTimeout as delay } from "node:timers/promises";
import { Consumer } from "@platformatic/kafka";
import type { Workload } from "./client.ts";

const RETRY_MS = 3_000;

/** One member of a group of the new protocol (KIP-848), that kafkajs does not speak. Joins again when a broker's end threw it out. */
export async function consumeNextGeneration({ bootstrap, signal }: Workload): Promise<void> {
  while (!signal.aborted) {
    await consumeUntilFailure(bootstrap, signal).catch((error: unknown) => {
      if (!signal.aborted) console.error(`${new Date().toISOString()} inventory-sync failed: ${String(error)}`);
    });
    await delay(RETRY_MS, null, { signal }).catch(() => null);
  }
}

async function consumeUntilFailure(bootstrap: readonly string[], signal: AbortSignal): Promise<void> {
  const consumer = new Consumer({
    clientId: "sample-workload",
    groupId: "inventory-sync",
    bootstrapBrokers: [...bootstrap],
    groupProtocol: "consumer",
    autocommit: 5_000,
    minBytes: 1_024,
    maxWaitTime: 2_000,
  });
  // Errors reach us through the stream.
  consumer.on("error", () => {});
  const end = () => void consumer.close(true).catch(() => {});
  signal.addEventListener("abort", end, { once: true });
  try {
    const stream = await consumer.consume({ topics: ["inventory"], mode: "committed", fallbackMode: "earliest" });
    for await (const _ of stream) if (signal.aborted) break;
  } finally {
    signal.removeEventListener("abort", end);
    await consumer.close(true).catch(() => {});
  }
}
