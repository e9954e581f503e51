import { expect, test } from "vitest";
import type { RecordedChange } from "#lib/contracts/changes.ts";
import { sentenceText } from "#lib/sentence.ts";
import { changeSentence, shortChangeSentence } from "./change-words.ts";

const nothing = { topic: null, group: null, partition: null, broker: null };
const text = (rest: Partial<RecordedChange>, sentence = changeSentence) =>
  sentenceText(
    sentence({
      action: "reset-offsets",
      actionText: "reset-offsets",
      target: nothing,
      state: "done",
      partitionCount: 0,
      targetText: "",
      undoes: null,
      ...rest,
    }),
  ).replaceAll("\u00a0", " ");

const reset = { target: { ...nothing, group: "orders-billing" }, partitionCount: 6 };

test("a reset says how many partitions went where, or back", () => {
  expect(text({ ...reset, targetText: "to earliest" })).toBe("Moved 6 partitions of orders-billing “to earliest”");
  expect(text({ ...reset, partitionCount: 1, undoes: "000000000-000000000000" })).toBe(
    "Moved 1 partition of orders-billing to take an earlier change back",
  );
});

test("on a phone a reset starts with what tells it from others", () => {
  const short = (rest: Partial<RecordedChange>) => text({ ...reset, ...rest }, shortChangeSentence);
  expect(short({ targetText: "to the latest; skips 3" })).toBe("orders-billing: “to the latest; skips 3”");
  expect(short({})).toBe("orders-billing: 6 partitions");
  expect(short({ undoes: "000000000-000000000000" })).toBe("orders-billing: an undo");
  expect(short({ action: "delete-group" })).toBe("Deleted group orders-billing");
});

test("what failed, or has no outcome, is not told as done", () => {
  expect(text({ ...reset, state: "failed" })).toBe("Failed to move 6 partitions of orders-billing");
  expect(text({ ...reset, state: "partial" })).toBe("Partly moved 6 partitions of orders-billing");
  expect(text({ action: "create-topic", target: { ...nothing, topic: "orders" }, state: "intent" })).toBe(
    "Set out to create topic orders",
  );
});

test("each action has its sentence", () => {
  expect(text({ action: "send-message", target: { ...nothing, topic: "orders", partition: 3 } })).toBe(
    "Sent a message to orders-3",
  );
  expect(text({ action: "send-message", target: { ...nothing, topic: "orders" } })).toBe("Sent a message to orders");
  expect(text({ action: "stop-broker", target: { ...nothing, broker: 2 } })).toBe("Stopped broker 2");
  expect(text({ action: "start-broker" })).toBe("Started a broker");
  expect(text({ action: "delete-group", target: { ...nothing, group: "g" } })).toBe("Deleted group g");
  expect(text({ action: "delete-group-offsets", target: { ...nothing, group: "g", topic: "t" } })).toBe(
    "Deleted the offsets of g in t",
  );
  expect(text({ action: "create-change-log" })).toBe("Created the change log");
});

test("an action of a later version is told by its own name", () => {
  expect(text({ action: null, actionText: "grow-topic", target: { ...nothing, topic: "t", group: "g" } })).toBe(
    "grow-topic t · g",
  );
  expect(text({ action: null, actionText: "" })).toBe("Unnamed action ");
});
