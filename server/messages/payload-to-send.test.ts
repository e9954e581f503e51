import fc from "fast-check";
import { expect, test } from "vitest";
import { payloadToSend } from "./payload-to-send.ts";

test("JSON goes out exactly as written: blanks, order of keys, long numbers", () => {
  const json = '{ "b": 9007199254740993,\n  "a": 1.0e2, "a": "é" }';
  expect(payloadToSend(json, "json").toString()).toBe(json);
});

test.each(["{", '{"a":01}', "", "{'a':1}", "NaN"])("%j is refused as JSON", (text) => {
  expect(() => payloadToSend(text, "json")).toThrow(/^not JSON: .+/);
});

test("text is UTF-8; half of a character is refused, not replaced", () => {
  expect([...payloadToSend("é", "text")]).toEqual([0xc3, 0xa9]);
  expect(payloadToSend("", "text")).toHaveLength(0);
  expect(() => payloadToSend("\ud83d", "text")).toThrow(/surrogate/);
});

test("base64 is the inverse of encoding, with any blanks between; anything else is refused", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = Buffer.from(bytes)
        .toString("base64")
        .replaceAll(/(.{4})/g, "$1\n");
      expect(new Uint8Array(payloadToSend(text, "base64"))).toEqual(bytes);
    }),
  );
  for (const text of ["a", "ab=", "a$==", "YQ", "YQ===", "=YQ="]) {
    expect(() => payloadToSend(text, "base64")).toThrow(/base64/);
  }
});

test("numbers are big-endian and exact to their ends; beyond them refused", () => {
  expect(payloadToSend("-2147483648", "int32").toString("hex")).toBe("80000000");
  expect(payloadToSend(" 42 ", "int32").toString("hex")).toBe("0000002a");
  expect(payloadToSend("9007199254740993", "int64").toString("hex")).toBe("0020000000000001");
  expect(payloadToSend("-9223372036854775808", "int64").toString("hex")).toBe("8000000000000000");
  for (const text of ["2147483648", "1.5", "1e3", "", "0x10"]) {
    expect(() => payloadToSend(text, "int32")).toThrow(/32 bits/);
  }
  expect(() => payloadToSend("9223372036854775808", "int64")).toThrow(/9223372036854775807/);
});
