import { expect, test } from "vitest";
import { sentenceText } from "#lib/sentence.ts";
import { GroupStory, type Scene } from "#scripts/testing/group-story.ts";

const minutes = (count: number) => count * 60_000;
const reading = (seconds: number, scene: Partial<Scene> = {}): Scene => ({
  committed: [null, null],
  high: [100n + BigInt(seconds), 100n],
  members: [[0], [1]],
  ...scene,
});

test("is told, without a warning, when members have been there for 3 minutes, messages come in, and nothing is committed", () => {
  const story = new GroupStory().go(minutes(3) + 20_000, (s) => reading(s));
  const [verdict, ...others] = story.verdicts();
  expect(others).toEqual([]);
  expect(verdict).toMatchObject({
    kind: "never-commits",
    severity: "info",
    partitions: [{ topic: "t", partition: 0 }],
  });
  expect(sentenceText(verdict?.evidence ?? []).replaceAll("\u00a0", " ")).toBe(
    "2 members have been here for at least 3 min 10 s, and messages have been coming in on t-0, but this group has no commit at all: its lag counts all that these partitions hold.",
  );
});

test("is not told before the 3 minutes are full", () => {
  // The first message comes between the first two samples.
  expect(new GroupStory().go(minutes(3) + 10_000, (s) => reading(s)).kinds()).toEqual([]);
});

test("is not told where no message has come since it was first seen: a reader of what is new has nothing to commit", () => {
  expect(new GroupStory().go(minutes(30), () => reading(0)).kinds()).toEqual([]);
});

test("is not told of a group that committed anywhere, nor once it commits: then it is stuck, or well", () => {
  const some = new GroupStory().go(minutes(10), (s) => reading(s, { committed: [null, 100n] }));
  expect(some.kinds()).toEqual(["stuck"]);
  const story = new GroupStory().go(minutes(10), (s) => reading(s));
  expect(story.step(reading(610, { committed: [710n, 100n] })).kinds()).toEqual([]);
});

test("is not told of a group without members, nor where its commits or members can't be read", () => {
  expect(new GroupStory().go(minutes(10), (s) => reading(s, { members: [] })).kinds()).not.toContain("never-commits");
  expect(new GroupStory().go(minutes(10), (s) => reading(s, { readable: false })).kinds()).toEqual([]);
});

test("members that have just come are given the time", () => {
  const story = new GroupStory().go(minutes(10), (s) => reading(s, { members: [] }));
  expect(story.go(minutes(3), (s) => reading(600 + s)).kinds()).not.toContain("never-commits");
  expect(story.go(20_000, (s) => reading(780 + s)).kinds()).toEqual(["never-commits"]);
});
