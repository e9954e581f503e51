import { expect, test } from "vitest";
import type { ReplicaSegments, Segment } from "#lib/contracts/segments.ts";
import { madeUpSegment } from "./map/made-up-segments.fixture.ts";
import { segmentCommands } from "./segment-commands.ts";
import { isReadable } from "./shown-replica.ts";

const index = { entries: 1, usedBytes: "8", fileBytes: "8" };

function replica(...segments: Segment[]) {
  const made: ReplicaSegments = {
    brokerId: 2,
    role: "leader",
    inSync: true,
    access: { state: "readable", from: "own", logDir: "/var/kafka data", away: null },
    sizeBytes: "0",
    offsetLag: "0",
    directory: "orders-3",
    segments,
    sideFiles: [],
    damage: [],
    bytesRead: "0",
  };
  return isReadable(made) ? made : null;
}
const about = { bootstrap: "kafka-1:9092", topic: "orders", brokers: [2, 3] };

test("dump the chosen segment where its files are, else the active one, and check the indexes it has", () => {
  const both = replica(
    madeUpSegment(0, { offsetIndex: index, timeIndex: index }),
    madeUpSegment(100, { active: true }),
  );
  const [dump, check, sizes] = segmentCommands({ ...about, replica: both, selected: "0" });
  expect(dump?.title).toBe("Batches and records of segment 0, on broker 2");
  expect(dump?.command).toContain("'/var/kafka data/orders-3/00000000000000000000.log'");
  expect(check?.command).toContain(
    "00000000000000000000.index,/var/kafka data/orders-3/00000000000000000000.timeindex",
  );
  expect(sizes?.command).toMatch(/--broker-list 2,3 .*--topic-list orders$/s);
  const active = segmentCommands({ ...about, replica: both, selected: "7" });
  expect(active.map(({ title }) => title)).toEqual([
    "Batches and records of the active segment, on broker 2",
    "Bytes of the topic on each of its brokers",
  ]);
});

test("without files to read there are the sizes, which any broker tells", () => {
  expect(segmentCommands({ ...about, replica: null, selected: null })).toHaveLength(1);
});
