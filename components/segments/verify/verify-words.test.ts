import { expect, test } from "vitest";
import type { VerifyFrame } from "#lib/contracts/verifications.ts";
import { aRun, damage, end, flipped, gone, over } from "./verification.fixture.ts";
import { noVerification, type Verification, type VerificationEvent, verificationAfter } from "./verification.ts";
import { verifyReport } from "./verify-report.ts";
import { paceText, verdictOf, verifyButtonText } from "./verify-words.ts";

function after(...frames: (VerifyFrame | "cancelled")[]): Verification {
  const events: VerificationEvent[] = frames.map((frame) =>
    frame === "cancelled" ? { kind: "cancelled" } : { kind: "frame", frame },
  );
  const first: VerificationEvent[] = [
    { kind: "asked", atMs: 1_795_141_200_000, brokerId: 2 },
    { kind: "frame", frame: { frame: "started", brokerId: 2, segments: 2, bytes: "3072" } },
  ];
  return [...first, ...events].reduce(verificationAfter, noVerification);
}

test("the button names how much there is, and how long it takes at least", () => {
  const on = (...ids: number[]) => ids.map((brokerId) => ({ brokerId, segments: 29, bytes: 29_634_555_904n }));
  expect(verifyButtonText({ replicas: on(1, 2, 3), leftOut: [] })).toBe(
    "Verify 87\u00a0segments on 3\u00a0brokers, 82.8\u00a0GiB",
  );
  expect(verifyButtonText({ replicas: on(1), leftOut: [2, 3] })).toBe(
    "Verify 29\u00a0segments on broker 1, 27.6\u00a0GiB",
  );
  expect(paceText(29_634_555_904n)).toBe("at most 128\u00a0MiB a second, so at least 3\u00a0min\u00a040\u00a0s");
  expect(paceText(5n)).toBe("at most 128\u00a0MiB a second");
});

test("nothing is said before there is a result", () => {
  expect(verdictOf(noVerification)).toBe(null);
  expect(verdictOf(after())).toBe(null);
});

test("a sound replica, one with damage, and one whose files went away are told apart", () => {
  expect(verdictOf(after(end()))).toMatchObject({ tone: "sound", title: "Nothing wrong was found" });
  expect(verdictOf(after(damage(flipped), end({ findings: 1 })))).toMatchObject({
    tone: "damage",
    title: "1\u00a0finding",
  });
  const away = verdictOf(after(damage(gone), end({ findings: 1, vanished: 1 })));
  expect(away).toMatchObject({ tone: "sound" });
  expect(away?.sentence).toContain("1\u00a0segment went away while it was read");
});

test("what did not come to its end says how far it came, and never that all is well", () => {
  expect(verdictOf(after("cancelled"))).toMatchObject({
    tone: "unfinished",
    title: "Cancelled",
    sentence: "0\u00a0B of 3.00\u00a0KiB were read. What comes after was not checked.",
  });
  expect(verdictOf(after(damage(flipped), "cancelled"))).toMatchObject({
    tone: "damage",
    title: "Cancelled, 1\u00a0finding so far",
  });
  expect(verdictOf(after(end({ how: "stopped" })))).toMatchObject({ tone: "unfinished" });
  expect(verdictOf(after(end({ how: "stopped", findings: 1_000 })))?.sentence).toContain("broken as a whole");
});

test("the report is plain text, replica by replica, with every finding in a line", () => {
  const run = over(
    aRun([2, 1], [3], [damage(flipped), damage(gone), end({ findings: 2, vanished: 1, segments: 1 })], [end()]),
  );
  const report = verifyReport(run, {
    cluster: "prod-eu-1",
    place: { topic: "orders", partition: 3 },
    logDirOf: (broker) => (broker === 2 ? "/var/kafka/d1" : null),
  });
  expect(report.split("\n")).toEqual([
    "Verification of orders-3, cluster prod-eu-1",
    "asked for at 2026-11-20T02:20:00.000Z",
    expect.stringMatching(/^1 finding on broker 2; nothing wrong on broker 1; broker 3 not looked at\. /),
    "",
    expect.stringMatching(/^Broker 2: 1 finding\. 1 segment went away while it was read/),
    "/var/kafka/d1/orders-3",
    "1 of 2 segments · 3.00 KiB · 900 batches · 18,000 records · 1,426 index entries, took 2 s",
    "1 finding, 1 file that went away; file:byte kind detail",
    "00000000000000000000.log:606657 crc It is wrong.",
    "00000000000000000100.log vanished It went away.",
    "",
    expect.stringMatching(/^Broker 1: nothing wrong\. /),
    "2 of 2 segments · 3.00 KiB · 900 batches · 18,000 records · 1,426 index entries, took 2 s",
    "",
  ]);
});
