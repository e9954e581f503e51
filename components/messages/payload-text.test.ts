import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Payload } from "#lib/contracts/messages.ts";
import { bytesOf, hexLines } from "./hex-lines.ts";
import { markTerms } from "./mark-terms.ts";
import { payloadTree } from "./payload-tree.ts";
import { textBlocks } from "./text-blocks.ts";
import { timestampText } from "./timestamp-text.ts";

test("bytes in lines, each with its place, its digits and its ASCII", () => {
  const lines = hexLines(new TextEncoder().encode("Kafka\u0000 \u00e9!"), 8);
  expect(lines).toEqual([
    { at: "00000000", hex: "4b 61 66 6b  61 00 20 c3", ascii: "Kafka. ." },
    { at: "00000008", hex: "a9 21  ".padEnd(24), ascii: ".!" },
  ]);
  expect(hexLines(new Uint8Array(), 16)).toEqual([]);
});

test("bytes as the wire carries them", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect([...bytesOf(Buffer.from(bytes).toString("base64"))]).toEqual([...bytes]);
    }),
  );
});

describe("marks", () => {
  test("terms are found whatever their case, the earlier of the text first", () => {
    expect(markTerms("EUR and eur, declined", ["declined", "eur"])).toEqual([
      { text: "EUR", term: 1 },
      { text: " and ", term: null },
      { text: "eur", term: 1 },
      { text: ", ", term: null },
      { text: "declined", term: 0 },
    ]);
  });

  test("nothing of the text is lost, however it is marked", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.array(fc.string({ maxLength: 2 })), (text, terms) => {
        const pieces = markTerms(text, terms);
        expect(pieces.map((piece) => piece.text).join("")).toBe(text);
      }),
    );
  });
});

test("blocks of a long text hold all of it and cut no character in two", () => {
  const line = `${"0123456789,".repeat(30)}\n`;
  for (const text of ["", "x", line.repeat(100), "👍".repeat(20_000), "{}".repeat(30_000), "a b ".repeat(9_000)]) {
    const blocks = textBlocks(text);
    const joined = text.includes("\n") ? blocks.join("\n").replace(/\n+$/, "\n") : blocks.join("");
    expect(joined).toBe(text);
    expect(blocks.every((block) => block.length <= 6_144 && block.isWellFormed())).toBe(true);
  }
});

test("a time to the millisecond; what no date can be stays a number", () => {
  expect(timestampText(1_795_238_885_007, "UTC")).toEqual({
    text: "2026-11-21 05:28:05.007 UTC",
    ms: 1_795_238_885_007,
  });
  expect(timestampText(-1, "UTC")).toEqual({ text: "none", ms: null });
  expect(timestampText(-1_500, "UTC").text).toBe("1969-12-31 23:59:58.500 UTC");
  expect(timestampText("1795238885007000000", "UTC")).toMatchObject({ ms: null });
  expect(timestampText(9_000_000_000_000_000, "UTC")).toMatchObject({ ms: null });
});

describe("a tree", () => {
  const payload = (text: string, over: Partial<Payload> = {}): Payload => ({
    bytes: text.length,
    as: "json",
    guessed: true,
    why: null,
    text,
    cut: false,
    head: "",
    ...over,
  });

  test("is made of JSON up to a mebibyte", () => {
    expect(payloadTree(payload("[1]")).outline?.count).toBe(2);
    const large = payloadTree(payload(`"${"x".repeat(1_048_576)}"`));
    expect(large).toMatchObject({ outline: null, why: expect.stringMatching(/at most 1\.00\sMiB/) });
  });

  test("says why there is none", () => {
    expect(payloadTree(payload("[1", { cut: true, bytes: 10_485_760 })).why).toMatch(/this is 10\.0\sMiB/);
    expect(payloadTree(payload("[1,]")).why).toMatch(/line 1, column 4/);
    expect(payloadTree(payload("hello", { as: "text" })).why).toMatch(/isn't JSON/);
    expect(payloadTree(null)).toEqual({ outline: null, why: null });
  });
});
