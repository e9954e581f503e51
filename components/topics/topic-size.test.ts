import { expect, test } from "vitest";
import { sizeOfAll, sizeOfTopic } from "./topic-size.ts";

const sizes = { sizes: { whole: "20" }, atLeast: { partly: "7" } };

test("a size without the replicas on brokers that did not answer is a lower bound, and so is the sum with it", () => {
  expect(sizeOfTopic(sizes, "whole")).toEqual({ bytes: 20n, isLowerBound: false });
  expect(sizeOfTopic(sizes, "partly")).toEqual({ bytes: 7n, isLowerBound: true });
  expect(sizeOfAll(sizes)).toEqual({ bytes: 27n, isLowerBound: true });
  expect(sizeOfAll({ ...sizes, atLeast: {} })).toEqual({ bytes: 20n, isLowerBound: false });
});

test("a topic that nobody tells the size of is unknown", () => {
  expect(sizeOfTopic(sizes, "other")).toBeNull();
});
