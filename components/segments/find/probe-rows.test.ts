import { expect, test } from "vitest";
import { type Probe, probeRows } from "./probe-rows.ts";

const probe = (entry: number, before: boolean): Probe => ({
  entry,
  offset: String(entry * 10),
  timestampMs: null,
  position: String(entry * 4_096),
  before,
});

test("what is left is halved by each probe, on the side that the probe says", () => {
  const probes = [probe(4, true), probe(6, false), probe(5, true)];
  expect(probeRows({ probes, entries: 8, found: probe(5, true) })).toEqual([
    { left: 0, width: 100, at: 56.25, before: true, found: false },
    { left: 62.5, width: 37.5, at: 81.25, before: false, found: false },
    { left: 62.5, width: 12.5, at: 68.75, before: true, found: true },
  ]);
});

test("an index without entries has no rows", () => {
  expect(probeRows({ probes: [], entries: 0, found: null })).toEqual([]);
});

test("one entry is all there is", () => {
  expect(probeRows({ probes: [probe(0, false)], entries: 1, found: null })).toEqual([
    { left: 0, width: 100, at: 50, before: false, found: false },
  ]);
});
