import { expect, test } from "vitest";
import { ProblemError } from "#lib/problem.ts";
import { unreadNames } from "./palette-unread.ts";

const read = { data: {}, error: null };
const pending = { data: undefined, error: null };
const failed = { data: undefined, error: new ProblemError("cluster-unreachable", "No broker answers.") };

test("that nothing is called so is known once topics and brokers are both read", () => {
  expect(unreadNames({ topics: read, brokers: read })).toBeNull();
  expect(unreadNames({ topics: pending, brokers: read })).toEqual({ kind: "reading" });
  expect(unreadNames({ topics: read, brokers: pending })).toEqual({ kind: "reading" });
});

test("a read that failed is told, once where both failed alike", () => {
  expect(unreadNames({ topics: failed, brokers: read })).toEqual({
    kind: "failed",
    reason: "The topics could not be read. No broker answers.",
  });
  expect(unreadNames({ topics: failed, brokers: failed })).toMatchObject({
    reason: "The topics and brokers could not be read. No broker answers.",
  });
});

test("what was read before a failure is known", () => {
  expect(unreadNames({ topics: { ...failed, data: {} }, brokers: read })).toBeNull();
});
