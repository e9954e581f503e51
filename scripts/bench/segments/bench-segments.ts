import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { Kafka, logLevel } from "kafkajs";
import { z } from "zod";
import { calmKafkajs } from "#server/kafka/kafkajs-idle.ts";
import { Verifier } from "#server/segments/verify/verifier.ts";
import type { LocalKafka } from "../../local-kafka/local-kafka.ts";
import { runTool } from "../../local-kafka/tools.ts";
import { type BenchServer, startBenchServer } from "../bench-server.ts";
import { median, timed } from "../measure.ts";
import type { Row } from "../table.ts";

const TOPIC = "bench-segments";
const RECORD_BYTES = 1_024;
const FULL = { megabytes: 1_024, finds: 40 };
/** To see that all of it works, not for figures. */
const QUICK = { megabytes: 64, finds: 10 };
/** The first ones open connections and start the decoder's thread. */
const WARM_UP = 5;
/** No broker is spared here. */
const UNBOUNDED = 1e12;
const AIM_FIND_MS = 50;
const AIM_FIND_KB = 500;
/** Seconds of one core for a GB, at 300 MB a second. */
const AIM_VERIFY_S = 1_000 / 300;
const TOOL = { heapMb: 512, timeoutMs: 300_000 };

interface BenchOptions {
  readonly kafka: LocalKafka;
  readonly dir: string;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  readonly quick: boolean;
}

const located = z.object({ offset: z.string().nullable(), result: z.string(), bytesRead: z.string() });

/** Finding an offset and a time in a partition of 1 GB, over HTTP; verifying it; the same files through DumpLogSegments. */
export async function benchSegments(options: BenchOptions): Promise<Row[]> {
  const { kafka, dir, signal, say, quick } = options;
  const { megabytes, finds } = quick ? QUICK : FULL;
  say(`Writing a partition of ${megabytes} MB…`);
  const records = Math.round((megabytes * 1e6) / RECORD_BYTES);
  const { logDir, fromMs, toMs } = await fill(options, records);
  const files = readdirSync(join(logDir, `${TOPIC}-0`))
    .filter((name) => name.endsWith(".log"))
    .map((name) => join(logDir, `${TOPIC}-0`, name));
  const gigabytes = files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e9;
  say("Finding offsets and times in it…");
  const server = await startBenchServer({ bootstrap: kafka.bootstrap, dir, signal });
  let find: Awaited<ReturnType<typeof findMany>>;
  try {
    find = await findMany(server, { records, fromMs, toMs, finds }, signal);
  } finally {
    await server.stop();
  }
  say("Verifying it…");
  const verify = await verifyAll(logDir, signal);
  say("Running Kafka's DumpLogSegments on the same files…");
  const [dumpMs = Number.NaN] = await timed(1, 0, () =>
    runTool("org.apache.kafka.tools.DumpLogSegments", ["--files", files.join(",")], { signal, ...TOOL }),
  );
  const size = `${gigabytes.toFixed(2)} GB`;
  return [
    row(
      `one of ${records.toLocaleString("en")} messages in ${size}: by offset`,
      find.offsetMs,
      "ms",
      dumpMs,
      AIM_FIND_MS,
    ),
    row("  by time", find.timeMs, "ms", dumpMs, AIM_FIND_MS),
    row("  bytes read for it, the most of all", find.mostKb, "KB", gigabytes * 1e6, AIM_FIND_KB),
    row("verifying every checksum, a GB", verify.wallS / gigabytes, "s", dumpMs / 1_000 / gigabytes, null),
    row("  time of one core for it", verify.cpuS / gigabytes, "s", null, AIM_VERIFY_S),
  ];
}

function row(what: string, measured: number, unit: Row["unit"], reference: number | null, aim: number | null): Row {
  return { what, measured, unit, reference, aim };
}

interface Filled {
  /** Of the one broker that has the partition. */
  readonly logDir: string;
  /** Between which its messages were written. */
  readonly fromMs: number;
  readonly toMs: number;
}

async function fill({ kafka, signal }: BenchOptions, records: number): Promise<Filled> {
  calmKafkajs();
  const [broker] = kafka.brokers;
  if (broker === undefined) throw new Error("the bench's Kafka has no broker");
  const client = new Kafka({ clientId: "tailrace-bench", brokers: [...kafka.bootstrap], logLevel: logLevel.NOTHING });
  const admin = client.admin();
  await admin.connect();
  try {
    const replicaAssignment = [{ partition: 0, replicas: [broker.id] }];
    await admin.createTopics({ topics: [{ topic: TOPIC, replicaAssignment }], waitForLeaders: true });
  } finally {
    await admin.disconnect();
  }
  const fromMs = Date.now();
  await runTool(
    "org.apache.kafka.tools.ProducerPerformance",
    [
      ...["--topic", TOPIC, "--num-records", String(records), "--record-size", String(RECORD_BYTES)],
      ...["--throughput", "-1", "--producer-props", `bootstrap.servers=${kafka.bootstrap.join(",")}`],
    ],
    { signal, ...TOOL },
  );
  return { logDir: broker.logDir, fromMs, toMs: Date.now() };
}

async function findMany(
  server: BenchServer,
  { records, fromMs, toMs, finds }: { records: number; fromMs: number; toMs: number; finds: number },
  signal: AbortSignal,
) {
  const path = `${server.url}/api/clusters/${server.cluster}/topics/${TOPIC}/partitions/0/segments/locate`;
  let mostKb = 0;
  const find = async (query: string) => {
    const response = await fetch(`${path}?${query}`, { signal });
    if (!response.ok) throw new Error(`GET ${path}?${query} answered ${response.status}: ${await response.text()}`);
    const found = located.parse(await response.json());
    if (found.offset === null && found.result !== "none") throw new Error(`${query} found ${found.result}`);
    mostKb = Math.max(mostKb, Number(found.bytesRead) / 1_000);
  };
  // Far apart, so that no look-up finds the last one's pages read already.
  let next = 0;
  const somewhere = (from: number, to: number) => Math.floor(from + ((next++ * 0.618_034) % 1) * (to - from));
  const offsetMs = median(await timed(finds, WARM_UP, () => find(`offset=${somewhere(0, records)}`)));
  const timeMs = median(await timed(finds, WARM_UP, () => find(`timestampMs=${somewhere(fromMs, toMs)}`)));
  return { offsetMs, timeMs, mostKb };
}

/** As the server does it, in a thread of its own, but at full speed. */
async function verifyAll(logDir: string, signal: AbortSignal): Promise<{ wallS: number; cpuS: number }> {
  const verifier = new Verifier({ bytesPerSecond: UNBOUNDED });
  const usedBefore = process.cpuUsage();
  const beganMs = performance.now();
  try {
    for await (const event of verifier.verify({ logDir, topic: TOPIC, partition: 0, future: false }, signal)) {
      if (event.kind === "end" && (event.how !== "complete" || event.findings > 0)) {
        throw new Error(`the verification ended ${event.how} with ${event.findings} findings`);
      }
    }
  } finally {
    await verifier.close();
  }
  const { user, system } = process.cpuUsage(usedBefore);
  return { wallS: (performance.now() - beganMs) / 1_000, cpuS: (user + system) / 1e6 };
}
