import { expect, test } from "vitest";
import { sentenceText } from "#lib/sentence.ts";
import { GroupStory, type Scene } from "#scripts/testing/group-story.ts";

const minutes = (count: number) => count * 60_000;
const left = (seconds: number, scene: Partial<Scene> = {}): Scene => ({
  committed: [100n],
  high: [100n + BigInt(seconds)],
  ...scene,
});

test("fires when nobody was there for 5 minutes, nothing was committed and lag grew", () => {
  const story = new GroupStory().go(minutes(5) + 10_000, (s) => left(s));
  const [verdict] = story.verdicts();
  expect(verdict).toMatchObject({ kind: "abandoned", severity: "warning", partitions: [{ topic: "t", partition: 0 }] });
  expect(sentenceText(verdict?.evidence ?? []).replaceAll("\u00a0", " ")).toBe(
    "It has had no members for at least 5 min, nothing was committed, and its lag has grown by 300 messages in 5 min.",
  );
});

test("does not fire a step before the 5 minutes are full", () => {
  expect(new GroupStory().go(minutes(5), (s) => left(s)).kinds()).toEqual([]);
});

test("does not fire when its lag doesn't grow", () => {
  expect(new GroupStory().go(minutes(30), () => left(500)).kinds()).toEqual([]);
});

test("does not fire while it has members, nor for 5 minutes after they left", () => {
  const story = new GroupStory().go(minutes(10), (s) => left(s, { committed: [100n + BigInt(s)], members: [[0]] }));
  const gone = (s: number) => left(600 + s, { committed: [700n] });
  expect(story.go(minutes(5), gone).kinds()).toEqual([]);
  expect(story.step(gone(310)).kinds()).toEqual(["abandoned"]);
});

test("a commit within 5 minutes, in the samples or since, says that somebody is there", () => {
  const story = new GroupStory().go(minutes(6), (s) => left(s));
  expect(story.kinds(left(361, { committed: [461n] }), 1_000)).toEqual([]);
  expect(story.kinds(left(361, { committed: [150n] }), 1_000)).toEqual([]);
  expect(story.step(left(370, { committed: [470n] })).kinds()).toEqual([]);
});

test("commits that move without members are manual assignment, not abandoned, also with minutes between them", () => {
  const story = new GroupStory().go(minutes(40), (s) => left(s, { committed: [100n + BigInt(s - (s % 480))] }));
  expect(story.kinds()).toEqual(["manual-assignment"]);
});

test("one commit without members within the hour rules it out: checkpoints may be half an hour apart", () => {
  const story = new GroupStory().go(minutes(2), (s) => left(s));
  expect(story.go(minutes(55), (s) => left(120 + s, { committed: [150n] })).kinds()).toEqual([]);
});

test("an hour after such a commit it says nothing any more", () => {
  const story = new GroupStory().go(minutes(2), (s) => left(s));
  story.go(minutes(60), (s) => left(120 + s, { committed: [150n] }));
  expect(story.kinds()).toEqual([]);
  expect(story.step(left(3_730, { committed: [150n] })).kinds()).toEqual(["abandoned"]);
});

test("what its last members committed doesn't rule it out", () => {
  const story = new GroupStory().go(minutes(10), (s) => left(s, { committed: [100n + BigInt(s)], members: [[0]] }));
  expect(story.go(minutes(6), (s) => left(600 + s, { committed: [690n] })).kinds()).toEqual(["abandoned"]);
  const forward = new GroupStory().go(minutes(10), (s) => left(s, { committed: [100n + BigInt(s)], members: [[0]] }));
  expect(forward.go(minutes(6), (s) => left(600 + s, { committed: [705n] })).kinds()).toEqual(["abandoned"]);
});

test("five minutes are no reason to delete anything: it may be between two runs", () => {
  const [verdict] = new GroupStory().go(minutes(6), (s) => left(s)).verdicts();
  const advice = verdict?.advice.join(" ") ?? "";
  expect(advice).toContain("between two runs");
  expect(advice).not.toMatch(/delete/i);
});

test("a group whose members can't be read is not called abandoned", () => {
  const story = new GroupStory().go(minutes(10), (s) => left(s, { members: [[0]] }));
  expect(story.kinds()).not.toContain("abandoned");
});

test("markers alone are no growing lag", () => {
  const story = new GroupStory().go(minutes(10), (s) => left(s));
  story.nothingReadable.set(0, true);
  expect(story.kinds()).toEqual([]);
});

test("a reset made here doesn't rule it out: five minutes after it nobody is there still", () => {
  const story = new GroupStory().go(minutes(2), (s) => left(s)).reset(left(130, { committed: [150n] }));
  expect(story.go(minutes(4), (s) => left(130 + s, { committed: [150n] })).kinds()).toEqual([]);
  expect(story.go(minutes(2), (s) => left(370 + s, { committed: [150n] })).kinds()).toEqual(["abandoned"]);
});

test("a reset of one partition counts for the others too: for 5 minutes it isn't true that nothing was committed", () => {
  const two = (s: number, first: bigint): Scene => ({
    committed: [first, 100n],
    high: [100n + BigInt(s), 100n + BigInt(s)],
  });
  const story = new GroupStory().go(minutes(2), (s) => two(s, 100n)).reset(two(130, 150n));
  expect(story.go(minutes(5) - 10_000, (s) => two(130 + s, 150n)).kinds()).toEqual([]);
  expect(story.step(two(430, 150n)).kinds()).toEqual(["abandoned"]);
});
