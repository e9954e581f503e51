import { writeFileSync } from "node:fs";
import { runTool } from "../../local-kafka/tools.ts";

/** So many messages a second, for so long. */
export interface Load {
  readonly rate: number;
  readonly seconds: number;
}

const VALUE_BYTES = 190;
const DIFFERENT_VALUES = 1_000;
const HEAP_MB = 256;
/** Java starts, and a load that the machine can't keep up with takes longer than asked for. */
const SPARE_MS = 90_000;

/** A file of JSON values of 190 B, one a line, for ProducerPerformance to choose from. */
export function writePayloads(file: string): void {
  const lines = Array.from({ length: DIFFERENT_VALUES }, (_, i) => {
    const order = {
      id: 1_000_000 + i,
      customer: `c-${(i * 7919) % 5_000}`,
      status: "paid",
      cents: (i * 104_729) % 99_999,
    };
    const json = JSON.stringify({ ...order, note: "" });
    return JSON.stringify({ ...order, note: "x".repeat(VALUE_BYTES - json.length) });
  });
  writeFileSync(file, `${lines.join("\n")}\n`);
}

/**
 * Produces a load by Kafka's own ProducerPerformance: each message's timestamp is the moment at which it was handed to
 * the producer, and each is sent at once (linger.ms=0, acks=1).
 * @returns how many it sent
 */
export async function produceLoad(
  { rate, seconds }: Load,
  {
    bootstrap,
    topic,
    payloads,
    signal,
  }: { bootstrap: readonly string[]; topic: string; payloads: string; signal: AbortSignal },
): Promise<number> {
  const { stdout } = await runTool(
    "org.apache.kafka.tools.ProducerPerformance",
    [
      ...["--bootstrap-server", bootstrap.join(","), "--topic", topic, "--payload-file", payloads],
      ...["--num-records", String(rate * seconds), "--throughput", String(rate)],
      ...["--producer-props", "acks=1", "linger.ms=0"],
    ],
    { signal, heapMb: HEAP_MB, timeoutMs: seconds * 1_000 + SPARE_MS },
  );
  const sent = [...stdout.matchAll(/^(\d+) records sent, .*99\.9th/gm)].at(-1)?.[1];
  if (sent === undefined) throw new Error(`ProducerPerformance didn't say what it sent:\n${stdout}`);
  return Number(sent);
}
