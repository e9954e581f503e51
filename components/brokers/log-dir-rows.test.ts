import { expect, test } from "vitest";
import { replicaRows, topicRows } from "./log-dir-rows.ts";

const logDirs = [
  {
    path: "/data/1",
    error: null,
    sizeBytes: "30",
    totalBytes: "100",
    usableBytes: "50",
    topics: [
      {
        topic: "orders",
        sizeBytes: "30",
        replicas: [
          { partition: 0, sizeBytes: "10", offsetLag: "0", isFuture: false },
          { partition: 1, sizeBytes: "20", offsetLag: "9007199254740993", isFuture: true },
        ],
      },
    ],
  },
];

test("one row a topic, with the lag of the replica that is furthest behind", () => {
  expect(topicRows(logDirs)).toEqual([
    { logDir: "/data/1", topic: "orders", replicas: 2, sizeBytes: 30n, mostBehind: 9007199254740993n },
  ]);
});

test("one row a replica", () => {
  expect(replicaRows(logDirs).map(({ partition, behind, isFuture }) => [partition, behind, isFuture])).toEqual([
    [0, 0n, false],
    [1, 9007199254740993n, true],
  ]);
});
