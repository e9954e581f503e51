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
