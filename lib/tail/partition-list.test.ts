import fc from "fast-check";
import { expect, test } from "vitest";
import { formatPartitionList, parsePartitionList } from "./partition-list.ts";

test("numbers and ranges, in order, each once", () => {
  expect(parsePartitionList("7, 0,3-5,4")).toEqual([0, 3, 4, 5, 7]);
});

test("three in a row and more are written as a range", () => {
  expect(formatPartitionList([0, 3, 4, 5, 7, 8])).toBe("0,3-5,7,8");
});

test("what is written reads back", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat({ max: 5_000 }), { minLength: 1, maxLength: 60 }), (partitions) => {
      const sorted = partitions.toSorted((a, b) => a - b);
      expect(parsePartitionList(formatPartitionList(sorted))).toEqual(sorted);
    }),
  );
});

test.each([
  ["", "numbers and ranges"],
  ["a", "numbers and ranges"],
  ["1,", "numbers and ranges"],
  ["-1", "numbers and ranges"],
  ["5-3", "runs backwards"],
  ["0-999999999", "at most 10,000"],
  ["0-6000,7000-13000", "at most 10,000"],
])("%j says what is wrong", (text, why) => {
  expect(() => parsePartitionList(text)).toThrow(why);
});
