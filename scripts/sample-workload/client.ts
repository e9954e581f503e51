import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import kafkajs, { type Kafka } from "kafkajs";
import { calmKafkajs } from "#server/kafka/kafkajs-idle.ts";

/** How to reach the brokers, and what says that the end is near. */
export interface Workload {
  readonly kafka: Kafka;
  readonly bootstrap: readonly string[];
  readonly signal: AbortSignal;
}

/** So many lines of kafkajs' errors are kept: a broker that is stopped for a day must not fill the disk. */
const LOG_LIMIT = 1_000;
const REBALANCING = "The group is rebalancing, so a rejoin is needed";
const FOREVER = Number.MAX_SAFE_INTEGER;

/** A kafkajs that can zstd, spares the CPU when idle, and (unless a producer says otherwise) never gives up while a broker is away. */
export function workloadClient(bootstrap: readonly string[]): Kafka {
  calmKafkajs();
  kafkajs.CompressionCodecs[kafkajs.CompressionTypes.ZSTD] = () => ({
    compress: async ({ buffer }: { buffer: Buffer }) => zstdCompressSync(buffer),
    decompress: async (buffer: Buffer) => zstdDecompressSync(buffer),
  });
  let lines = 0;
  return new kafkajs.Kafka({
    clientId: "sample-workload",
    brokers: [...bootstrap],
    retry: { initialRetryTime: 300, maxRetryTime: 5_000, retries: FOREVER },
    logLevel: kafkajs.logLevel.ERROR,
    logCreator:
      () =>
      ({ namespace, log }) => {
        // Members come and go all the time, by design.
        if (log.error === REBALANCING) return;
        if (lines++ < LOG_LIMIT)
          console.error(`${log.timestamp} ${namespace} ${log.message} ${String(log.error ?? "")}`);
      },
  });
}
