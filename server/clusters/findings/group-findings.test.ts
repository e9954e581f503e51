import { expect, test } from "vitest";
import type { GroupVerdict, VerdictKind } from "#lib/contracts/groups.ts";
import { sentenceText } from "#lib/sentence.ts";
import { groupFindings, warnedBesides } from "./group-findings.ts";

function verdictOf(kind: VerdictKind): GroupVerdict {
  const severity = kind === "stuck" || kind === "past-retention" ? "critical" : "warning";
  return {
    kind,
    severity,
    evidence: [`evidence of ${kind}`],
    advice: [],
    partitions: [],
    memberId: null,
    sinceMs: null,
  };
}

function told(groups: Record<string, VerdictKind[]>): string[] {
  const groupVerdicts = new Map(Object.entries(groups).map(([group, kinds]) => [group, kinds.map(verdictOf)]));
  return groupFindings({ groupVerdicts }).map(({ title, detail }) => `${sentenceText(title)} ${sentenceText(detail)}`);
}

test("tells stuck groups first, then those past retention, then abandoned ones; of one group its worst", () => {
  expect(told({ b: ["abandoned"], a: ["past-retention", "stuck"], c: ["past-retention"] })).toEqual([
    "a is stuck. evidence of stuck",
    "c has lost messages to retention. evidence of past-retention",
    "b is abandoned. evidence of abandoned",
  ]);
});

test("what is odd but harmless is no problem of the cluster", () => {
  expect(told({ a: ["idle-members", "manual-assignment", "hot-partition", "too-slow"] })).toEqual([]);
});

test("groups that are no problem of the cluster, but have warnings, are counted", () => {
  const groupVerdicts = new Map([
    ["a", [verdictOf("too-slow")]],
    ["b", [verdictOf("stuck"), verdictOf("too-slow")]],
    ["c", [{ ...verdictOf("idle-members"), severity: "info" as const }]],
    ["d", [{ ...verdictOf("past-retention"), severity: "warning" as const }]],
  ]);
  expect(warnedBesides({ groupVerdicts })).toBe(2);
});

test("what a group without members lost to retention is no problem of the cluster", () => {
  const verdict = { ...verdictOf("past-retention"), severity: "warning" as const };
  expect(groupFindings({ groupVerdicts: new Map([["a", [verdict]]]) })).toEqual([]);
});

test("of many groups four are told, the others counted and some of them named", () => {
  const groups = Object.fromEntries(
    Array.from({ length: 12 }, (_, i) => [`g${String(i).padStart(2, "0")}`, ["stuck" as const]]),
  );
  const findings = told(groups);
  expect(findings).toHaveLength(5);
  expect(findings[4]).toBe("8 more groups are stuck, abandoned or past retention. g04, g05, g06, g07 and 4 more.");
});

test("a group has been so since the observer saw it, not since the overview was first opened", () => {
  const verdict = (sinceMs: number | null) => ({ ...verdictOf("stuck"), sinceMs });
  const [alone] = groupFindings({ groupVerdicts: new Map([["a", [verdict(5_000)]]]) });
  expect(alone?.sinceMs).toBe(5_000);
  const [unknown] = groupFindings({ groupVerdicts: new Map([["a", [verdict(null)]]]) });
  expect(unknown).not.toHaveProperty("sinceMs");
  const many = new Map(Array.from({ length: 7 }, (_, i) => [`g${i}`, [verdict(9_000 - i)]]));
  expect(groupFindings({ groupVerdicts: many }).at(-1)?.sinceMs).toBe(8_994);
});

test("to the cluster a group is a warning at most", () => {
  const findings = groupFindings({ groupVerdicts: new Map([["a", [verdictOf("stuck")]]]) });
  expect(findings).toMatchObject([{ kind: "group", severity: "warning", target: { group: "a" } }]);
});
