import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Kafka, logLevel } from "kafkajs";
import { calmKafkajs } from "#server/kafka/kafkajs-idle.ts";
import type { LocalKafka } from "../../local-kafka/local-kafka.ts";
import type { KafkaRuntime } from "../../local-kafka/tools.ts";
import { startBenchServer } from "../bench-server.ts";
import { percentile } from "../measure.ts";
import type { Row } from "../table.ts";
import { watchInBrowser } from "./browser.ts";
import { type Load, produceLoad, writePayloads } from "./load.ts";
import { printedLatencies, type ReferenceReader, referenceReader } from "./reference-reader.ts";
import type { ServerUse } from "./server-use.ts";
import { TailViewer } from "./tail-viewer.ts";
import { viewed } from "./viewed.ts";

/** A JVM that has just started sends its first messages late, to Tailrace and to the reference alike: these don't count. */
const START_UP_S = 3;
const RATES = [1_000, 5_000, 20_000];
const FULL = { seconds: 20, referenceSeconds: 10, floodSeconds: 10, crowdSeconds: 6, browserSeconds: 60 };
/** To see that all of it works, not for figures. */
const QUICK = { seconds: 3, referenceSeconds: 3, floodSeconds: 3, crowdSeconds: 3, browserSeconds: 5 };
const WARM_UP = { rate: 5_000, seconds: 6 };
const FLOOD_RATE = 100_000;
const CROWD = 100;
const CROWD_RATE = 1_000;
const BROWSER_RATE = 5_000;
const PARTITIONS = 3;

interface TailBenchOptions {
  readonly kafka: LocalKafka;
  readonly runtime: KafkaRuntime;
  readonly dir: string;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /** Short runs, whose figures mean little. */
  readonly quick: boolean;
}

interface Bench {
  readonly options: TailBenchOptions;
  readonly times: typeof FULL;
  readonly topic: string;
  readonly reference: ReferenceReader;
  tailUrl(): string;
  pageUrl(): string;
  /** What the server used since it was asked last. */
  use(): Promise<ServerUse>;
  produce(load: Load, until?: AbortSignal): Promise<number>;
}

/**
 * The live tail: from the producer's stamp to a viewer of the stream at several rates, beside a bare reader of the same
 * topic; a flood; a crowd of viewers; the page in a browser.
 */
export async function benchTail(options: TailBenchOptions): Promise<{ rows: Row[]; reference: string }> {
  const { kafka, runtime, dir, signal, say, quick } = options;
  const topic = "bench-tail";
  const payloads = join(dir, "payloads.txt");
  writePayloads(payloads);
  await createTopic(kafka, topic);
  const server = await startBenchServer({ bootstrap: kafka.bootstrap, dir, signal });
  const reference = referenceReader(runtime);
  const bench: Bench = {
    options,
    times: quick ? QUICK : FULL,
    topic,
    reference,
    tailUrl: () => `${server.url}/api/clusters/${server.cluster}/messages/tail?topics=${topic}&from=now`,
    pageUrl: () => `${server.url}/clusters/${server.cluster}/tail?topics=${topic}`,
    use: () => server.use(signal),
    produce: (load, until = signal) =>
      produceLoad(load, { bootstrap: kafka.bootstrap, topic, payloads, signal: until }),
  };
  try {
    say("Warming up…");
    await overLoad(bench, WARM_UP);
    const rows: Row[] = [];
    for (const rate of RATES) {
      say(`Tailing ${thousands(rate)} messages a second, then ${reference.name}…`);
      rows.push(...(await atRate(bench, rate)));
    }
    say(`Tailing ${thousands(FLOOD_RATE)} messages a second…`);
    rows.push(...(await flood(bench)));
    say(`${CROWD} viewers…`);
    rows.push(...(await crowd(bench)));
    say("A browser…");
    rows.push(...(await inBrowser(bench)));
    return { rows, reference: reference.name };
  } finally {
    await server.stop();
  }
}

/** One viewer while a load lasts; what the server used from the end of the start-up to the end of the load. */
async function overLoad(bench: Bench, { rate, seconds }: Load) {
  const { signal } = bench.options;
  const viewer = await TailViewer.open(bench.tailUrl(), signal);
  try {
    const producing = bench.produce({ rate, seconds: seconds + START_UP_S });
    const since = viewer.firstMessages(signal).then(async (firstMs) => {
      await delay(START_UP_S * 1_000, null, { signal });
      await bench.use();
      return firstMs + START_UP_S * 1_000;
    });
    const [produced, sinceMs] = await Promise.all([producing, since]);
    const used = await bench.use();
    await viewer.settled(signal);
    return { produced, used, seen: viewed(viewer.chunks, sinceMs) };
  } finally {
    viewer.close();
  }
}

async function atRate(bench: Bench, rate: number): Promise<Row[]> {
  const { seconds, referenceSeconds } = bench.times;
  const { produced, used, seen } = await overLoad(bench, { rate, seconds });
  const bare = await referenceOver(bench, { rate, seconds: referenceSeconds }).catch((error: unknown) => {
    bench.options.signal.throwIfAborted();
    bench.options.say(`No reference: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  });
  const name = `${thousands(rate)} messages/s`;
  const last = rate === RATES.at(-1);
  return [
    {
      what: `${name}: not delivered, or twice${seen.lost === 0 ? "" : ` (said to be lost: ${thousands(seen.lost)})`}`,
      measured: produced - seen.messages + 2 * seen.repeated,
      unit: "",
      reference: bare?.missing ?? null,
      aim: 0,
    },
    {
      what: "  stamp to viewer, p50",
      measured: percentile(seen.latenciesMs, 50),
      unit: "ms",
      reference: bare?.p50 ?? null,
      aim: null,
    },
    {
      what: "  stamp to viewer, p99",
      measured: percentile(seen.latenciesMs, 99),
      unit: "ms",
      reference: bare?.p99 ?? null,
      aim: 20,
    },
    {
      what: "  on the wire, a message",
      measured: seen.bytes / Math.max(1, seen.messages),
      unit: "B",
      reference: null,
      aim: 350,
    },
    {
      what: `  CPU of the server in ${seconds} s`,
      measured: used.cpuSeconds,
      unit: "s",
      reference: bare && (bare.cpuSeconds * seconds) / referenceSeconds,
      aim: last ? 10 : null,
    },
    { what: "  its event loop's delay, p99", measured: used.loopDelayP99Ms, unit: "ms", reference: null, aim: 20 },
  ];
}

async function referenceOver(bench: Bench, { rate, seconds }: Load) {
  const { kafka, signal } = bench.options;
  const running = await bench.reference.start(kafka.bootstrap, bench.topic, signal);
  const failed = new AbortController();
  try {
    let [cpuAtStart, sinceMs] = [0, 0];
    const producing = bench.produce({ rate, seconds: seconds + START_UP_S }, AbortSignal.any([signal, failed.signal]));
    const first = async () => {
      while (running.chunks.length === 0) {
        if (!running.alive) throw new Error(`${bench.reference.name} ended by itself.`);
        await delay(20, null, { signal });
      }
      sinceMs = (running.chunks[0]?.atMs ?? 0) + START_UP_S * 1_000;
      await delay(START_UP_S * 1_000, null, { signal });
      cpuAtStart = running.cpuSeconds();
    };
    const [produced] = await Promise.all([producing, first()]);
    const cpuSeconds = running.cpuSeconds() - cpuAtStart;
    await delay(1_000, null, { signal });
    const latencies = printedLatencies(running.chunks, sinceMs);
    const missing = produced - printedLatencies(running.chunks, 0).length;
    return { missing, cpuSeconds, p50: percentile(latencies, 50), p99: percentile(latencies, 99) };
  } finally {
    failed.abort();
    await running.stop();
  }
}

/** More than can be shown: what isn't must be counted, to the last message. */
async function flood(bench: Bench): Promise<Row[]> {
  const seconds = bench.times.floodSeconds;
  const { produced, used, seen } = await overLoad(bench, { rate: FLOOD_RATE, seconds });
  const { stats, messages, lost } = seen;
  const name = `${thousands(FLOOD_RATE)} messages/s: ${thousands(messages)} of ${thousands(produced)} shown;`;
  return [
    {
      what: `${name} neither shown nor counted as lost`,
      measured: Math.abs(produced - messages - lost),
      unit: "",
      reference: null,
      aim: 0,
    },
    {
      what: "  stats: in − sent − lost",
      measured: stats === null ? Number.NaN : Math.abs(stats.in - stats.sent - lost),
      unit: "",
      reference: null,
      aim: 0,
    },
    {
      what: `  CPU of the server in about ${seconds} s`,
      measured: used.cpuSeconds,
      unit: "s",
      reference: null,
      aim: null,
    },
    { what: "  its event loop's delay, p99", measured: used.loopDelayP99Ms, unit: "ms", reference: null, aim: 20 },
    { what: "  its memory", measured: used.memoryMb, unit: "MB", reference: null, aim: null },
  ];
}

/** Many viewers of one topic cost Kafka no more than one does. The reference is one viewer. */
async function crowd(bench: Bench): Promise<Row[]> {
  const load = { rate: CROWD_RATE, seconds: bench.times.crowdSeconds };
  const alone = await overLoad(bench, load);
  const { signal } = bench.options;
  const others = await Promise.all(Array.from({ length: CROWD - 1 }, () => TailViewer.open(bench.tailUrl(), signal)));
  try {
    const { produced, used, seen } = await overLoad(bench, load);
    const all = [seen, ...others.map(({ chunks }) => viewed(chunks))];
    const missing = all.reduce((sum, { messages, repeated }) => sum + produced - messages + 2 * repeated, 0);
    return [
      {
        what: `${CROWD} viewers (reference: one) of ${thousands(CROWD_RATE)} messages/s: missing or twice, of all`,
        measured: missing,
        unit: "",
        reference: null,
        aim: 0,
      },
      {
        what: "  read from Kafka",
        measured: used.kafkaBytes / 1_000,
        unit: "KB",
        reference: alone.used.kafkaBytes / 1_000,
        aim: null,
      },
      { what: "  Fetch requests", measured: used.fetches, unit: "", reference: alone.used.fetches, aim: null },
      {
        what: "  stamp to viewer, p99",
        measured: percentile(seen.latenciesMs, 99),
        unit: "ms",
        reference: percentile(alone.seen.latenciesMs, 99),
        aim: null,
      },
      {
        what: `  CPU of the server in ${load.seconds} s`,
        measured: used.cpuSeconds,
        unit: "s",
        reference: alone.used.cpuSeconds,
        aim: null,
      },
      {
        what: "  its event loop's delay, p99",
        measured: used.loopDelayP99Ms,
        unit: "ms",
        reference: alone.used.loopDelayP99Ms,
        aim: 20,
      },
    ];
  } finally {
    for (const viewer of others) viewer.close();
  }
}

const BROWSER_SPARE_S = 15;
const HEAP_GROWTH_MB = 10;

async function inBrowser(bench: Bench): Promise<Row[]> {
  const { signal, say } = bench.options;
  const seconds = bench.times.browserSeconds;
  const watched = new AbortController();
  const load = { rate: BROWSER_RATE, seconds: seconds + BROWSER_SPARE_S };
  const producing = bench.produce(load, AbortSignal.any([signal, watched.signal])).catch(() => {
    signal.throwIfAborted();
  });
  try {
    const { longestTaskMs, longTasks, heapStartMb, heapEndMb } = await watchInBrowser(bench.pageUrl(), seconds, signal);
    const name = `browser at ${thousands(BROWSER_RATE)} messages/s for ${seconds} s`;
    return [
      {
        what: `${name}: longest task (${longTasks} over 50)`,
        measured: longestTaskMs,
        unit: "ms",
        reference: null,
        aim: 50,
      },
      {
        what: "  heap at its end (reference: at its start)",
        measured: heapEndMb,
        unit: "MB",
        reference: heapStartMb,
        aim: heapStartMb + HEAP_GROWTH_MB,
      },
    ];
  } catch (error) {
    if (signal.aborted) throw error;
    say(`No browser: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`);
    return [];
  } finally {
    watched.abort();
    await producing;
  }
}

async function createTopic(kafka: LocalKafka, topic: string): Promise<void> {
  calmKafkajs();
  const client = new Kafka({ clientId: "tailrace-bench", brokers: [...kafka.bootstrap], logLevel: logLevel.NOTHING });
  const admin = client.admin();
  await admin.connect();
  try {
    await admin.createTopics({ topics: [{ topic, numPartitions: PARTITIONS, replicationFactor: 1 }] });
  } finally {
    await admin.disconnect();
  }
}

function thousands(count: number): string {
  return count.toLocaleString("en");
}
