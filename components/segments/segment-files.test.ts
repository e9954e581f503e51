import { expect, test } from "vitest";
import { baseOffsetOfFile, logFileName } from "./segment-files.ts";

test("files are named by base offsets, and named back", () => {
  expect(logFileName("47728619")).toBe("00000000000047728619.log");
  expect(baseOffsetOfFile("00000000000047728619.log")).toBe("47728619");
  expect(baseOffsetOfFile("00000000000000000000.index")).toBe("0");
  expect(baseOffsetOfFile("leader-epoch-checkpoint")).toBe(null);
});
