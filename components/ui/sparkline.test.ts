import { expect, test } from "vitest";
import { sparklinePaths } from "./sparkline.ts";

test("a line goes from the ground at 0 to the top at its highest", () => {
  expect(sparklinePaths([0, 5, 10], 106, 20)).toEqual({
    paths: ["M3 17L53 10L103 3"],
    last: { x: 103, y: 3 },
  });
});

test("a step without a reading is a gap, and no newest point is made up", () => {
  const { paths, last } = sparklinePaths([1, 1, null, 1, null], 104, 20);
  expect(paths).toHaveLength(2);
  expect(last).toBeNull();
});

test("nothing written is a flat line on the ground", () => {
  expect(sparklinePaths([0, 0], 104, 20).paths).toEqual(["M3 17L101 17"]);
});

test("no readings make no line", () => {
  expect(sparklinePaths([], 104, 20)).toEqual({ paths: [], last: null });
});
