import { expect, test } from "vitest";
import { sentenceText } from "#lib/sentence.ts";
import { GroupStory, type Scene } from "#scripts/testing/group-story.ts";

const crowded: Scene = { committed: [5n, 5n], high: [5n, 5n], members: [[0], [1], []] };

test("fires when a member of a stable group has had nothing for a minute, and says why", () => {
  const [verdict] = new GroupStory().go(70_000, () => crowded).verdicts();
  expect(verdict).toMatchObject({ kind: "idle-members", severity: "info", memberId: "m2-id" });
  expect(sentenceText(verdict?.evidence ?? [])).toBe(
    "1 of its 3 members has no partition (m2). 3 members share 2 partitions, and a partition is given to one member only.",
  );
});

test("does not fire a step before the minute is full", () => {
  expect(new GroupStory().go(60_000, () => crowded).kinds()).toEqual([]);
});

test("does not fire while it rebalances, which begins the minute anew", () => {
  const story = new GroupStory().go(300_000, () => crowded).step({ ...crowded, state: "reconciling" });
  expect(story.kinds()).toEqual([]);
  expect(story.go(60_000, () => crowded).kinds()).toEqual([]);
});

test("does not fire when each has a partition", () => {
  expect(new GroupStory().go(300_000, () => ({ ...crowded, members: [[0], [1]] })).kinds()).toEqual([]);
});
