import { expect, test } from "vitest";
import { refusedMessage } from "./refused-message.ts";

const refused = (errorCode: number, errorMessage: string | null = null) =>
  refusedMessage("orders", 3, { errorCode, errorMessage });

test.each([
  [10, "message-refused", /larger than orders allows.*max\.message\.bytes/],
  [19, "message-refused", /nothing was stored/],
  [20, "message-refused", /stored the message.*may be lost yet/],
  [7, "deadline-exceeded", /before sending it again/],
  [29, "kafka-forbidden", /Write on Topic orders/],
  [3, "topic-not-found", /orders-3/],
  [6, "broker-unreachable", /leader or a coordinator may be moving/],
  [-1, "kafka-refused", /orders-3/],
  [9_999, "kafka-refused", /orders-3/],
] as const)("error %i of a leader is %s, and says what to do", (errorCode, code, words) => {
  expect(refused(errorCode)).toMatchObject({ code, message: expect.stringMatching(words) });
});

test("the broker's own words are passed on", () => {
  expect(refused(87, "Compacted topic cannot accept message without key.").message).toContain("without key");
  expect(refused(44, "no messages on Fridays").message).toContain("no messages on Fridays");
  expect(refused(10, "2 MB at most").message).toContain("2 MB at most");
});
