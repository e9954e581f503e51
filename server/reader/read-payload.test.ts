import fc from "fast-check";
import { expect, test } from "vitest";
import type { PayloadFormat } from "#lib/contracts/message-row.ts";
import { readPayload } from "./read-payload.ts";

const read = (bytes: string | number[], format: PayloadFormat = "auto", max = 512) =>
  readPayload(Buffer.from(bytes as string), format, max);

test("guesses JSON, text, numbers of a likely size, and hex for the rest", () => {
  expect(read('{"a":1e2, "b":12345678901234567890}')).toMatchObject({
    as: "json",
    text: '{"a":1e2, "b":12345678901234567890}',
  });
  expect(read(" [1]\n").as).toBe("json");
  expect(read("größer").as).toBe("text");
  expect(read("")).toMatchObject({ as: "text", text: "", guessed: true });
  expect(read([0, 0, 1, 2])).toMatchObject({ as: "int32", text: "258" });
  expect(read([0xff, 0xff, 0xff, 0xfe])).toMatchObject({ as: "int32", text: "-2" });
  expect(read([0, 0, 1, 0x99, 0xaa, 0xbb, 0xcc, 0xdd])).toMatchObject({ as: "int64" });
  expect(read([0x9f, 0x12, 0x01, 0x02])).toMatchObject({ as: "hex", text: "9f120102" });
  expect(read([0x40, 0x09, 0x21, 0xfb, 0x54, 0x44, 0x2d, 0x18]).as).toBe("hex");
});

test("says why something is no text, and what it may be instead", () => {
  expect(read([0x61, 0x00, 0x62]).why).toContain("byte 1 is a control character (0x00)");
  expect(read([0x61, 0xff, 0x62]).why).toContain("not UTF-8");
  expect(read([0, 0, 0, 0, 42, 2, 4]).why).toContain("schema 42");
  expect(read("{not json}")).toMatchObject({ as: "text" });
  expect(read("{not json}").why).toMatch(/looks like JSON/);
});

test("a format that doesn't fit is undecodable, in hex, with a sentence", () => {
  expect(read("abc", "int32")).toEqual({
    as: "undecodable",
    text: "616263",
    guessed: false,
    why: "int32 has 4 bytes, and here are 3",
    cut: false,
  });
  expect(read([0xff], "text")).toMatchObject({ as: "undecodable", text: "ff" });
  expect(read("{,}", "json")).toMatchObject({ as: "undecodable" });
  expect(read("", "json").why).toContain("empty");
});

test("reads numbers as Kafka's serializers write them, without rounding", () => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(9_007_199_254_740_993n);
  expect(readPayload(bytes, "int64", 8).text).toBe("9007199254740993");
  bytes.writeFloatBE(0.1);
  expect(readPayload(bytes.subarray(0, 4), "float32", 8).text).toBe("0.1");
  bytes.writeDoubleBE(-0);
  expect(readPayload(bytes, "float64", 8).text).toBe("-0");
  expect(read([0xff, 0xfe], "int16").text).toBe("-2");
});

test("cuts text between characters, and says so", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1 }), fc.nat(40), (text, max) => {
      const bytes = Buffer.from(text);
      const { text: shown, cut } = readPayload(bytes, "text", max);
      expect(text.startsWith(shown)).toBe(true);
      expect(cut).toBe(bytes.length > max);
      expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(max);
      expect(Buffer.byteLength(shown)).toBeGreaterThan(Math.min(bytes.length, max) - 4);
    }),
  );
});
