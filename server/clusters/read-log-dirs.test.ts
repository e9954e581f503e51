import { expect, test } from "vitest";
import { diskOf } from "./read-log-dirs.ts";

function logDir(path: string, size: bigint, total: bigint | null, usable: bigint | null) {
  const replicas = [{ partition: 0, sizeBytes: size, offsetLag: 0n, isFuture: false }];
  return { path, errorCode: 0, topics: [{ name: path, replicas }], totalBytes: total, usableBytes: usable };
}

test("sizes and volumes add up, exact beyond 2^53", () => {
  const far = 2n ** 60n;
  expect(diskOf([logDir("/a", far, far, 1n), logDir("/b", 1n, far, 2n)])).toMatchObject({
    sizeBytes: far + 1n,
    totalBytes: far * 2n,
    usableBytes: 3n,
  });
});

test("log dirs that lie on one volume count it once", () => {
  expect(diskOf([logDir("/a", 1n, 100n, 50n), logDir("/b", 1n, 100n, 50n)])).toMatchObject({
    sizeBytes: 2n,
    totalBytes: 100n,
    usableBytes: 50n,
  });
});

test("a log dir that doesn't tell its volume makes the sum unknown, not smaller", () => {
  expect(diskOf([logDir("/a", 1n, 100n, 50n), logDir("/b", 1n, null, null)])).toMatchObject({
    totalBytes: null,
    usableBytes: null,
  });
  expect(diskOf([])).toMatchObject({ sizeBytes: 0n, totalBytes: 0n });
});
