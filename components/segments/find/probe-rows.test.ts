import { expect, test } from "vitest";
import { type Probe, probeRows } from "./probe-rows.ts";

const probe = (look: Probe["look"], entry: number, compared: Probe["compared"]): Probe => ({
  look,
  entry,
  offset: String(entry * 10),
  timestampMs: null,
  position: String(entry * 4_096),
  compared,
});

test("an index within the warm end: its first entry is asked, then what is left is halved, on the side that the probe says", () => {
  const probes = [
    probe("warm-end", 0, "before"),
    probe("half", 4, "before"),
    probe("half", 6, "after"),
    probe("half", 5, "at"),
  ];
  expect(probeRows({ probes, entries: 8, found: probe("half", 5, "at") })).toEqual([
    { left: 0, width: 100, at: 6.25, compared: "before", found: false, says: "after the first entry" },
    { left: 0, width: 100, at: 56.25, compared: "before", found: false, says: "go right" },
    { left: 50, width: 50, at: 81.25, compared: "after", found: false, says: "go left" },
    { left: 50, width: 25, at: 68.75, compared: "at", found: true, says: "equal: this one" },
  ]);
});

test("in the warm end, or left of it and not before the first entry, the search is in that part alone", () => {
  const inside = [probe("warm-end", 5, "before"), probe("half", 7, "before")];
  expect(probeRows({ probes: inside, entries: 10, found: probe("half", 7, "before") })).toMatchObject([
    { left: 0, width: 100, says: "in the warm end" },
    { left: 50, width: 50, found: true, says: "go right: this one" },
  ]);
  const outside = [probe("warm-end", 5, "at"), probe("first", 0, "before"), probe("half", 3, "after")];
  expect(probeRows({ probes: outside, entries: 10, found: probe("first", 0, "before") })).toMatchObject([
    { says: "not in the warm end" },
    { left: 0, width: 60, found: true, says: "not before the first entry: this one" },
    { left: 0, width: 60, found: false, says: "go left" },
  ]);
});

test("an index without entries has no rows", () => {
  expect(probeRows({ probes: [], entries: 0, found: null })).toEqual([]);
});

test("the first entry is asked twice when nothing is before it; only the second time it is the answer", () => {
  const probes = [probe("warm-end", 0, "at"), probe("first", 0, "at")];
  expect(probeRows({ probes, entries: 1, found: probe("first", 0, "at") })).toMatchObject([
    { width: 100, found: false, says: "not after the first entry" },
    { width: 100, found: true, says: "not before the first entry: this one" },
  ]);
  const before = [probe("warm-end", 0, "after"), probe("first", 0, "after")];
  expect(probeRows({ probes: before, entries: 1, found: null })).toMatchObject([
    { found: false, says: "not after the first entry" },
    { found: false, says: "before the first entry" },
  ]);
});
