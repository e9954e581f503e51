import { setTimeout as delay } from "node:timers/promises";
import type { LocalKafka } from "../local-kafka/local-kafka.ts";
import type { KafkaRuntime } from "../local-kafka/tools.ts";
import { adminReference } from "./admin-reference.ts";
import { startBenchServer } from "./bench-server.ts";
import { median, timed } from "./measure.ts";
import type { Row } from "./table.ts";

const RUNS = 15;
const WARM_UP = 10;
/** Of the reading that asks Kafka for everything; few, because each waits until what the server remembers has grown old. */
const ANEW_RUNS = 3;
/** Longer than the server keeps sizes (10 s) and configs (30 s). */
const FORGOTTEN_AFTER_MS = 31_000;
const REST_MS = 10_000;

interface BenchOptions {
  readonly kafka: LocalKafka;
  readonly runtime: KafkaRuntime;
  readonly dir: string;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /** 1,000 of them. */
  readonly topics: readonly string[];
}

/** 1,000 topics × 3 partitions, one replica each: the list with and without sizes and configs, one topic, the server's start and memory. */
export async function benchTopics({ kafka, runtime, dir, signal, say, topics: all }: BenchOptions): Promise<Row[]> {
  const [topic = ""] = all;
  say("Measuring Tailrace…");
  const server = await startBenchServer({ bootstrap: kafka.bootstrap, dir, signal });
  try {
    await delay(REST_MS, null, { signal });
    const unusedMb = server.memoryMb();
    const get = (path: string) => server.get(`/api/clusters/${server.cluster}${path}`, signal);
    const list = await get("/topics");
    const topics = median(await timed(RUNS, WARM_UP, () => get("/topics")));
    const everything = () => Promise.all([get("/topics"), get("/topic-sizes"), get("/topic-configs")]);
    const remembered = median(await timed(RUNS, WARM_UP, everything));
    const detail = median(
      await timed(RUNS, WARM_UP, () => Promise.all([get(`/topics/${topic}`), get(`/topics/${topic}/configs`)])),
    );
    const overview = median(await timed(RUNS, WARM_UP, () => get("")));
    await delay(REST_MS, null, { signal });
    const restingMb = server.memoryMb();
    say(`Measuring with everything asked anew: ${ANEW_RUNS} times, half a minute apart…`);
    const anewMs: number[] = [];
    for (let run = 0; run < ANEW_RUNS; run++) {
      await delay(FORGOTTEN_AFTER_MS, null, { signal });
      await get("/topics");
      anewMs.push(...(await timed(1, 0, everything)));
    }

    say("Measuring Kafka's own AdminClient…");
    const reference = await adminReference(runtime, {
      bootstrap: kafka.bootstrap,
      runs: RUNS,
      about: "topics",
      one: topic,
    }).catch((error: unknown) => {
      say(`No reference: ${error instanceof Error ? error.message : String(error)}`);
      return new Map<string, number>();
    });
    const against = (question: string) => reference.get(question) ?? null;
    return [
      {
        what: "1,000 topics: names, health, offsets",
        measured: topics,
        unit: "ms",
        reference: against("topics"),
        aim: 60,
      },
      { what: "  as JSON, not compressed", measured: list.bytes / 1_000, unit: "KB", reference: null, aim: 100 },
      {
        what: "… with sizes and configs, all asked anew",
        measured: median(anewMs),
        unit: "ms",
        reference: against("topics with sizes and configs"),
        aim: 90,
      },
      {
        what: "… with sizes ≤ 10 s and configs ≤ 30 s old, as said",
        measured: remembered,
        unit: "ms",
        reference: null,
        aim: 90,
      },
      { what: "one topic with its configs", measured: detail, unit: "ms", reference: against("one topic"), aim: 19 },
      { what: "overview", measured: overview, unit: "ms", reference: null, aim: 100 },
      { what: "server: start to first answer", measured: server.firstAnswerMs, unit: "ms", reference: null, aim: 600 },
      { what: "server: memory, idle since its start", measured: unusedMb, unit: "MB", reference: null, aim: 160 },
      { what: "server: memory, idle again after these", measured: restingMb, unit: "MB", reference: null, aim: null },
    ];
  } finally {
    await server.stop();
  }
}
