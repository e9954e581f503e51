import { expect, test } from "vitest";
import { silentVoters } from "./silent-voters.ts";

const silent = (leaderMs: number | null, ...others: (number | null)[]) => {
  const voters = [leaderMs, ...others].map((lastFetchMs, index) => ({ id: index + 1, lastFetchMs }));
  return silentVoters({ leaderId: 1, highWatermark: 5n, voters }, 100_000).map(({ id }) => id);
};

test("a voter that has not fetched for ten seconds is silent", () => {
  expect(silent(null, 80_000, 95_000)).toEqual([2]);
});

test("the leader's clock counts, not this machine's", () => {
  expect(silent(60_000, 59_000, 45_000)).toEqual([3]);
});

test("a voter that never fetched from a leader who tells times is silent", () => {
  expect(silent(60_000, 59_900, null)).toEqual([3]);
});

test("a time that is not told is no silence", () => {
  expect(silent(null, null, null)).toEqual([]);
});

test("nobody is silent in the moment after an election", () => {
  const voters = [1, 2, 3].map((id) => ({ id, lastFetchMs: id === 1 ? 60_000 : null }));
  expect(silentVoters({ leaderId: 1, highWatermark: "-1", voters }, 100_000)).toEqual([]);
});
