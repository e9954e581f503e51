import { expect, test } from "vitest";
import { findJava, majorVersion } from "./java.ts";

test.each([
  ['openjdk version "17.0.15" 2025-04-15', 17],
  ['openjdk version "25" 2025-09-16', 25],
  ['java version "1.8.0_402"', 8],
  ["The operation couldn’t be completed. Unable to locate a Java Runtime.", null],
])("reads the version of %s", (output, major) => {
  expect(majorVersion(output)).toBe(major);
});

test("without Java says how to get one, or what to set instead", async () => {
  await expect(findJava({ PATH: "" })).rejects.toThrow(/needs Java 17 .* Install .* or set KAFKA_BROKERS=/s);
});
