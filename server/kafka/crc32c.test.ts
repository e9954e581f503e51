import { crc32c as reference } from "@platformatic/kafka";
import fc from "fast-check";
import { expect, test } from "vitest";
import { crc32c } from "./crc32c.ts";

test("agrees with another implementation, from any place to any place", () => {
  expect(crc32c(Buffer.from("123456789"))).toBe(0xe3069283);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(50), fc.nat(50), (bytes, start, cut) => {
      const end = Math.max(start, bytes.length - cut);
      expect(crc32c(bytes, start, Math.min(end, bytes.length))).toBe(
        reference(Buffer.from(bytes.subarray(start, end))),
      );
    }),
  );
});
