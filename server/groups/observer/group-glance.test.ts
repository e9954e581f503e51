import { expect, test } from "vitest";
import { metadata, partition, topic } from "#scripts/testing/cluster-view.ts";
import type { GroupReading, GroupsReading, TopicEnds } from "../group-reading.ts";
import { atOnce } from "../in-turns.ts";
import { groupGlance } from "./group-glance.ts";
import { groupInsight } from "./group-insight.ts";
import { GroupObserver, STEP_MS } from "./group-observer.ts";

const START_MS = Date.now() - 3_600_000;
const none = new AbortController().signal;

/** One group at `sample`: 10 messages a second come into each of two partitions; one is committed past, the other isn't. */
function reading(sample: number): GroupsReading & { readonly group: GroupReading } {
  const high = BigInt(1_000 + sample * 100);
  const commit = (offset: bigint) => ({ offset, leaderEpoch: null, metadata: "" });
  const group: GroupReading = {
    ...{ group: "g", type: "classic", state: "empty", protocolType: "", assignor: null, coordinator: 1 },
    ...{ members: [], groupEpoch: null },
    committed: new Map([["orders", new Map([0, 1].map((at) => [at, commit(at === 0 ? high : 1_000n)]))]]),
  };
  const ends: TopicEnds = {
    logStartOffsets: [0n, 0n],
    highWatermarks: [high, high],
    lastStableOffsets: [high, high],
  };
  return {
    group,
    groups: new Map([["g", group]]),
    ends: new Map([["orders", ends]]),
    metadata: metadata([topic("orders", [partition(0, [1]), partition(1, [1])])]),
    missing: [],
  };
}

async function sampled(samples: number): Promise<GroupObserver> {
  let next = 0;
  const observer = new GroupObserver(async () => ({ value: reading(next), observedAtMs: START_MS + next * STEP_MS }));
  for (; next < samples; next++) await observer.sample(none);
  return observer;
}

test("what a list tells of a group is what its page works out from the same samples", async () => {
  const observer = await sampled(30);
  const { group, ends } = reading(29);
  const nowMs = START_MS + 29 * STEP_MS;
  const glance = groupGlance(observer, group, ends, nowMs);
  const { timeLag, trend, verdicts } = atOnce(groupInsight(observer, group, ends, nowMs));
  expect(glance).toEqual({
    ...{ lag: 2_900n, partitionCount: 2, lagUnread: 0, uncommitted: 0 },
    ...{ timeLag, trend, verdicts },
  });
  expect(timeLag).toMatchObject({ ms: expect.closeTo(290_000, -3), how: "interpolated", atLeast: false });
  expect(trend).toMatchObject({ highest: "2900", direction: "growing" });
});

test("the trend is that of the newest sample, not the one that was first asked for", async () => {
  let next = 0;
  const observer = new GroupObserver(async () => ({ value: reading(next), observedAtMs: START_MS + next * STEP_MS }));
  const trendAfter = async (samples: number) => {
    for (; next < samples; next++) await observer.sample(none);
    return groupGlance(observer, reading(next).group, reading(next).ends, START_MS + next * STEP_MS).trend;
  };
  expect(await trendAfter(1)).toBeNull();
  expect(await trendAfter(3)).toMatchObject({ highest: "200" });
  expect(await trendAfter(4)).toMatchObject({ highest: "300" });
});

test("a group that was never sampled has its lag, and nothing that needs samples", () => {
  const { group, ends } = reading(0);
  const unseen = groupGlance(new GroupObserver(() => Promise.reject(new Error("not read"))), group, ends, START_MS);
  expect(unseen).toMatchObject({ lag: 0n, partitionCount: 2, trend: null, verdicts: [] });
});
