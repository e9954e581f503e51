import { expect, test } from "vitest";
import { MAX_FINDINGS, type VerifyFrame } from "#lib/contracts/verifications.ts";
import { ProblemError } from "#lib/problem.ts";
import {
  checkedSoFar,
  isUnderWay,
  noVerification,
  paceOf,
  type Verification,
  type VerificationEvent,
  verificationAfter,
} from "./verification.ts";

const asked: VerificationEvent = { kind: "asked", atMs: 5, brokerId: 2 };
const frames = (...all: VerifyFrame[]): VerificationEvent[] => all.map((frame) => ({ kind: "frame", frame }));
const after = (...events: VerificationEvent[]): Verification => events.reduce(verificationAfter, noVerification);

const started: VerifyFrame = { frame: "started", brokerId: 2, segments: 3, bytes: "3000" };
const progress = (baseOffset: string, batches: number, bytesDone: string, elapsedMs: number): VerifyFrame => ({
  frame: "progress",
  baseOffset,
  bytes: "0",
  batches,
  records: String(batches * 10),
  indexEntries: batches,
  bytesDone,
  elapsedMs,
});
const damage: VerifyFrame = { frame: "damage", damage: { file: "a.log", position: "7", kind: "crc", detail: "wrong" } };
const end: VerifyFrame = {
  frame: "end",
  how: "complete",
  segments: 3,
  batches: 6,
  records: "60",
  indexEntries: 6,
  bytes: "3000",
  findings: 1,
  vanished: 0,
  elapsedMs: 2_000,
};

test("waits for its turn, runs, ends", () => {
  expect(after(asked)).toMatchObject({ phase: "opening", brokerId: 2, bytes: null });
  expect(after(asked, ...frames({ frame: "waiting" })).phase).toBe("waiting");
  const running = after(asked, ...frames({ frame: "waiting" }, started));
  expect(running).toMatchObject({ phase: "running", brokerId: 2, segments: 3, bytes: 3000n });
  expect(after(asked, ...frames(started, damage, end))).toMatchObject({ phase: "ended", end, bytesDone: 3000n });
});

test("counts of segments that are read add up; a segment's own newest word stands for all of it", () => {
  const state = after(
    asked,
    ...frames(started, progress("0", 1, "500", 100), progress("0", 2, "1000", 200), progress("40", 3, "2500", 400)),
  );
  expect(checkedSoFar(state)).toEqual({ batches: 5, records: 50n, indexEntries: 5 });
  expect(state.baseOffset).toBe("40");
  expect(checkedSoFar(after(asked, ...frames(started, progress("0", 9, "1", 1), end)))).toEqual({
    batches: 6,
    records: 60n,
    indexEntries: 6,
  });
});

test("findings are kept as they come, up to their bound", () => {
  const many = Array.from({ length: MAX_FINDINGS + 5 }, () => damage);
  expect(after(asked, ...frames(started, ...many)).findings).toHaveLength(MAX_FINDINGS);
});

test("what comes after a cancel or a break is late; asked again, all begins anew", () => {
  const cancelled = after(asked, ...frames(started, damage), { kind: "cancelled" });
  expect(cancelled.phase).toBe("cancelled");
  expect(isUnderWay(cancelled)).toBe(false);
  expect(verificationAfter(cancelled, { kind: "frame", frame: end })).toBe(cancelled);
  const problem = new ProblemError("internal", "lost");
  const broken = after(asked, ...frames(started), { kind: "broken", problem });
  expect(broken).toMatchObject({ phase: "broken", problem });
  expect(verificationAfter(broken, asked)).toEqual({ ...noVerification, phase: "opening", askedAtMs: 5, brokerId: 2 });
});

test("a rate and what is left are told once they mean something, and beyond int53", () => {
  expect(paceOf(after(asked))).toEqual({ permille: null, bytesPerSecond: null, leftMs: null });
  expect(paceOf(after(asked, ...frames(started, progress("0", 1, "1500", 500))))).toEqual({
    permille: 500,
    bytesPerSecond: null,
    leftMs: null,
  });
  expect(paceOf(after(asked, ...frames(started, progress("0", 1, "1000", 2_000))))).toEqual({
    permille: 333,
    bytesPerSecond: 500n,
    leftMs: 4_000n,
  });
  const large = after(
    asked,
    ...frames({ ...started, bytes: "90071992547409930" }, progress("0", 1, "45035996273704965", 10_000)),
  );
  expect(paceOf(large)).toMatchObject({ permille: 500, leftMs: 10_000n });
  expect(paceOf(after(asked, ...frames({ ...started, bytes: "0" }))).permille).toBe(1_000);
});

test("what is written while it reads doesn't make it more than all", () => {
  expect(paceOf(after(asked, ...frames(started, progress("0", 1, "3100", 2_000))))).toMatchObject({
    permille: 1_000,
    leftMs: 0n,
  });
});
