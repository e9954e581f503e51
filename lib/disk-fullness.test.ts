import { expect, test } from "vitest";
import { DISK_WARN_PERCENT, diskUsedPercent } from "./disk-fullness.ts";

test("used is what is not usable, in whole percent rounded down", () => {
  expect(diskUsedPercent(1_000n, 250n)).toBe(75);
  expect(diskUsedPercent(1_000n, 154n)).toBe(DISK_WARN_PERCENT - 1);
  expect(diskUsedPercent(1_000n, 150n)).toBe(DISK_WARN_PERCENT);
});

test("unknown stays unknown", () => {
  expect(diskUsedPercent(null, 1n)).toBeNull();
  expect(diskUsedPercent(1n, null)).toBeNull();
  expect(diskUsedPercent(0n, 0n)).toBeNull();
});
