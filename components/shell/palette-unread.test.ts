import { expect, test } from "vitest";
import { ProblemError } from "#lib/problem.ts";
import { unreadNames } from "./palette-unread.ts";

const read = { data: {}, error: null };
const pending = { data: undefined, error: null };
const failed = { data: undefined, error: new ProblemError("cluster-unreachable", "No broker answers.") };

test("that nothing is called so is known once topics, groups and brokers are all read", () => {
  const all = { topics: read, groups: read, brokers: read };
  expect(unreadNames(all)).toBeNull();
  expect(unreadNames({ ...all, topics: pending })).toEqual({ kind: "reading" });
  expect(unreadNames({ ...all, groups: pending })).toEqual({ kind: "reading" });
  expect(unreadNames({ ...all, brokers: pending })).toEqual({ kind: "reading" });
});

test("a read that failed is told, once where all failed alike", () => {
  expect(unreadNames({ topics: failed, groups: read, brokers: read })).toEqual({
    kind: "failed",
    reason: "The topics could not be read. No broker answers.",
  });
  expect(unreadNames({ topics: failed, groups: read, brokers: failed })).toMatchObject({
    reason: "The topics and brokers could not be read. No broker answers.",
  });
  expect(unreadNames({ topics: failed, groups: failed, brokers: failed })).toMatchObject({
    reason: "The topics, groups and brokers could not be read. No broker answers.",
  });
});

test("what was read before a failure is known", () => {
  expect(unreadNames({ topics: { ...failed, data: {} }, groups: read, brokers: read })).toBeNull();
});
