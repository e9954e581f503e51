// Run by the bench in a process of its own: what an hour's samples of so many groups take, beyond the reading itself.
import { setImmediate as turn } from "node:timers/promises";
import type { GroupReading, GroupsReading, TopicEnds } from "#server/groups/group-reading.ts";
import { GroupObserver, STEP_MS } from "#server/groups/observer/group-observer.ts";
import { median } from "../measure.ts";
import { groupName } from "./fill-groups.ts";

const SAMPLES = 360;
const TOPICS = 1_000;
const PARTITIONS = [0, 1, 2];
const TOPICS_A_GROUP = 3;
const START_MS = 1_750_000_000_000;

const count = Number(process.argv[2]);
let step = 0;

/** Everything moves from sample to sample, as it does at work. */
function readingNow(): GroupsReading {
  const topics = Array.from({ length: TOPICS }, (_, i) => `bench-${String(i).padStart(4, "0")}`);
  const produced = BigInt(1_000 + step * 20);
  const ends = new Map<string, TopicEnds>(
    topics.map((topic) => [
      topic,
      {
        logStartOffsets: PARTITIONS.map(() => 0n),
        highWatermarks: PARTITIONS.map(() => produced),
        lastStableOffsets: PARTITIONS.map(() => produced),
      },
    ]),
  );
  const groups = new Map<string, GroupReading>();
  for (let index = 0; index < count; index++) {
    const committed = new Map(
      Array.from({ length: TOPICS_A_GROUP }, (_, i) => [
        topics[(index + i * 333) % TOPICS] ?? "",
        new Map(PARTITIONS.map((p) => [p, { offset: produced - BigInt(index % 50), leaderEpoch: 0, metadata: "" }])),
      ]),
    );
    const group = groupName(index);
    const nobody = { state: "empty", assignor: null, members: [], groupEpoch: null } as const;
    groups.set(group, { group, type: "classic", protocolType: "consumer", coordinator: 1, ...nobody, committed });
  }
  const described = topics.map((name) => ({ name, topicId: name, internal: false, errorCode: 0, partitions: [] }));
  return {
    groups,
    ends,
    metadata: { brokers: [], clusterId: null, controllerProxy: null, topics: described },
    missing: [],
  };
}

// As much as the observer keeps of the newest reading, which the server has in any case.
const held = readingNow();
const before = usedBytes();
const observer = new GroupObserver(async () => ({ value: readingNow(), observedAtMs: START_MS + step * STEP_MS }));
const { signal } = new AbortController();
await observer.sample(signal);
const tookMs: number[] = [];
for (step = 1; step <= SAMPLES; step++) {
  const startMs = performance.now();
  await observer.sample(signal);
  tookMs.push(performance.now() - startMs);
  await turn();
}
const bare = performance.now();
readingNow();
const readingMs = performance.now() - bare;
const mb = (usedBytes() - before) / 1e6;
if (observer.newest?.value.groups.size !== held.groups.size) throw new Error("the observer holds the newest reading");
console.log(JSON.stringify({ mb, sampleMs: median(tookMs) - readingMs }));

function usedBytes(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
