import { expect, test } from "vitest";
import { startWithin } from "./resolve-start.ts";

const known = { earliest: 10n, end: 20n, highWatermark: 20n, since: null };

test("every start lies between the log start offset and the end", () => {
  expect(startWithin({ kind: "earliest" }, known).from).toBe(10n);
  expect(startWithin({ kind: "now" }, known).from).toBe(20n);
  expect(startWithin({ kind: "last", count: 3 }, known).from).toBe(17n);
  expect(startWithin({ kind: "last", count: 300 }, known).from).toBe(10n);
  expect(startWithin({ kind: "offset", offset: "15" }, known)).toEqual({ from: 15n, wanted: null, end: 20n });
  expect(startWithin({ kind: "offset", offset: "21" }, known)).toEqual({ from: 20n, wanted: 21n, end: 20n });
});

test("an offset that retention has deleted is remembered, for the gap", () => {
  expect(startWithin({ kind: "offset", offset: "3" }, known)).toEqual({ from: 10n, wanted: 3n, end: 20n });
});

test("an offset between the last stable one and the high watermark is waited for, not read again from before", () => {
  const open = { ...known, highWatermark: 25n };
  expect(startWithin({ kind: "offset", offset: "23" }, open)).toEqual({ from: 23n, wanted: null, end: 20n });
  expect(startWithin({ kind: "offset", offset: "26" }, open)).toEqual({ from: 25n, wanted: 26n, end: 20n });
  expect(startWithin({ kind: "now" }, open).from).toBe(20n);
});

test("a time after the last message is the end", () => {
  expect(startWithin({ kind: "at", timestampMs: 1 }, { ...known, since: -1n }).from).toBe(20n);
  expect(startWithin({ kind: "ago", ms: 1 }, { ...known, since: 12n }).from).toBe(12n);
  expect(startWithin({ kind: "ago", ms: 1 }, { ...known, since: 3n }).from).toBe(10n);
});

test("a beginning that retention moved beyond the end meanwhile counts", () => {
  expect(startWithin({ kind: "now" }, { ...known, earliest: 30n })).toMatchObject({ from: 30n, end: 30n });
});
