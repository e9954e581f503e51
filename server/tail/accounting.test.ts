import { describe, expect, test } from "vitest";
import type { LensYield, PartitionYield } from "../reader/lens.ts";
import { PartitionTable } from "../reader/partition-table.ts";
import { Cadence } from "./cadence.ts";
import { ChunkRing, MAX_REPLAY_BYTES } from "./chunk-ring.ts";
import { Covered } from "./covered.ts";
import { FrameBuilder } from "./frame-builder.ts";
import { GoneTopics } from "./gone-topics.ts";
import { LossLedger } from "./losses.ts";
import { Outbox } from "./outbox.ts";
import { cursorOf, describeTable } from "./positions.ts";
import { TailStream } from "./tail-stream.ts";
import { TokenBucket } from "./token-bucket.ts";

function shown(place: number, next: bigint, differs: Partial<PartitionYield> = {}, rows = ""): LensYield {
  const none = { sampled: 0, sampledRange: null, oversize: 0, undecodable: 0, fromMs: null, toMs: null };
  const partition = { place, next, in: 0, matched: 0, bytes: 0, ...none, ...differs };
  return { rows, sent: partition.matched - partition.sampled, partitions: [partition] };
}

const text = (bytes: Uint8Array | undefined | null) => Buffer.from(bytes ?? []).toString();

describe("a frame", () => {
  test("joins what was shown, moves the positions, and keeps account", () => {
    const builder = new FrameBuilder();
    const positions = new Map([
      [0, 5n],
      [1, 0n],
    ]);
    expect(builder.build()).toBeNull();
    builder.add(shown(0, 8n, { in: 3, matched: 2, bytes: 30, fromMs: 7, toMs: 9 }, '["a"],["b"]'), positions);
    builder.add(
      shown(1, 9_007_199_254_740_993n, { in: 4, matched: 4, sampled: 3, sampledRange: [1n, 6n] }, '["c"]'),
      positions,
    );
    builder.add(shown(0, 10n, { in: 2, oversize: 1, undecodable: 1, fromMs: 3, toMs: 4 }), positions);
    const frame = builder.build();
    expect(text(frame?.bytes)).toBe(
      'event: messages\ndata: {"next":[[0,"10"],[1,"9007199254740993"]],"rows":[["a"],["b"],["c"]]}\n\n',
    );
    expect(frame?.tally).toMatchObject({ in: 9, matched: 8, sent: 3, bytes: 30 });
    expect(frame?.tally.lost).toEqual({ sampled: 3, oversize: 1, undecodable: 1 });
    expect([...(frame?.covers ?? [])]).toEqual([
      [0, [5n, 10n]],
      [1, [0n, 9_007_199_254_740_993n]],
    ]);
    expect(frame?.times).toEqual({ fromMs: 3, toMs: 9 });
    expect(positions.get(0)).toBe(10n);
    expect(builder.build()).toBeNull();
  });

  test("never moves a position back", () => {
    const builder = new FrameBuilder();
    const positions = new Map([[0, 5n]]);
    builder.add(shown(0, 4n), positions);
    expect(positions.get(0)).toBe(5n);
    expect(builder.build()).toBeNull();
  });

  test("that is dropped turns what it would have sent into a loss", () => {
    const builder = new FrameBuilder();
    builder.add(shown(0, 4n, { in: 4, matched: 3, sampled: 1, sampledRange: [0n, 3n] }), new Map([[0, 0n]]));
    const dropped = builder.build()?.tally.dropped();
    expect(dropped).toMatchObject({ in: 4, matched: 3, sent: 0 });
    expect(dropped?.lost).toEqual({ sampled: 1, "slow-client": 2 });
  });
});

describe("losses", () => {
  test("are told once, with ranges joined where they meet, and where reading goes on", () => {
    const ledger = new LossLedger("slow-client");
    expect(ledger.tell()).toBeNull();
    const lose = (count: number, place: number, from: bigint, to: bigint, ms: number) =>
      ledger.lose(count, [[place, [from, to]]], { fromMs: ms, toMs: ms });
    lose(2, 0, 10n, 12n, 50);
    lose(3, 0, 12n, 15n, 40);
    lose(1, 0, 20n, 21n, 60);
    lose(1, 3, 7n, 8n, 70);
    expect(ledger.tell()).toMatchObject({
      reason: "lost",
      ranges: [
        [0, "10", "14"],
        [0, "20", "20"],
        [3, "7", "7"],
      ],
      lost: { "slow-client": 7 },
      next: [
        [0, "21"],
        [3, "8"],
      ],
      fromMs: 40,
      toMs: 70,
      detail: expect.stringMatching(/^7 messages were not sent/),
    });
    expect(ledger.tell()).toBeNull();
  });

  test("that were sampled don't move the cursor back", () => {
    const ledger = new LossLedger("sampled");
    ledger.lose(1, [[0, [1n, 2n]]], { fromMs: null, toMs: null });
    expect(ledger.tell()).toMatchObject({ next: [], detail: expect.stringMatching(/^1 message was not sent/) });
  });

  test("in too many places are told as one range each", () => {
    const ledger = new LossLedger("sampled");
    for (let at = 0n; at < 1_000n; at += 2n) ledger.lose(1, [[0, [at, at + 1n]]], { fromMs: null, toMs: null });
    const ranges = ledger.tell()?.ranges ?? [];
    expect(ranges.length).toBeLessThanOrEqual(200);
    expect(ranges[0]?.[1]).toBe("0");
    expect(ranges.at(-1)?.[2]).toBe("998");
  });
});

test("ranges that touch or overlap become one, empty ones none", () => {
  const covered = new Covered();
  covered.add(0, [1n, 1n]);
  expect(covered.isEmpty).toBe(true);
  covered.add(0, [1n, 3n]);
  covered.add(0, [2n, 5n]);
  covered.add(0, [5n, 6n]);
  covered.add(0, [8n, 9n]);
  expect([...covered]).toEqual([
    [0, [1n, 6n]],
    [0, [8n, 9n]],
  ]);
});

test("a token bucket refills with time, up to its capacity, and debts are paid first", () => {
  let nowMs = 0;
  const bucket = new TokenBucket(1_000, 100, () => nowMs);
  expect(bucket.available).toBe(100);
  bucket.take(100);
  expect(bucket.available).toBe(0);
  nowMs += 30;
  expect(bucket.available).toBe(30);
  bucket.take(50);
  expect(bucket.available).toBe(0);
  nowMs += 40;
  expect(bucket.available).toBe(20);
  nowMs += 10_000;
  expect(bucket.available).toBe(100);
});

describe("the cadence", () => {
  test("flushes at once after a quiet moment, then one frame in five milliseconds", () => {
    let nowMs = 0;
    const cadence = new Cadence(() => nowMs);
    expect(cadence.delayMs(1)).toBe(0);
    cadence.flushed(0);
    nowMs += 2;
    expect(cadence.delayMs(10)).toBe(3);
    expect(cadence.delayMs(20)).toBe(8);
    nowMs += 3;
    expect(cadence.delayMs(10)).toBe(0);
  });

  test("stretches with viewers and with what frames cost, to a tenth of a second", () => {
    const cadence = new Cadence(() => 0);
    expect(cadence.intervalMs(100)).toBe(50);
    expect(cadence.intervalMs(1_000)).toBe(100);
    for (let index = 0; index < 50; index++) cadence.flushed(8);
    expect(cadence.intervalMs(1)).toBeCloseTo(40, 0);
  });
});

describe("the ring", () => {
  const chunk = (from: bigint, next: bigint, bytes: number) => ({
    bytes: new Uint8Array(bytes),
    partitions: [{ place: 0, from, next, start: 0, end: bytes, highWatermark: next, logStartOffset: 0n, aborted: [] }],
  });

  test("holds what lies behind a viewer, as long as it has room", () => {
    const ring = new ChunkRing(100);
    ring.begin(0, 10n);
    expect(ring.since(new Map([[0, 10n]]))).toEqual([]);
    expect(ring.since(new Map([[0, 9n]]))).toBeNull();
    expect(ring.since(new Map())).toBeNull();
    const chunks = [chunk(10n, 12n, 40), chunk(12n, 15n, 40), chunk(15n, 16n, 40)] as const;
    ring.push(chunks[0]);
    ring.push(chunks[1]);
    expect(ring.since(new Map([[0, 11n]]))).toEqual([chunks[0], chunks[1]]);
    ring.push(chunks[2]);
    expect(ring.bytes).toBe(80);
    expect(ring.since(new Map([[0, 11n]]))).toBeNull();
    expect(ring.since(new Map([[0, 12n]]))).toEqual([chunks[1], chunks[2]]);
    expect(ring.since(new Map([[0, 16n]]))).toEqual([]);
  });

  test("doesn't replay more than a viewer should be sent at once", () => {
    const ring = new ChunkRing();
    ring.begin(0, 0n);
    ring.push(chunk(0n, 5n, MAX_REPLAY_BYTES));
    ring.push(chunk(5n, 6n, 1));
    expect(ring.since(new Map([[0, 0n]]))).toBeNull();
    expect(ring.since(new Map([[0, 5n]]))).toHaveLength(1);
  });
});

describe("the outbox", () => {
  test("gives what waits in pieces, and tells when there is room", async () => {
    const outbox = new Outbox();
    const waiting = outbox.take();
    outbox.push(Buffer.from("a"));
    expect(text(await waiting)).toBe("a");
    expect(outbox.bytes).toBe(0);
    outbox.push(Buffer.from("b"));
    outbox.push(Buffer.from("c"));
    let room = false;
    void outbox.room(2).then(() => {
      room = true;
    });
    await Promise.resolve();
    expect(room).toBe(false);
    expect(text(await outbox.take())).toBe("bc");
    await Promise.resolve();
    expect(room).toBe(true);
  });

  test("after its end gives what is left, or nothing", async () => {
    const outbox = new Outbox();
    outbox.push(Buffer.from("a"));
    outbox.end();
    outbox.push(Buffer.from("b"));
    expect(text(await outbox.take())).toBe("a");
    expect(await outbox.take()).toBeNull();
    await outbox.room(0);
    const discarded = new Outbox();
    discarded.push(Buffer.from("a"));
    discarded.end({ discard: true });
    expect(await discarded.take()).toBeNull();
  });
});

test("topics are gone for good only when none came back for a while", () => {
  let nowMs = 0;
  const topics = new GoneTopics(() => nowMs);
  expect(topics.all).toBe(false);
  topics.added([0, 1]);
  topics.gone([0]);
  nowMs += 60_000;
  expect(topics.all).toBe(false);
  topics.gone([1]);
  nowMs += 4_999;
  expect(topics.all).toBe(false);
  topics.added([2]);
  nowMs += 60_000;
  expect(topics.all).toBe(false);
  topics.gone([2]);
  nowMs += 5_000;
  expect(topics.all).toBe(true);
});

test("a place that another reader numbered has no offset until it is known; topics without a place are told too", () => {
  const table = new PartitionTable();
  const [orders, other] = ["A".repeat(22), "B".repeat(22)];
  table.placeOf({ topic: "orders", topicId: orders, partition: 0 });
  table.placeOf({ topic: "orders", topicId: orders, partition: 1 });
  const known = new Map([
    [orders, { name: "orders", partitions: 2 }],
    [other, { name: "later", partitions: 0 }],
  ]);
  const positions = new Map([[1, 9_007_199_254_740_993n]]);
  expect(describeTable(table, positions, known)).toEqual({
    topics: [
      { name: "orders", topicId: orders, partitions: 2 },
      { name: "later", topicId: other, partitions: 0 },
    ],
    partitions: [
      [0, 0, null],
      [0, 1, "9007199254740993"],
    ],
  });
  expect(cursorOf(table, positions, known)).toBe(`orders=${orders}*2:1@9007199254740993;later=${other}*0:`);
  expect(cursorOf(new PartitionTable(), new Map(), new Map())).toBe("-");
});

test("a viewer for whom too much waits is let go, whatever it is", async () => {
  let closed = 0;
  const stream = new TailStream({ quietMs: null, maxHeldBytes: 1_000, onClose: () => closed++ });
  const tell = () => stream.ready({ topics: [], partitions: [], order: "exact" }, "-");
  tell();
  expect(stream.closed).toBe(false);
  for (let index = 0; index < 50; index++) tell();
  expect([stream.closed, closed]).toEqual([true, 1]);
  expect(await stream.next()).toMatchObject({ done: true });
});
