import { expect, test } from "vitest";
import type { BrokerSummary } from "#lib/contracts/brokers.ts";
import { brokerStateReason } from "./broker-words.ts";

const broker: BrokerSummary = {
  id: 1,
  host: "kafka-1",
  port: 9092,
  rack: null,
  state: "up",
  isController: false,
  leaderCount: 1,
  replicaCount: 3,
  outOfSyncCount: 0,
  sizeBytes: "10",
  diskTotalBytes: "1000",
  diskUsableBytes: "250",
  diskUsedPercent: 75,
  process: null,
};

test("a broker that isn't up says why, as far as it is known", () => {
  expect(brokerStateReason(broker)).toBeNull();
  expect(brokerStateReason({ ...broker, state: "down", process: "stopped" })).toContain("stopped from here");
  expect(brokerStateReason({ ...broker, state: "fenced" })).toContain("heartbeats");
  expect(brokerStateReason({ ...broker, state: "down" })).toContain("no other broker sees it");
});
