import { expect, test } from "vitest";
import { ProblemError } from "#lib/problem.ts";
import { brokersText, partWords, runVerdict, tabWord } from "./run-words.ts";
import { aRun, cancelled, damage, end, flipped, gone, over } from "./verification.fixture.ts";
import { noRun, runAfter } from "./verification-run.ts";

const found = [damage(flipped), end({ findings: 1 })];
const title = (run: Parameters<typeof runVerdict>[0]) => runVerdict(run)?.title.replaceAll("\u00a0", " ");

test("brokers are named", () => {
  expect([[3], [1, 2], [1, 2, 3]].map(brokersText)).toEqual(["broker 3", "brokers 1 and 2", "brokers 1, 2 and 3"]);
});

test("nothing is said before there is a result", () => {
  expect(runVerdict(noRun)).toBe(null);
  expect(runVerdict(aRun([1, 2], [], [end()]))).toBe(null);
});

test("all is well only of the replicas that were read, and the others are named", () => {
  const all = over(aRun([1, 2, 3], [], [end()], [end()], [end()]));
  expect(runVerdict(all)).toMatchObject({ tone: "sound", title: "Nothing wrong on brokers 1, 2 and 3" });
  expect(tabWord(all)).toBe("nothing wrong");
  const one = over(aRun([3], [1, 2], [end()]));
  expect(runVerdict(one)).toMatchObject({
    tone: "sound",
    title: "Nothing wrong on broker 3; brokers 1 and 2 not looked at",
  });
  expect(tabWord(one)).toBe("nothing wrong on broker 3");
});

test("damage on a follower is never hidden by a sound leader", () => {
  const run = over(aRun([3, 1, 2], [], [end()], found, [end()]));
  expect(runVerdict(run)?.tone).toBe("damage");
  expect(title(run)).toBe("1 finding on broker 1; nothing wrong on brokers 3 and 2");
  expect(runVerdict(run)?.sentence).toBe(
    "Before anything is repaired: what was lost on broker 1 can be had from brokers 3 and 2.",
  );
  expect(tabWord(run)).toBe("1\u00a0finding");
  expect(runVerdict(over(aRun([1], [2], found)))?.sentence).toContain("Verify the other replicas");
  expect(runVerdict(over(aRun([1, 2], [], found, found)))?.sentence).toContain("No replica is without a finding");
});

test("what the broker took away meanwhile is no finding", () => {
  const run = over(aRun([1], [], [damage(gone), end({ findings: 1, vanished: 1 })]));
  expect(runVerdict(run)).toMatchObject({ tone: "sound", title: "Nothing wrong on broker 1" });
});

test("a run that was cancelled, stopped or broke off never says that all is well", () => {
  const early = cancelled(aRun([1, 2, 3], [], [end()], []));
  expect(runVerdict(early)?.tone).toBe("unfinished");
  expect(title(early)).toBe(
    "Cancelled; nothing wrong on broker 1; broker 2 not read to the end; broker 3 not looked at",
  );
  expect(tabWord(early)).toBe("cancelled");
  const stopped = over(aRun([1], [], [end({ how: "stopped" })]));
  expect(runVerdict(stopped)).toMatchObject({ tone: "unfinished", title: "Broker 1 not read to the end" });
  expect(tabWord(stopped)).toBe("stopped");
  const broken = over(
    runAfter(aRun([1, 2], [], [end()], []), {
      kind: "part",
      brokerId: 2,
      event: { kind: "broken", problem: new ProblemError("internal", "lost") },
    }),
  );
  expect(runVerdict(broken)?.tone).toBe("unfinished");
  expect(title(broken)).toBe("Nothing wrong on broker 1; broker 2 not read to the end");
  expect(tabWord(broken)).toBe("broken off");
});

test("the tab tells how far all of them are", () => {
  expect(tabWord(noRun)).toBe(undefined);
  expect(tabWord(aRun([1, 2], [], []))).toBe("0%");
  expect(tabWord(aRun([1, 2], [], [end()]))).toBe("50%");
});

test("each replica in a few words", () => {
  const run = over(aRun([1, 2, 3], [], [end()], found, [damage(flipped), end({ how: "stopped", findings: 1 })]));
  expect(run.parts.map((part) => partWords(part).replaceAll("\u00a0", " "))).toEqual([
    "nothing wrong",
    "1 finding",
    "1 finding, not read to the end",
  ]);
});
