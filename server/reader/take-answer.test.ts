import { expect, test } from "vitest";
import { batchOfOne } from "../kafka/record-to-send.ts";
import { FetchSession } from "./fetch-session.ts";
import type { PartitionPosition } from "./partition-position.ts";
import { damaged, since } from "./refusal.ts";
import { takeAnswer } from "./take-answer.ts";

const position = (partition: number): PartitionPosition => ({
  ...{ topic: "orders", topicId: "id", partition, place: partition, start: null, next: 0n },
  ...{ end: null, leader: 1, leaderEpoch: 0, trouble: null },
});
const whole = batchOfOne({ key: null, value: Buffer.from("one"), headers: [], timestampMs: 0 });
const answer = (partition: number, records: Buffer) => ({
  ...{ throttleMs: 0, errorCode: 0, sessionId: 0 },
  topics: [
    {
      topicId: "id",
      partitions: [
        { partition, errorCode: 0, highWatermark: 1n, lastStableOffset: 1n, logStartOffset: 0n, aborted: [], records },
      ],
    },
  ],
});

test("a partition whose bytes are no batches keeps its trouble since it began, until a batch is read", () => {
  const session = new FetchSession();
  const orders = position(0);
  session.add(orders);
  session.request();
  orders.trouble = since(null, damaged(orders), 0);
  const { trouble } = orders;
  const taken = takeAnswer(answer(0, Buffer.alloc(100)), session, "uncommitted");
  expect(taken).toEqual({ chunk: null, refused: [], damaged: [orders] });
  expect(orders).toMatchObject({ trouble, next: 0n, end: 1n });
  expect(takeAnswer(answer(0, whole), session, "uncommitted").chunk?.partitions).toMatchObject([
    { from: 0n, next: 1n },
  ]);
  expect(orders).toMatchObject({ trouble: null, next: 1n });
});
