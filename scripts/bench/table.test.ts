import { expect, test } from "vitest";
import { table } from "./table.ts";

test("says the ratio to the reference and whether the aim is met", () => {
  const text = table([
    { what: "topics", measured: 30, unit: "ms", reference: 60, aim: 60 },
    { what: "memory", measured: 200, unit: "MB", reference: null, aim: 160 },
  ]);
  expect(text).toMatch(/topics\s+30 ms\s+60 ms\s+0\.50×\s+≤ 60 ms\s+met/);
  expect(text).toMatch(/memory\s+200 MB\s+—\s+—\s+≤ 160 MB\s+missed/);
});

test("a count has no unit and no fraction; what could not be measured is a dash and misses its aim", () => {
  const text = table([
    { what: "missing", measured: 0, unit: "", reference: 0, aim: 0 },
    { what: "p99", measured: Number.NaN, unit: "ms", reference: null, aim: 20 },
  ]);
  expect(text).toMatch(/missing\s+0\s+0\s+—\s+≤ 0\s+met/);
  expect(text).toMatch(/p99\s+—\s+—\s+—\s+≤ 20 ms\s+missed/);
});
