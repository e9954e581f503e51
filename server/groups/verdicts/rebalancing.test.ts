import { expect, test } from "vitest";
import { GroupStory, type Scene } from "#scripts/testing/group-story.ts";

const minutes = (count: number) => count * 60_000;
const calm: Scene = { committed: [5n], high: [5n], members: [[0]], epoch: 3 };

test("fires when the epoch grows again and again for 5 minutes", () => {
  const story = new GroupStory().go(minutes(5) + 10_000, (s) => ({ ...calm, epoch: Math.floor(s / 30) }));
  expect(story.verdicts()).toMatchObject([{ kind: "rebalancing", severity: "warning" }]);
});

test("fires for members that come and go, and for a state that is always rebalancing", () => {
  const restless = new GroupStory().go(minutes(6), (s) => ({ ...calm, members: s % 40 === 0 ? [[0], []] : [[0]] }));
  expect(restless.kinds()).toEqual(["rebalancing"]);
  const never = new GroupStory().go(minutes(6), () => ({ ...calm, state: "preparing-rebalance" as const }));
  expect(never.kinds()).toEqual(["rebalancing"]);
});

test("does not fire before 5 minutes were sampled", () => {
  const story = new GroupStory().go(minutes(5), (s) => ({ ...calm, epoch: s }));
  expect(story.kinds()).toEqual([]);
});

test("does not fire for one deployment: many rebalances within less than 3 minutes", () => {
  const story = new GroupStory().go(minutes(10), () => calm).go(minutes(3), (s) => ({ ...calm, epoch: 3 + s }));
  expect(story.kinds()).toEqual([]);
  expect(story.step({ ...calm, epoch: 200 }).kinds()).toEqual(["rebalancing"]);
});

test("does not fire for four times in 5 minutes, nor a minute after the last one", () => {
  const four = new GroupStory().go(minutes(10), (s) => ({ ...calm, epoch: Math.floor(s / 80) }));
  expect(four.kinds()).toEqual([]);
  const story = new GroupStory().go(minutes(6), (s) => ({ ...calm, epoch: s }));
  expect(story.kinds()).toEqual(["rebalancing"]);
  expect(story.go(minutes(1) + 10_000, () => ({ ...calm, epoch: 360 })).kinds()).toEqual([]);
});
