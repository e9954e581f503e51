import { expect, test } from "vitest";
import { ProblemError } from "#lib/problem.ts";
import { aReplica } from "../table/segment.fixture.ts";
import { aRun, cancelled, damage, end, flipped, over } from "./verification.fixture.ts";
import { currentPart, runAfter, runPace, scopeOf } from "./verification-run.ts";

test("by default every readable replica is looked at; one alone leaves the others out, and names them", () => {
  const replicas = [
    aReplica({ brokerId: 3, role: "leader" }),
    aReplica({ brokerId: 1, role: "follower" }),
    aReplica({ brokerId: 2, role: "follower", access: { state: "unreadable", reason: "not-here", detail: "" } }),
    aReplica({ brokerId: 1, role: "future" }),
  ];
  expect(scopeOf({ replicas }, null)).toEqual({
    replicas: [
      { brokerId: 3, segments: 1, bytes: 1_000n },
      { brokerId: 1, segments: 1, bytes: 1_000n },
    ],
    leftOut: [2],
  });
  expect(scopeOf({ replicas }, 1)).toMatchObject({ replicas: [{ brokerId: 1 }], leftOut: [3, 2] });
});

test("replicas take their turns, and what each found stays its own", () => {
  const run = aRun([1, 2], [], [damage(flipped), end({ findings: 1 })], []);
  expect(currentPart(run)?.replica.brokerId).toBe(2);
  expect(run.parts.map(({ state }) => [state.phase, state.findings.length])).toEqual([
    ["ended", 1],
    ["running", 0],
  ]);
});

test("progress is over all of them; one that was cut short counts with what was read of it", () => {
  expect(runPace(aRun([1, 2], []))).toMatchObject({ permille: 0, bytes: 6_144n, bytesDone: 0n });
  expect(runPace(aRun([1, 2], [], [end()], []))).toMatchObject({ permille: 500, bytes: 6_144n, bytesDone: 3_072n });
  const stopped = aRun([1, 2], [], [end({ how: "stopped", bytes: "72" })], []);
  expect(runPace(stopped)).toMatchObject({ bytes: 3_144n, bytesDone: 72n });
  expect(runPace(over(aRun([1, 2], [], [end()], [end()])))).toMatchObject({ permille: 1_000 });
});

test("a cancel ends what runs and what is to come; what is heard later changes nothing", () => {
  const run = cancelled(aRun([1, 2, 3], [], [end()], []));
  expect(run.parts.map(({ state }) => state.phase)).toEqual(["ended", "cancelled", "idle"]);
  expect(runAfter(run, { kind: "part", brokerId: 2, event: { kind: "frame", frame: end() } })).toBe(run);
  expect(runAfter(run, { kind: "over" })).toBe(run);
});

test("what broke off is tried again, and the others' results stay", () => {
  const broke = over(
    runAfter(aRun([1, 2], [], [end()], []), {
      kind: "part",
      brokerId: 2,
      event: { kind: "broken", problem: new ProblemError("internal", "lost") },
    }),
  );
  expect(broke.parts.map(({ state }) => state.phase)).toEqual(["ended", "broken"]);
  const again = runAfter(broke, { kind: "again" });
  expect(again.phase).toBe("running");
  expect(again.parts.map(({ state }) => state.phase)).toEqual(["ended", "idle"]);
});
