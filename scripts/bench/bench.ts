// `npm run bench`: how fast Tailrace answers, on a Kafka of its own, beside Kafka's own AdminClient on the same cluster in the same run.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { startLocalKafka } from "../local-kafka/local-kafka.ts";
import { kafkaRuntime } from "../local-kafka/tools.ts";
import { dataDir } from "../paths.ts";
import { onParentGone } from "../processes/parent-watch.ts";
import { startWatchdog } from "../processes/watchdog.ts";
import { fillCluster } from "./bench-cluster.ts";
import { benchTopics } from "./bench-topics.ts";
import { benchAllGroups } from "./groups/bench-groups.ts";
import { benchSegments } from "./segments/bench-segments.ts";
import { table } from "./table.ts";
import { benchTail } from "./tail/bench-tail.ts";

const PARTS = ["segments", "tail", "topics", "groups"];
const TOPICS = 1_000;
const asked = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const quick = process.argv.includes("--quick");
if (!asked.every((part) => PARTS.includes(part))) {
  console.error(`Usage: npm run bench [-- ${PARTS.join("|")}] [--quick]`);
  process.exit(2);
}
const parts = asked.length === 0 ? PARTS : asked;

const ending = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => ending.abort());
onParentGone(() => ending.abort());

const dir = join(dataDir(), "bench");
rmSync(dir, { recursive: true, force: true });
const runtime = await kafkaRuntime();
const watchdog = startWatchdog();
console.log("Booting a Kafka of three brokers for the bench…");
const kafka = await startLocalKafka({
  runtime,
  dir,
  temporary: true,
  onPids: (pids) => watchdog.watch(pids),
  signal: ending.signal,
});
try {
  const options = { kafka, runtime, dir, signal: ending.signal, say: console.log };
  if (parts.includes("segments")) {
    const rows = await benchSegments({ ...options, quick });
    console.log(
      `\nReference: Kafka's own DumpLogSegments on the same files, which reads them from end to end, its JVM's start in it.\n\n${table(rows)}\n`,
    );
  }
  // Before the rest: a thousand topics would keep the brokers busier.
  if (parts.includes("tail")) {
    const { rows, reference } = await benchTail({ ...options, quick });
    console.log(`\nReference: ${reference}, in no group, printing timestamps only.\n\n${table(rows)}\n`);
  }
  const topics = await filled();
  if (parts.includes("topics")) {
    const rows = await benchTopics({ ...options, topics });
    console.log(
      `\nReference: Kafka's own Java AdminClient, warm, without HTTP and JSON; the server's own process: none.\n\n${table(rows)}\n`,
    );
  }
  // Last: two thousand groups would be read along with every page before.
  if (parts.includes("groups")) {
    const rows = await benchAllGroups({ ...options, topics, quick });
    console.log(
      `\nReference: Kafka's own Java AdminClient, warm, without HTTP and JSON; where we are cold, kafka-consumer-groups.\n\n${table(rows)}`,
    );
  }
} finally {
  await kafka.close();
  watchdog.close();
}

/** What the topics' and the groups' part read. */
async function filled(): Promise<string[]> {
  if (!parts.includes("topics") && !parts.includes("groups")) return [];
  console.log(`Creating ${TOPICS} topics of 3 partitions…`);
  return fillCluster(kafka, TOPICS, ending.signal);
}
