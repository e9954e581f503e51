import { execFile } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { LocalKafka } from "../../local-kafka/local-kafka.ts";
import { type KafkaRuntime, runTool } from "../../local-kafka/tools.ts";
import { adminReference } from "../admin-reference.ts";
import { startBenchServer } from "../bench-server.ts";
import { median, timed } from "../measure.ts";
import type { Row } from "../table.ts";
import { type BenchGroups, benchGroups, groupName } from "./fill-groups.ts";

const FEW = 50;
const MANY = 2_000;
const RUNS = 15;
const WARM_UP = 10;
/** Each on a server that has just started and was asked nothing else. */
const COLD_RUNS = 3;
const REST_MS = 10_000;
const HEAP_MB = 512;
const TOOL_TIMEOUT_MS = 300_000;
const GROWTH = fileURLToPath(new URL("./observer-growth.ts", import.meta.url));

interface BenchOptions {
  readonly kafka: LocalKafka;
  readonly runtime: KafkaRuntime;
  readonly dir: string;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /** What the groups read: 1,000 topics of three partitions. */
  readonly topics: readonly string[];
  /** Each measured once where it is slow. */
  readonly quick: boolean;
}

/** The list of 50 groups, then of 2,000 on 1,000 topics: cold, warm, one topic's, one group; and what all of it takes in memory. */
export async function benchAllGroups(options: BenchOptions): Promise<Row[]> {
  const { kafka, topics, signal, say } = options;
  const groups = await benchGroups(kafka.bootstrap, topics, signal);
  try {
    say("Measuring the server on a cluster without groups…");
    const bare = await withServer(options, async ({ get, memory }) => {
      // As many as are asked of the many groups, so that what a server grows by with any use isn't held against them.
      await timed(3 * RUNS, 3 * WARM_UP, () => get("/groups"));
      await delay(REST_MS, null, { signal });
      return memory();
    });
    return [...(await few(options, groups)), ...(await many(options, groups, bare))];
  } finally {
    await groups.close();
  }
}

async function few(options: BenchOptions, groups: BenchGroups): Promise<Row[]> {
  options.say(`Measuring ${FEW} groups…`);
  await groups.fill(FEW);
  const [list, one] = await withServer(options, async ({ get }) => {
    const all = median(await timed(RUNS, WARM_UP, () => get("/groups")));
    return [all, median(await timed(RUNS, WARM_UP, () => get(`/groups/${groupName(0)}`)))] as const;
  });
  const reference = await reading(options);
  return [
    {
      what: `${FEW} groups: the list`,
      measured: list,
      unit: "ms",
      reference: reference.get("groups") ?? null,
      aim: 11,
    },
    { what: "  one of them", measured: one, unit: "ms", reference: reference.get("one group") ?? null, aim: null },
  ];
}

async function many(options: BenchOptions, groups: BenchGroups, bare: Memory): Promise<Row[]> {
  const { signal, say, topics, quick } = options;
  say(`Making ${MANY} groups…`);
  await groups.fill(MANY);
  say("Measuring them…");
  const coldMs: number[] = [];
  for (let run = 0; run < (quick ? 1 : COLD_RUNS); run++) {
    coldMs.push(...(await withServer(options, ({ get }) => timed(1, 0, () => get("/groups")))));
  }
  const measured = await withServer(options, async ({ get, memory }) => {
    const list = median(await timed(RUNS, WARM_UP, () => get("/groups")));
    const { bytes } = await get("/groups");
    const topic = median(await timed(RUNS, WARM_UP, () => get(`/groups?topic=${topics[0]}`)));
    const one = median(await timed(RUNS, WARM_UP, () => get(`/groups/${groupName(0)}`)));
    await delay(REST_MS, null, { signal });
    const { residentMb, inUseMb } = await memory();
    return { list, bytes, topic, one, residentMb: residentMb - bare.residentMb, inUseMb: inUseMb - bare.inUseMb };
  });
  const hour = await growth();
  const reference = await reading(options);
  const tool = await timed(1, 0, () => consumerGroupsTool(options));
  const against = (question: string) => reference.get(question) ?? null;
  const ms = (what: string, value: number, compared: number | null, aim: number | null): Row => ({
    what,
    measured: value,
    unit: "ms",
    reference: compared,
    aim,
  });
  const mb = (what: string, value: number, aim: number | null): Row => ({
    what,
    measured: value,
    unit: "MB",
    reference: null,
    aim,
  });
  return [
    ms(
      `${MANY.toLocaleString("en")} groups on 1,000 topics: the list, server just started`,
      median(coldMs),
      tool[0] ?? null,
      1_000,
    ),
    ms("  the list, warm", measured.list, against("groups"), 1_000),
    { what: "  as JSON, not compressed", measured: measured.bytes / 1_000, unit: "KB", reference: null, aim: null },
    ms("  those of one topic", measured.topic, null, null),
    ms("  one of them", measured.one, against("one group"), null),
    mb("  server: memory more than without groups, after these", measured.residentMb, 100),
    mb("  … of that in use, not garbage", measured.inUseMb, null),
    mb("  an hour's samples of them", hour.mb, 100),
    ms("  taking one sample, without the reading", hour.sampleMs, null, null),
  ];
}

interface Measured {
  get(path: string): Promise<{ bytes: number }>;
  memory(): Promise<Memory>;
}

interface Memory {
  readonly residentMb: number;
  readonly inUseMb: number;
}

async function withServer<T>(
  { kafka, dir, signal }: BenchOptions,
  measure: (server: Measured) => Promise<T>,
): Promise<T> {
  const server = await startBenchServer({ bootstrap: kafka.bootstrap, dir, signal });
  try {
    return await measure({
      get: (path) => server.get(`/api/clusters/${server.cluster}${path}`, signal),
      memory: async () => ({ residentMb: server.memoryMb(), inUseMb: await server.inUseMb(signal) }),
    });
  } finally {
    await server.stop();
  }
}

async function reading({ kafka, runtime, say }: BenchOptions): Promise<ReadonlyMap<string, number>> {
  say("Measuring Kafka's own AdminClient…");
  const asked = { bootstrap: kafka.bootstrap, runs: RUNS, about: "groups", one: groupName(0) } as const;
  return adminReference(runtime, asked).catch((error: unknown) => {
    say(`No reference: ${error instanceof Error ? error.message : String(error)}`);
    return new Map<string, number>();
  });
}

/** Its JVM's start is in it, as it is whenever somebody runs it. */
function consumerGroupsTool({ kafka, signal }: BenchOptions): Promise<unknown> {
  const args = ["--bootstrap-server", kafka.bootstrap.join(","), "--describe", "--all-groups", "--offsets"];
  const limits = { signal, heapMb: HEAP_MB, timeoutMs: TOOL_TIMEOUT_MS };
  return runTool("org.apache.kafka.tools.consumer.group.ConsumerGroupCommand", args, limits);
}

/** In a process of its own, which may collect its garbage before it looks. */
async function growth(): Promise<{ mb: number; sampleMs: number }> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", GROWTH, String(MANY)]);
  return JSON.parse(stdout);
}
