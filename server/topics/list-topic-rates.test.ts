import { expect, test } from "vitest";
import { busiest } from "./list-topic-rates.ts";

test("the busiest are those with the highest newest reading; what is still now is not among them", () => {
  const series = [
    ["was busy", [900, 0]],
    ["second", [0, 5]],
    ["first", [7, null]],
    ["third", [null, 1]],
  ] as const;
  expect(busiest(series, 2).map(([topic]) => topic)).toEqual(["first", "second"]);
  expect(busiest(series, 10)).toHaveLength(3);
});
