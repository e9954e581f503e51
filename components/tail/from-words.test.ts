import { describe, expect, test } from "vitest";
import { fixedStart, fromWords, offeredStarts, typedStart } from "./from-words.ts";

test.each([
  ["now", "now"],
  ["-5m", "5 min ago"],
  ["last:1000", "the last 1,000"],
  ["offset:991", "offset 991"],
  ["2026-11-21T02:00:00Z", "2026-11-21 02:00:00"],
  ["nonsense", "nonsense"],
])("from %s", (from, words) => {
  expect(fromWords(from, "UTC").replaceAll("\u00a0", " ")).toBe(words);
});

test("every start that is offered is one", () => {
  for (const { value } of offeredStarts) expect(typedStart(value, false)).toEqual({ from: value });
});

describe("a start that is typed", () => {
  test("bare digits are an offset where one topic is read, else they mean nothing", () => {
    expect(typedStart(" 991 ", true)).toEqual({ from: "offset:991" });
    expect(typedStart("991", false)).toHaveProperty("error");
    expect(typedStart("offset:991", false)).toEqual({ error: "An offset means something in one topic only." });
  });

  test("what isn't understood says what would be", () => {
    expect(typedStart("yesterday", true)).toMatchObject({ error: expect.stringContaining("-5m") });
  });
});

test("a link keeps the moment that was meant", () => {
  const startedAtMs = Date.UTC(2026, 10, 21, 2, 18);
  expect(fixedStart("-5m", startedAtMs)).toBe("2026-11-21T02:13:00.000Z");
  expect(fixedStart("last:100", startedAtMs)).toBe("last:100");
  expect(fixedStart("?", startedAtMs)).toBe("?");
});
