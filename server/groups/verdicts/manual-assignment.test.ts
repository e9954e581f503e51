import { expect, test } from "vitest";
import { GroupStory, type Scene } from "#scripts/testing/group-story.ts";

const minutes = (count: number) => count * 60_000;
const byHand = (at: number, scene: Partial<Scene> = {}): Scene => ({
  committed: [BigInt(at)],
  high: [10_000n],
  ...scene,
});

test("fires when commits move three times without members", () => {
  const story = new GroupStory().go(minutes(2), (s) => byHand(s));
  expect(story.verdicts()).toMatchObject([{ kind: "manual-assignment", severity: "info" }]);
});

test("does not fire for two moves, as an operator's resets", () => {
  const story = new GroupStory().step(byHand(1)).step(byHand(2)).step(byHand(3));
  expect(story.go(minutes(2), () => byHand(3)).kinds()).toEqual([]);
});

test("does not fire before a minute without members", () => {
  expect(new GroupStory().go(minutes(1), (s) => byHand(s)).kinds()).toEqual([]);
});

test("does not fire with members, nor for what they committed before they left", () => {
  const story = new GroupStory().go(minutes(5), (s) => byHand(s, { members: [[0]] }));
  expect(story.kinds()).toEqual([]);
  expect(story.go(minutes(2), () => byHand(310)).kinds()).toEqual([]);
});

test("a commit that goes back is a reset, and begins the count anew", () => {
  const story = new GroupStory()
    .go(minutes(1), (s) => byHand(s))
    .step(byHand(0))
    .step(byHand(1))
    .step(byHand(2));
  expect(story.kinds()).toEqual([]);
});

test("is forgotten a quarter of an hour after the last move", () => {
  const story = new GroupStory().go(minutes(2), (s) => byHand(s)).go(minutes(15), () => byHand(120));
  expect(story.kinds()).toEqual([]);
});

test("what Tailrace itself moved is no evidence, however often; what is committed besides is", () => {
  const story = new GroupStory().go(minutes(2), () => byHand(1));
  for (let at = 2; at <= 8; at++) story.reset(byHand(at)).step(byHand(at));
  expect(story.kinds()).toEqual([]);
  expect(story.reset(byHand(9)).step(byHand(10)).step(byHand(11)).kinds()).toEqual([]);
  expect(story.step(byHand(12)).kinds()).toEqual(["manual-assignment"]);
});
