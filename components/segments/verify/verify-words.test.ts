import { expect, test } from "vitest";
import type { SegmentDamage } from "#lib/contracts/segments.ts";
import type { VerifyFrame } from "#lib/contracts/verifications.ts";
import { noVerification, type Verification, type VerificationEvent, verificationAfter } from "./verification.ts";
import { verifyReport } from "./verify-report.ts";
import { countsText, paceText, tabWord, verdictOf, verifyButtonText } from "./verify-words.ts";

const flipped: SegmentDamage = {
  file: "00000000000000000000.log",
  position: "606657",
  kind: "crc",
  detail: "It is wrong.",
};
const gone: SegmentDamage = {
  file: "00000000000000000100.log",
  position: null,
  kind: "vanished",
  detail: "It went away.",
};

const end = (rest: Partial<Extract<VerifyFrame, { frame: "end" }>> = {}): VerifyFrame => ({
  frame: "end",
  how: "complete",
  segments: 2,
  batches: 900,
  records: "18000",
  indexEntries: 1_426,
  bytes: "3072",
  findings: 0,
  vanished: 0,
  elapsedMs: 2_500,
  ...rest,
});

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
const damage = (one: SegmentDamage): VerifyFrame => ({ frame: "damage", damage: one });

test("the button names how much there is, and how long it takes at least", () => {
  expect(verifyButtonText(29, 29_634_555_904n)).toBe("Verify 29\u00a0segments, 27.6\u00a0GiB");
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

test("the tab tells how it stands", () => {
  expect(tabWord(noVerification)).toBe(undefined);
  expect(tabWord(after())).toBe("0%");
  expect(tabWord(after(end()))).toBe("nothing wrong");
  expect(tabWord(after(damage(flipped), end({ findings: 1 })))).toBe("1\u00a0finding");
  expect(tabWord(after("cancelled"))).toBe("cancelled");
});

test("the report is plain text with every finding in a line", () => {
  const state = after(damage(flipped), damage(gone), end({ findings: 2, vanished: 1, segments: 1 }));
  expect(countsText(state).replaceAll("\u00a0", " ")).toBe(
    "1 of 2 segments · 3.00 KiB · 900 batches · 18,000 records · 1,426 index entries",
  );
  const report = verifyReport(state, {
    cluster: "prod-eu-1",
    place: { topic: "orders", partition: 3 },
    logDir: "/var/kafka/d1",
  });
  expect(report.split("\n")).toEqual([
    "Verification of orders-3 on broker 2, cluster prod-eu-1",
    "asked for at 2026-11-20T02:20:00.000Z, took 2 s",
    "/var/kafka/d1/orders-3",
    expect.stringMatching(/^1 finding\. 1 segment went away while it was read/),
    "1 of 2 segments · 3.00 KiB · 900 batches · 18,000 records · 1,426 index entries",
    "",
    "1 finding, 1 file that went away; file:byte kind detail",
    "00000000000000000000.log:606657 crc It is wrong.",
    "00000000000000000100.log vanished It went away.",
    "",
  ]);
});
