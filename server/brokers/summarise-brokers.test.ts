import { expect, test } from "vitest";
import { metadata, partition, topic } from "#scripts/testing/cluster-view.ts";
import type { BrokerDisk } from "../clusters/read-log-dirs.ts";
import { type BrokerSources, summariseBrokers } from "./summarise-brokers.ts";

function brokers(differs: Partial<BrokerSources>) {
  return summariseBrokers({
    metadata: metadata(
      [topic("a", [partition(0, [1, 2, 3], { isr: [1, 3] }), partition(1, [3, 1, 2], { isr: [3, 1] })])],
      [1, 3],
    ),
    registered: null,
    listening: new Set(),
    controllerId: 3,
    logDirs: null,
    processes: null,
    ...differs,
  });
}

test("leaders, replicas and replicas out of sync by broker; one that only holds replicas is expected, and down", () => {
  expect(brokers({})).toMatchObject([
    { id: 1, state: "up", leaderCount: 1, replicaCount: 2, outOfSyncCount: 0, isController: false },
    { id: 2, state: "down", host: null, leaderCount: 0, replicaCount: 2, outOfSyncCount: 2, sizeBytes: null },
    { id: 3, state: "up", leaderCount: 1, replicaCount: 2, outOfSyncCount: 0, isController: true },
  ]);
});

test("a registered broker without replicas is expected, with its address; it is fenced when it listens", () => {
  const registered = [{ id: 7, host: "kafka-7", port: 9092, rack: "r1", fenced: true }];
  expect(brokers({ registered }).at(-1)).toMatchObject({ id: 7, host: "kafka-7", rack: "r1", state: "down" });
  expect(brokers({ registered, listening: new Set([7]) }).at(-1)).toMatchObject({ state: "fenced" });
});

test("sizes beyond 2^53 stay exact", () => {
  const disk: BrokerDisk = { sizeBytes: 2n ** 53n + 1n, totalBytes: 2n ** 60n + 1n, usableBytes: 3n, logDirs: [] };
  const logDirs = { byBroker: new Map([[1, disk]]), topicSizes: new Map(), topicReplicas: new Map(), failures: [] };
  expect(brokers({ logDirs })[0]).toMatchObject({
    sizeBytes: "9007199254740993",
    diskTotalBytes: "1152921504606846977",
    diskUsableBytes: "3",
  });
});

test("a broker is as full as the fullest of its volumes, rounded down", () => {
  const volume = (usableBytes: bigint | null) => ({
    path: `/${usableBytes}`,
    errorCode: 0,
    totalBytes: 1_000n,
    usableBytes,
  });
  const full = (...usable: (bigint | null)[]) => {
    const disk: BrokerDisk = { sizeBytes: 1n, totalBytes: null, usableBytes: null, logDirs: usable.map(volume) };
    return brokers({
      logDirs: { byBroker: new Map([[1, disk]]), topicSizes: new Map(), topicReplicas: new Map(), failures: [] },
    })[0];
  };
  expect(full(900n, 6n)).toMatchObject({ diskUsedPercent: 99 });
  expect(full(154n)).toMatchObject({ diskUsedPercent: 84 });
  expect(full(null, 500n)).toMatchObject({ diskUsedPercent: 50 });
  expect(full(null)).toMatchObject({ diskUsedPercent: null });
});

test("a broker of the local cluster is listed by its process alone", () => {
  expect(brokers({ processes: new Map([[4, "stopped"]]) }).at(-1)).toMatchObject({
    id: 4,
    state: "down",
    process: "stopped",
    replicaCount: 0,
  });
});

test("a broker whose process was killed is down at once, though metadata still lists it", () => {
  expect(brokers({ processes: new Map([[3, "stopped"]]) }).at(-1)).toMatchObject({ id: 3, state: "down", port: 9092 });
});
