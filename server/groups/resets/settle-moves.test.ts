import { expect, test } from "vitest";
import { ProblemError } from "#lib/problem.ts";
import type { CommittedOffset } from "../group-reading.ts";
import { movesOutcome } from "./apply-moves.ts";
import type { CoordinatorAnswer } from "./commit-moves.ts";
import { settleMoves } from "./settle-moves.ts";

const at = (offset: bigint): CommittedOffset => ({ offset, leaderEpoch: null, metadata: "" });
const silent: CoordinatorAnswer = { silence: new ProblemError("broker-unreachable", "Broker 2 went away.") };
const done: CoordinatorAnswer = { errorCode: 0 };

/** A move from 5 to 9, or from 5 to no commit. @param now null: no commit; undefined: not read back */
function settle(answer: CoordinatorAnswer, now: bigint | null | undefined, to: bigint | null = 9n) {
  const move = { topic: "orders", partition: 0, to: to === null ? null : at(to), before: at(5n) };
  const held = now === null || now === undefined ? new Map() : new Map([["orders", new Map([[0, at(now)]])]]);
  const [settled] = settleMoves([move], [answer], now === undefined ? null : held);
  if (settled === undefined) throw new Error("one move has one outcome");
  return settled;
}

test("the same offset with other metadata, or another leader epoch, is another commit", () => {
  const move = { topic: "orders", partition: 0, to: { ...at(9n), metadata: "mine" }, before: at(5n) };
  for (const other of [at(9n), { ...at(9n), metadata: "mine", leaderEpoch: 3 }]) {
    const [settled] = settleMoves([move], [done], new Map([["orders", new Map([[0, other]])]]));
    expect(settled).toMatchObject({ outcome: "overwritten", detail: expect.stringContaining("other metadata") });
    expect(movesOutcome(settled === undefined ? [] : [settled]).partitions).toMatchObject([
      { after: { offset: "9", metadata: other.metadata, leaderEpoch: other.leaderEpoch } },
    ]);
  }
});

test.each<[string, CoordinatorAnswer, bigint | null | undefined, string, RegExp | null]>([
  ["confirmed and read back", done, 9n, "moved", null],
  ["confirmed, then somebody else's", done, 12n, "overwritten", /it is at 12 now/],
  ["confirmed, then taken away", done, null, "overwritten", /no commit now/],
  ["confirmed, not read back", done, undefined, "unknown", /could not be read back/],
  ["refused", { errorCode: 29 }, 5n, "failed", /Read on Topic orders/],
  ["refused and not read back", { errorCode: 12 }, undefined, "failed", /offset.metadata.max.bytes/],
  ["refused while moving", { errorCode: 16 }, 5n, "failed", /try again/],
  ["refused, since a member joined", { errorCode: 25 }, 5n, "failed", /member has joined/],
  ["silence, and it is there", silent, 9n, "moved", null],
  ["silence, and it is where it was", silent, 5n, "failed", /Broker 2 went away. It is where it was/],
  ["silence, and it is somewhere else", silent, 7n, "overwritten", /Somebody else committed meanwhile/],
  ["silence, and nobody tells", silent, undefined, "unknown", /Broker 2 went away/],
  ["never sent", null, 5n, "failed", /was not sent/],
  ["never sent, and nobody tells", null, undefined, "failed", /was not sent/],
])("%s", (_, answer, now, outcome, detail) => {
  const settled = settle(answer, now);
  expect(settled.outcome).toBe(outcome);
  if (detail === null) expect(settled.detail).toBeNull();
  else expect(settled.detail).toMatch(detail);
});

test("a commit that was to be taken away and is gone is moved", () => {
  expect(settle(done, null, null)).toMatchObject({ outcome: "moved", readBack: null });
  expect(settle(done, 5n, null)).toMatchObject({ outcome: "overwritten" });
});

test("the record tells done, partial and failed apart, and what was read back instead", () => {
  const [moved, failed, unknown, over] = [
    settle(done, 9n),
    settle(null, 5n),
    settle(silent, undefined),
    settle(done, 12n),
  ];
  expect(movesOutcome([moved, moved]).state).toBe("done");
  expect(movesOutcome([moved, failed]).state).toBe("partial");
  expect(movesOutcome([failed, failed]).state).toBe("failed");
  expect(movesOutcome([failed, unknown]).state).toBe("partial");
  expect(movesOutcome([moved, unknown, over]).partitions).toEqual([
    { topic: "orders", partition: 0, outcome: "moved", detail: null },
    { topic: "orders", partition: 0, outcome: "unknown", detail: expect.any(String) },
    {
      ...{ topic: "orders", partition: 0, outcome: "overwritten", detail: expect.any(String) },
      after: { offset: "12", leaderEpoch: null, metadata: "" },
    },
  ]);
});
