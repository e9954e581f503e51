import { expect, test } from "vitest";
import type { SegmentDamage, SegmentList } from "#lib/contracts/segments.ts";
import { segmentStates } from "../segment-state.ts";
import { aReplica, aSegment } from "../table/segment.fixture.ts";
import { aRun, damage, end, flipped, gone, over } from "./verification.fixture.ts";
import { foundBy, withFindings } from "./with-findings.ts";

const elsewhere: SegmentDamage = { ...flipped, file: "00000000000000000777.index" };
const list = (listed: SegmentDamage[] = []): SegmentList => ({
  topic: "orders",
  partition: 3,
  topicId: null,
  replicas: [1, 2].map((brokerId) =>
    aReplica({ brokerId, segments: [aSegment({ damage: listed }), aSegment({ baseOffset: "100" })] }),
  ),
  logStartOffset: null,
  highWatermark: null,
  retention: null,
  committed: [],
  missing: [],
  observedAtMs: 0,
});

test("what was found on a replica marks its segment there, and nothing on the others", () => {
  const run = over(aRun([1, 2], [], [end()], [damage(flipped), damage(elsewhere), damage(gone), end({ findings: 3 })]));
  const [sound, damaged] = withFindings(list(), foundBy(run)).replicas;
  expect(sound).toEqual(list().replicas[0]);
  expect(damaged?.segments.map((segment) => segment.damage)).toEqual([[flipped], []]);
  expect(damaged?.damage).toEqual([elsewhere]);
  const [state] = damaged?.segments.map((segment) => segmentStates(segment, null, { zone: "UTC", nowMs: 0 })) ?? [];
  expect(state?.[0]).toMatchObject({ word: "damaged", sentence: "It is wrong.", glyph: "octagon" });
});

test("while it runs, too; what the listing knew already is told once; without a finding the list is the same", () => {
  const known = list([{ ...flipped, detail: "Known already." }]);
  expect(withFindings(known, foundBy(aRun([1], [], [damage(flipped)]))).replicas[0]?.segments[0]?.damage).toEqual([
    flipped,
  ]);
  expect(withFindings(known, foundBy(over(aRun([1], [], [end()]))))).toBe(known);
});

test("found twice, by a verification and in a page of batches, it is told once", () => {
  const twice = [1, 1].map((brokerId) => ({ brokerId, damage: [flipped] }));
  expect(withFindings(list(), twice).replicas[0]?.segments[0]?.damage).toEqual([flipped]);
});
