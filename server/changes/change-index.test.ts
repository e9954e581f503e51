import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ChangeIndex, type LoggedRecord, MAX_CHANGES } from "./change-index.ts";
import type { LogRecord } from "./log-record.ts";

const id = (n: number) => `0mwq4suzh-${n.toString(36).padStart(12, "0")}`;

function record(n: number, different: object = {}): LogRecord {
  return {
    ...{ tailrace: 1, id: id(n), phase: "intent", part: 1, parts: 1, action: "reset-offsets", target: { group: "g" } },
    ...{ actor: "local", requestId: `r${n}`, instance: "i", atMs: 5, targetText: "", undoes: null, partitionCount: 1 },
    partitions: [{ topic: `t${n % 3}`, partition: 0, before: null, after: null }],
    ...different,
  } as LogRecord;
}
const outcome = (n: number, different: object = {}) =>
  record(n, { phase: "outcome", state: "done", failure: null, uncertain: false, partitions: [], ...different });
const at = (offset: number, one: LogRecord): LoggedRecord => ({
  offset: BigInt(offset),
  appendedAtMs: null,
  record: one,
});

function indexOf(logged: readonly LoggedRecord[]): ChangeIndex {
  const index = new ChangeIndex();
  for (const one of logged) index.add(one);
  return index;
}
const all = (index: ChangeIndex) => index.list(() => true, null, 10_000).changes;

describe("what the records make up", () => {
  test("is the same in whatever order they are read, and when some are read twice", () => {
    const log = [
      at(0, record(1, { parts: 2, part: 1 })),
      at(1, record(2)),
      at(2, record(1, { parts: 2, part: 2 })),
      at(3, outcome(2, { atMs: 9 })),
      at(4, outcome(1, { state: "partial" })),
      at(5, record(3, { undoes: id(1) })),
      // A part that was stored twice, since its first answer was lost.
      at(6, outcome(1, { state: "partial" })),
      at(7, outcome(3, { undoes: id(1) })),
      // Others who claim to be them, later.
      at(8, outcome(3, { undoes: id(1), state: "failed", failure: "no" })),
      at(9, record(2, { actor: "somebody" })),
      at(10, outcome(1, { parts: 3, part: 3, state: "partial" })),
      at(11, outcome(2, { requestId: "another" })),
    ];
    const expected = all(indexOf(log));
    expect(expected).toMatchObject([
      { id: id(3), undoes: id(1), state: "done" },
      { id: id(2), state: "done", atMs: 5, endedAtMs: 9 },
      { id: id(1), state: "partial", undoneBy: id(3), incomplete: false },
    ]);
    const shuffled = fc.shuffledSubarray([...log, ...log], { minLength: 2 * log.length });
    fc.assert(
      fc.property(shuffled, (some) => {
        const index = indexOf(some);
        expect(all(index)).toEqual(expected);
        expect(index.unreadable).toBe(4);
      }),
    );
  });

  test("a part that isn't there makes it incomplete; of an intent, it can't be undone", () => {
    const [change] = all(indexOf([at(0, record(1, { parts: 2 })), at(1, outcome(1))]));
    expect(change).toMatchObject({ incomplete: true, notUndoable: expect.stringContaining("missing") });
    const [ended] = all(indexOf([at(0, record(1)), at(1, outcome(1, { parts: 2 }))]));
    expect(ended).toMatchObject({ incomplete: true, notUndoable: null });
    const [orphan] = all(indexOf([at(1, outcome(1))]));
    expect(orphan).toMatchObject({ incomplete: true, state: "done", notUndoable: expect.any(String) });
  });

  test("a change of which only the end is in sight isn't told while older records aren't", () => {
    const index = indexOf([at(4, outcome(1)), at(5, record(2, { parts: 2, part: 2 })), at(6, record(3))]);
    expect(index.list(() => true, null, 10, false).changes.map((one) => one.id)).toEqual([id(3)]);
    expect([index.find(id(1), false), index.find(id(2), false)]).toEqual([null, null]);
    expect(all(index)).toHaveLength(3);
  });

  test("an action of a later version is told by its name", () => {
    const [change] = all(indexOf([at(0, record(1, { action: "delete-topic" }))]));
    expect(change).toMatchObject({ action: null, actionText: "delete-topic", notUndoable: expect.any(String) });
  });

  test("the brokers' time counts where the topic keeps it", () => {
    const [change] = all(indexOf([{ ...at(0, record(1)), appendedAtMs: 1_000 }]));
    expect(change?.atMs).toBe(1_000);
  });
});

describe("what somebody else writes", () => {
  test("under a change's id is left out and counted, before or after it", () => {
    const claims: object[] = [
      { requestId: "another" },
      { actor: "somebody" },
      { action: "delete-group" },
      { target: { group: "other" } },
      { undoes: id(9) },
      { partitionCount: 7 },
    ];
    for (const claim of claims) {
      const index = indexOf([at(0, record(1)), at(1, outcome(1, claim)), at(2, record(1, claim))]);
      expect(all(index)).toMatchObject([{ state: "intent", requestId: "r1", target: { group: "g" } }]);
      expect(index.unreadable).toBe(2);
    }
  });

  test("later can't change what stands there: the first intent and the first outcome count", () => {
    const log = [
      at(0, record(1)),
      at(1, outcome(1, { state: "failed", failure: "no" })),
      at(2, outcome(1, { state: "done" })),
      at(3, record(1, { parts: 50, part: 50 })),
    ];
    const index = indexOf(log);
    expect(all(index)).toMatchObject([{ state: "failed", failure: "no", incomplete: false }]);
    expect(index.unreadable).toBe(2);
  });

  test("as an undo of another group's change, or of a later one, undoes nothing", () => {
    const log = [
      at(0, record(3, { undoes: id(1) })),
      at(1, record(1)),
      at(2, record(2, { undoes: id(1), target: { group: "other" } })),
      at(3, record(4, { undoes: id(4) })),
    ];
    for (const { undoneBy } of all(indexOf(log))) expect(undoneBy).toBeNull();
  });
});

describe("bounds", () => {
  test("the newest 5,000 changes are kept, in little time and memory", () => {
    const index = new ChangeIndex();
    for (let n = 0; n < 4 * MAX_CHANGES; n++) {
      index.add(at(2 * n, record(n)));
      index.add(at(2 * n + 1, outcome(n)));
    }
    expect(index.size).toBeGreaterThanOrEqual(MAX_CHANGES);
    expect(index.size).toBeLessThan(MAX_CHANGES * 1.2);
    expect(index.isFull).toBe(true);
    const { changes, more } = index.list(() => true, null, 100);
    expect(changes.map((one) => one.id)).toEqual(Array.from({ length: 100 }, (_, n) => id(4 * MAX_CHANGES - 1 - n)));
    expect(more).toBe(true);
  });

  test("changes of many topics or long names push older ones out, never more than there is room for", () => {
    const index = new ChangeIndex();
    const topics = Array.from({ length: 4_000 }, (_, n) => ({
      topic: `t${n}`,
      partition: 0,
      before: null,
      after: null,
    }));
    for (let n = 0; n < 400; n++)
      index.add(at(n, record(n, { partitions: topics, target: { group: "x".repeat(32_000) } })));
    expect(index.size).toBeLessThan(100);
    expect(index.size).toBeGreaterThan(10);
    expect(all(index)[0]?.id).toBe(id(399));
  });
});
