import fc from "fast-check";
import { expect, test } from "vitest";
import type { CommittedOffset, GroupMember, GroupReading, TopicEnds } from "./group-reading.ts";
import { groupLag, nextOffset, partitionLag } from "./lag.ts";

const at = (offset: bigint): CommittedOffset => ({ offset, leaderEpoch: null, metadata: "" });
const ends = (logStart: bigint | null, highWatermark: bigint | null, lastStable = highWatermark): TopicEnds => ({
  logStartOffsets: [logStart],
  highWatermarks: [highWatermark],
  lastStableOffsets: [lastStable],
});
const committed = (offset: bigint) => ({ committed: new Map([["orders", new Map([[0, at(offset)]])]]) });
const nothing = { committed: new Map() };

test("lag is high watermark − committed offset, beyond 2^53 too", () => {
  const far = 9_007_199_254_740_993n;
  expect(partitionLag(committed(far), "orders", 0, ends(0n, far + 3n, far + 1n))).toMatchObject({
    ...{ lag: 3n, stableLag: 1n, lost: null, read: true },
  });
});

test("without a commit all that the partition holds is behind, and read from its start", () => {
  const lag = partitionLag(nothing, "orders", 0, ends(40n, 100n, 90n));
  expect(lag).toMatchObject({ commit: null, read: true, lag: 60n, stableLag: 50n, lost: null });
  expect(nextOffset(lag)).toBe(40n);
});

test("what retention deleted unread is lost, and counts as lag as Kafka's tool has it", () => {
  const lag = partitionLag(committed(10n), "orders", 0, ends(40n, 100n));
  expect(lag).toMatchObject({ lag: 90n, lost: 30n });
  expect(nextOffset(lag)).toBe(40n);
  expect(partitionLag(committed(40n), "orders", 0, ends(40n, 100n))).toMatchObject({ lag: 60n, lost: null });
});

test("a commit beyond the end is no lag below 0", () => {
  expect(partitionLag(committed(120n), "orders", 0, ends(0n, 100n, 90n))).toMatchObject({ lag: 0n, stableLag: 0n });
});

test("what could not be read stays unknown, never 0", () => {
  const unread = { lag: null, stableLag: null, lost: null };
  expect(partitionLag({ committed: null }, "orders", 0, ends(0n, 100n))).toMatchObject({ ...unread, read: false });
  expect(partitionLag(nothing, "orders", 0, null)).toMatchObject({ ...unread, read: false });
  expect(partitionLag(committed(10n), "orders", 0, null)).toMatchObject({ ...unread, read: true });
  expect(partitionLag(committed(10n), "orders", 0, ends(null, 100n, null))).toMatchObject({
    lag: 90n,
    stableLag: null,
  });
  expect(partitionLag(nothing, "orders", 0, ends(null, 100n))).toMatchObject(unread);
  expect(nextOffset(partitionLag({ committed: null }, "orders", 0, ends(0n, 100n)))).toBeNull();
});

function reading(differs: Partial<GroupReading>): GroupReading {
  return {
    ...{ group: "g", type: "classic", state: "stable", protocolType: "consumer", assignor: "range", coordinator: 1 },
    ...{ members: [], groupEpoch: null, committed: new Map() },
    ...differs,
  };
}

function member(assigned: Record<string, number[]>): GroupMember {
  return {
    ...{ memberId: "m", instanceId: null, clientId: "c", host: "h", rackId: null, subscribedTopics: [] },
    ...{ subscribedPattern: null, target: null, memberEpoch: null, assigned: new Map(Object.entries(assigned)) },
  };
}

test("a group's lag sums what is known of committed and assigned partitions, and counts what isn't", () => {
  const three: TopicEnds = {
    logStartOffsets: [0n, 0n, 0n],
    highWatermarks: [10n, 10n, null],
    lastStableOffsets: [10n, 10n, null],
  };
  const group = reading({
    committed: new Map([["orders", new Map([[0, at(4n)]])]]),
    members: [member({ orders: [0, 1] }), member({ orders: [2], hidden: [0] })],
  });
  const visited: string[] = [];
  const sum = groupLag(group, new Map([["orders", three]]), (topic, partition) =>
    visited.push(`${topic}-${partition}`),
  );
  expect(sum).toEqual({ lag: 16n, partitionCount: 4, lagUnread: 2, uncommitted: 2 });
  expect(visited).toEqual(["hidden-0", "orders-0", "orders-1", "orders-2"]);
});

test("nothing known is no lag of 0; a group that reads nothing has none", () => {
  const assigned = { members: [member({ orders: [0] })] };
  expect(groupLag(reading({ ...assigned, committed: null }), new Map()).lag).toBeNull();
  expect(groupLag(reading(assigned), new Map()).lag).toBeNull();
  expect(groupLag(reading({}), new Map())).toEqual({ lag: null, partitionCount: 0, lagUnread: 0, uncommitted: 0 });
  expect(
    groupLag(reading({ ...assigned, type: "share", committed: null }), new Map([["orders", ends(0n, 5n)]])).lag,
  ).toBeNull();
});

test("a task's number in a topic that has fewer partitions is no partition", () => {
  const group = reading({ type: "streams", members: [member({ orders: [0, 1, 2] })] });
  expect(groupLag(group, new Map([["orders", ends(0n, 5n)]]))).toMatchObject({ partitionCount: 1, lag: 5n });
});

test("whatever the offsets are, lag is never negative, and its parts add up", () => {
  const offset = fc.option(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }));
  fc.assert(
    fc.property(offset, offset, offset, offset, (commit, start, end, stable) => {
      const one = partitionLag(commit === null ? nothing : committed(commit), "orders", 0, ends(start, end, stable));
      for (const known of [one.lag, one.stableLag, one.lost])
        if (known !== null) expect(known).toBeGreaterThanOrEqual(0n);
      const next = nextOffset(one);
      if (next !== null && commit !== null) expect(next).toBe(commit + (one.lost ?? 0n));
    }),
  );
});
