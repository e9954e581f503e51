import { describe, expect, test } from "vitest";
import type { GapRow, MessageRow, TailRow } from "../contracts/message-row.ts";
import type { Losses, TailFrame, TailFrames } from "../contracts/tail.ts";
import { isDivider, isMessage, type TailEntry } from "./tail-entry.ts";
import { TailPositions } from "./tail-positions.ts";
import { TailStore } from "./tail-store.ts";

const ID = "AAAAAAAAAAAAAAAAAAAAAA";

function ready(partitions = 2, first = "0"): TailFrame {
  return {
    name: "ready",
    data: {
      topics: [{ name: "orders", topicId: ID, partitions }],
      partitions: Array.from(
        { length: partitions },
        (_, partition) => [0, partition, first] as [number, number, string],
      ),
      order: "approximate",
    },
  };
}

function message(place: number, offset: number, transaction?: string): MessageRow {
  return transaction === undefined
    ? [place, `${offset}`, 0, null, `v${offset}`]
    : [place, `${offset}`, 0, null, `v${offset}`, { transaction }];
}

/** A store, and the positions as a client would keep them. */
function tail(options: { capacity?: number; maxPending?: number } = {}) {
  const positions = new TailPositions();
  const flushes: (() => void)[] = [];
  let overflows = 0;
  const store = new TailStore({
    positions,
    schedule: (flush) => flushes.push(flush),
    onOverflow: () => {
      overflows += 1;
    },
    ...options,
  });
  const feed = (frame: TailFrame) => {
    if (frame.name === "ready") positions.adopt(frame.data);
    if (frame.name === "messages" || frame.name === "gap") positions.advance(frame.data.next);
    store.ingest(frame);
  };
  const rows = (...all: TailRow[]) => {
    const next = new Map<number, string>();
    for (const row of all) if (isMessage(row)) next.set(row[0], String(BigInt(row[1]) + 1n));
    feed({ name: "messages", data: { next: [...next], rows: all } });
  };
  const stats = (atMs: number, totals: Partial<TailFrames["stats"]>) =>
    feed({
      name: "stats",
      data: { atMs, in: 0, matched: 0, sent: 0, bytes: 0, lost: {}, behind: "0", waiting: null, viewers: 1, ...totals },
    });
  const begin = (first = "0") => {
    positions.beginStream();
    store.beginStream();
    feed(ready(2, first));
  };
  begin();
  return { store, positions, feed, rows, stats, begin, flushes, overflows: () => overflows };
}

const passing = {
  type: "/docs/problems/broker-unreachable",
  title: "",
  status: 502,
  code: "broker-unreachable",
  detail: "Broker 2 went away.",
  requestId: "r",
} as const;

function shown(store: TailStore): TailEntry[] {
  return Array.from({ length: store.length }, (_, index) => store.at(index)).filter((entry) => entry !== undefined);
}

function offsets(store: TailStore): string[] {
  return shown(store).map((entry) =>
    isMessage(entry) ? `${entry[0]}@${entry[1]}` : isDivider(entry) ? entry.kind : "gap",
  );
}

function lossDivider(lost: Losses, from: string, to: string): TailFrame {
  return { name: "gap", data: { reason: "lost", ranges: [[0, from, to]], lost, next: [], detail: "" } };
}

describe("the ring", () => {
  test("keeps the newest, and numbers entries on", () => {
    const { store, rows } = tail({ capacity: 3 });
    rows(...[0, 1, 2, 3, 4].map((offset) => message(0, offset)));
    expect(offsets(store)).toEqual(["0@2", "0@3", "0@4"]);
    expect(store.trimmed).toBe(2);
    expect(store.messages).toBe(3);
  });

  test("a smaller one trims at once, a larger one takes more", () => {
    const { store, rows } = tail({ capacity: 10 });
    rows(...[0, 1, 2, 3].map((offset) => message(0, offset)));
    store.setCapacity(2);
    expect(offsets(store)).toEqual(["0@2", "0@3"]);
    store.setCapacity(3);
    rows(message(0, 4));
    expect(offsets(store)).toEqual(["0@2", "0@3", "0@4"]);
  });

  test("however much comes between two frames of the screen, it is told once", () => {
    const { store, rows, flushes } = tail();
    const flushAll = () => {
      for (const flush of flushes.splice(0)) flush();
    };
    let told = 0;
    store.subscribe(() => {
      told += 1;
    });
    flushAll();
    told = 0;
    for (let offset = 0; offset < 100; offset += 1) rows(message(0, offset));
    expect(flushes).toHaveLength(1);
    flushAll();
    expect(told).toBe(1);
  });
});

describe("a pause", () => {
  test("trims nothing and adds nothing; continuing shows everything in its order", () => {
    const { store, rows } = tail({ capacity: 4 });
    rows(message(0, 0), message(0, 1), message(0, 2));
    store.pause();
    rows(message(0, 3), message(1, 0));
    expect(offsets(store)).toEqual(["0@0", "0@1", "0@2"]);
    expect(store.newer).toEqual({ messages: 2, more: false });
    store.resume();
    expect(offsets(store)).toEqual(["0@1", "0@2", "0@3", "1@0"]);
    expect(store.newer).toEqual({ messages: 0, more: false });
  });

  test("asks for an end of the stream once when too much waits, and keeps what came", () => {
    const { store, rows, overflows } = tail({ maxPending: 3 });
    store.pause();
    rows(...[0, 1, 2, 3, 4].map((offset) => message(0, offset)));
    rows(message(0, 5));
    expect(overflows()).toBe(1);
    expect(store.newer).toEqual({ messages: 6, more: true });
  });

  test("jumping to live shows the newest that came, and says what it passed over", () => {
    const { store, rows } = tail();
    store.pause();
    rows(...Array.from({ length: 500 }, (_, offset) => message(offset % 2, offset)));
    store.jump({ reopening: false });
    const [divider, ...rest] = shown(store);
    expect(divider).toMatchObject({
      kind: "jumped",
      messages: 300,
      ranges: [
        [0, "0", "298"],
        [1, "1", "299"],
      ],
    });
    expect(rest).toHaveLength(200);
    expect(store.paused).toBe(false);
  });

  test("a jump over little passes over nothing", () => {
    const { store, rows } = tail();
    store.pause();
    rows(message(0, 0), message(0, 1));
    store.jump({ reopening: false });
    expect(offsets(store)).toEqual(["0@0", "0@1"]);
  });

  test("what a jump passes over besides messages is summed in its divider; what became of a topic stays told", () => {
    const { store, feed, rows } = tail();
    store.pause();
    rows(message(0, 9), message(0, 10));
    feed(lossDivider({ sampled: 8 }, "11", "18"));
    feed({
      name: "problem",
      data: { problem: passing, fatal: false },
    });
    feed({ name: "gap", data: { reason: "retention", ranges: [[1, "0", "3"]], next: [], detail: "" } });
    rows({ problem: [1, "4", "5"], code: "corrupt", detail: "", records: 2 });
    feed(lossDivider({ "slow-client": 1 }, "19", "19"));
    rows(message(0, 20));
    rows(...Array.from({ length: 200 }, (_, index) => message(0, 100 + index)));
    store.jump({ reopening: false });
    const [gap, jumped, ...rest] = shown(store);
    expect(gap).toMatchObject({ kind: "gap", reason: "retention" });
    expect(jumped).toMatchObject({
      kind: "jumped",
      messages: 3,
      lost: { sampled: 8, "slow-client": 1 },
      problems: 1,
      ranges: [
        [0, "9", "20"],
        [1, "4", "5"],
      ],
    });
    expect(rest).toHaveLength(200);
  });

  test("a jump by a new stream keeps what was lost among what it passes over", () => {
    const { store, feed, rows, begin } = tail();
    rows(message(0, 0));
    store.pause();
    feed(lossDivider({ sampled: 8 }, "1", "8"));
    store.jump({ reopening: true });
    begin("90");
    expect(shown(store).at(-1)).toMatchObject({
      kind: "jumped",
      lost: { sampled: 8 },
      ranges: [
        [0, "1", "89"],
        [1, "0", "89"],
      ],
    });
  });

  test("a jump by a new stream tells the offsets between what was shown and where the stream begins", () => {
    const { store, rows, begin } = tail();
    rows(message(0, 0));
    store.pause();
    rows(message(0, 1), message(0, 2));
    store.jump({ reopening: true });
    begin("90");
    expect(shown(store).at(-1)).toMatchObject({
      kind: "jumped",
      messages: null,
      ranges: [
        [0, "1", "89"],
        [1, "0", "89"],
      ],
    });
  });
});

describe("transactions", () => {
  const marker = (place: number, end: Partial<GapRow>): GapRow => ({
    gap: [place, "9", "9"],
    reason: "markers",
    ...end,
  });

  test("a marker decides the rows of its producers in its partition, also those that wait", () => {
    const { store, rows } = tail();
    const [mine, others, elsewhere] = [message(0, 0, "7"), message(0, 1, "8"), message(1, 0, "7")];
    rows(mine, others, elsewhere);
    store.pause();
    const waiting = message(0, 2, "7");
    rows(waiting, marker(0, { aborted: ["7"], committed: ["8"] }));
    expect([mine, others, elsewhere, waiting].map((row) => store.outcomeOf(row))).toEqual([
      "aborted",
      "committed",
      undefined,
      "aborted",
    ]);
  });

  test("the producer's next transaction is open again", () => {
    const { store, rows } = tail();
    rows(message(0, 0, "7"), marker(0, { aborted: ["7"] }));
    const later = message(0, 10, "7");
    rows(later);
    expect(store.outcomeOf(later)).toBeUndefined();
  });
});

describe("losses", () => {
  test("those that follow each other are one divider, with all reasons and offsets", () => {
    const { store, feed, rows } = tail();
    feed(lossDivider({ "slow-client": 5 }, "0", "4"));
    feed(lossDivider({ "slow-client": 2, sampled: 1 }, "5", "7"));
    rows(message(0, 8));
    feed(lossDivider({ sampled: 1 }, "9", "9"));
    expect(shown(store)).toMatchObject([
      { kind: "lost", lost: { "slow-client": 7, sampled: 1 }, ranges: [[0, "0", "7"]] },
      message(0, 8),
      { kind: "lost", lost: { sampled: 1 } },
    ]);
  });

  test("what only the counts tell gets a divider when the next counts still hold it", () => {
    const { store, rows, stats } = tail();
    stats(1_000, {});
    rows(message(0, 0), message(0, 9));
    stats(2_000, { in: 10, lost: { sampled: 8 } });
    expect(offsets(store)).toEqual(["0@0", "0@9"]);
    rows(message(0, 10));
    stats(3_000, { in: 11, lost: { sampled: 8 } });
    expect(shown(store).at(-1)).toMatchObject({ kind: "lost", lost: { sampled: 8 } });
    stats(4_000, { in: 11, lost: { sampled: 8 } });
    expect(shown(store).filter(isDivider)).toHaveLength(1);
  });

  test("a gap frame that comes after its counts is not told twice", () => {
    const { store, feed, stats } = tail();
    stats(1_000, { in: 10, lost: { "slow-client": 8 } });
    feed(lossDivider({ "slow-client": 8 }, "0", "7"));
    stats(2_000, { in: 10, lost: { "slow-client": 8 } });
    stats(3_000, { in: 10, lost: { "slow-client": 8 } });
    expect(shown(store)).toMatchObject([{ kind: "lost", lost: { "slow-client": 8 } }]);
  });

  test("a batch that could not be read says so itself", () => {
    const { store, stats } = tail();
    for (const atMs of [1_000, 2_000, 3_000]) stats(atMs, { lost: { undecodable: 3, oversize: 1 } });
    expect(store.length).toBe(0);
    expect(store.getFigures().lostTotal).toBe(4);
  });

  test("rows that are loaded stand before the divider", () => {
    const { store, feed, rows } = tail();
    feed(lossDivider({ sampled: 2 }, "0", "1"));
    rows(message(0, 2));
    const divider = store.at(0);
    if (divider === undefined || !isDivider(divider) || divider.kind !== "lost") throw new Error("no divider");
    const filled = store.fill(divider, [message(0, 0), message(0, 1)], {
      ...divider,
      ranges: [],
      loading: "done",
      loaded: 2,
    });
    expect(filled).toBe(true);
    expect(offsets(store)).toEqual(["0@0", "0@1", "lost", "0@2"]);
    expect(store.messages).toBe(3);
  });
});

describe("figures", () => {
  test("rates are by the server's clock, and begin anew with each stream", () => {
    const { store, stats, begin } = tail();
    stats(10_000, { in: 100, matched: 50, bytes: 1_000 });
    stats(10_500, { in: 200, matched: 60, bytes: 2_000 });
    expect(store.getFigures()).toMatchObject({ inPerSecond: 200, matchedPerSecond: 20, bytesPerSecond: 2_000 });
    begin();
    stats(20_000, { in: 30, matched: 30 });
    expect(store.getFigures()).toMatchObject({ inPerSecond: 30, inTotal: 230, matchedTotal: 90 });
  });

  test("shown is what went on screen: nothing while paused", () => {
    const { store, rows, stats } = tail();
    stats(1_000, {});
    rows(message(0, 0), message(0, 1));
    stats(2_000, { in: 2, matched: 2 });
    expect(store.getFigures().shownPerSecond).toBe(2);
    store.pause();
    rows(message(0, 2));
    stats(3_000, { in: 3, matched: 3 });
    expect(store.getFigures()).toMatchObject({ shownPerSecond: 0, matchedPerSecond: 1 });
  });

  test("losses add up over streams, and a minute is kept", () => {
    const { store, stats, begin } = tail();
    for (let second = 1; second <= 70; second += 1)
      stats(second * 1_000, { in: second, lost: { "slow-client": second } });
    begin();
    stats(100_000, { lost: { "slow-client": 5 } });
    expect(store.getFigures().lost).toEqual({ "slow-client": 75 });
    expect(store.getFigures().history).toHaveLength(60);
  });

  test("a closed stream has no rates", () => {
    const { store, stats } = tail();
    stats(1_000, { in: 5 });
    store.rest();
    expect(store.getFigures()).toMatchObject({ inPerSecond: null, inTotal: 5 });
  });
});
