import { expect, test } from "vitest";
import { diskOf } from "./read-log-dirs.ts";

function logDir(path: string, size: bigint, total: bigint | null, usable: bigint | null) {
  const replicas = [{ partition: 0, sizeBytes: size, offsetLag: 0n, isFuture: false }];
  return { path, errorCode: 0, topics: [{ name: path, replicas }], totalBytes: total, usableBytes: usable };
}

test("sizes and volumes add up, exact beyond 2^53", () => {
  const far = 2n ** 60n;
  expect(diskOf([logDir("/a", far, far, 1n), logDir("/b", 1n, far, far)])).toMatchObject({
    sizeBytes: far + 1n,
    totalBytes: far * 2n,
    usableBytes: far + 1n,
  });
});

const GIB = 2n ** 30n;

test("log dirs that lie on one volume count it once, also when something was written between the two readings", () => {
  for (const written of [0n, 4_096n]) {
    const dirs = [
      logDir("/a", 10n * GIB, 100n * GIB, 50n * GIB),
      logDir("/b", 5n * GIB, 100n * GIB, 50n * GIB - written),
    ];
    expect(diskOf(dirs)).toMatchObject({
      sizeBytes: 15n * GIB,
      totalBytes: 100n * GIB,
      usableBytes: 50n * GIB - written,
    });
  }
});

test("volumes of one size are told apart by what is left on them, or by holding more than one could", () => {
  const left = [logDir("/a", 40n * GIB, 100n * GIB, 50n * GIB), logDir("/b", 39n * GIB, 100n * GIB, 51n * GIB)];
  expect(diskOf(left)).toMatchObject({ totalBytes: 200n * GIB, usableBytes: 101n * GIB });
  const held = [logDir("/a", 40n * GIB, 100n * GIB, 50n * GIB), logDir("/b", 40n * GIB, 100n * GIB, 50n * GIB)];
  expect(diskOf(held)).toMatchObject({ totalBytes: 200n * GIB, usableBytes: 100n * GIB });
});

test("log dirs that may lie on one volume or on two alike make no sum", () => {
  const twins = [logDir("/a", 0n, 100n * GIB, 99n * GIB), logDir("/b", 0n, 100n * GIB, 99n * GIB)];
  expect(diskOf(twins)).toMatchObject({ totalBytes: null, usableBytes: null, logDirs: { length: 2 } });
});

test("a log dir that doesn't tell its volume makes the sum unknown, not smaller", () => {
  expect(diskOf([logDir("/a", 1n, 100n, 50n), logDir("/b", 1n, null, null)])).toMatchObject({
    totalBytes: null,
    usableBytes: null,
  });
  expect(diskOf([])).toMatchObject({ sizeBytes: 0n, totalBytes: 0n });
});
