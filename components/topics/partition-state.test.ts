import { expect, test } from "vitest";
import type { PartitionDetail } from "#lib/contracts/topics.ts";
import {
  behindTransaction,
  messagesIn,
  partitionState,
  replicaState,
  topicTotals,
  whyFewer,
} from "./partition-state.ts";

const healthy: PartitionDetail = {
  partition: 0,
  leader: 1,
  leaderEpoch: 4,
  replicas: [1, 2, 3],
  isr: [1, 2, 3],
  offlineReplicas: [],
  logStartOffset: "9007199254740993",
  highWatermark: "9007199254740999",
  lastStableOffset: "9007199254740997",
  sizeBytes: "1024",
};

test.each([
  [{}, "in-sync"],
  [{ leader: 2 }, "leader-moved"],
  [{ isr: [1, 2] }, "under-replicated"],
  [{ isr: [1] }, "under-min-isr"],
  [{ leader: null, isr: [1] }, "offline"],
] as const)("%j is %s", (change, state) => {
  expect(partitionState({ ...healthy, ...change } as PartitionDetail, 2)).toBe(state);
});

test("without min.insync.replicas nothing is said to be under it", () => {
  expect(partitionState({ ...healthy, isr: [1] }, null)).toBe("under-replicated");
});

test("tells leader, in sync, behind and offline replicas apart", () => {
  const partition = { ...healthy, isr: [1, 2], replicas: [1, 2, 3, 4], offlineReplicas: [4] };
  expect([1, 2, 3, 4].map((id) => replicaState(partition, id))).toEqual(["leader", "in-sync", "behind", "offline"]);
});

test("counts beyond 2^53 without rounding", () => {
  expect(messagesIn(healthy)).toBe(6n);
  expect(behindTransaction(healthy)).toBe(2n);
});

test("a sum with an unknown part is unknown, never smaller", () => {
  const unknown = { ...healthy, highWatermark: null, sizeBytes: null };
  expect(topicTotals([healthy, healthy], 2)).toMatchObject({ messages: 12n, leaderBytes: 2048n, openTransactions: 2 });
  expect(topicTotals([healthy, unknown], 2)).toMatchObject({ messages: null, leaderBytes: null });
  expect(
    topicTotals(
      [
        { ...healthy, leader: null },
        { ...healthy, leader: 3 },
      ],
      2,
    ),
  ).toMatchObject({
    problems: 1,
    states: { offline: 1, "leader-moved": 1 },
  });
});

test("a count is an upper bound where compaction or an open transaction is known", () => {
  const settled = topicTotals([{ ...healthy, lastStableOffset: healthy.highWatermark }], 2);
  expect(whyFewer("delete", settled)).toBeNull();
  expect(whyFewer("compact,delete", settled)).toBe("compaction leaves gaps");
  expect(whyFewer("delete", topicTotals([healthy], 2))).toBe("a transaction is open");
  expect(whyFewer(null, settled)).toBeNull();
});
