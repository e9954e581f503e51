import fc from "fast-check";
import { expect, test } from "vitest";
import { GroupStory, groupReading, groupsReading, type Scene } from "#scripts/testing/group-story.ts";
import { judgeGroup } from "./judge-group.ts";

const hour = 360;
/** What is written to each of three partitions in each step. */
const writes = fc.array(fc.tuple(fc.nat(5_000), fc.nat(5_000), fc.nat(5_000)), { minLength: 1, maxLength: 120 });
const members: readonly (readonly number[])[] = [[0], [1], [2]];

function summed(steps: readonly (readonly number[])[]): bigint[][] {
  const at = [0n, 0n, 0n];
  return steps.map((step) => at.map((_, i) => (at[i] = (at[i] ?? 0n) + BigInt(step[i] ?? 0))));
}

test("a group that always commits to the end never gets a verdict, whatever is written", () => {
  fc.assert(
    fc.property(writes, (steps) => {
      const story = new GroupStory();
      for (const high of summed(steps)) {
        story.step({ committed: high, high, members });
        expect(story.kinds()).toEqual([]);
      }
    }),
  );
});

test("nor does one that commits every step what was there the step before, while writing is steady", () => {
  fc.assert(
    fc.property(fc.tuple(fc.nat(500), fc.nat(500), fc.nat(500)), (rates) => {
      const at = (step: number) => rates.map((rate) => BigInt(rate * step));
      const story = new GroupStory();
      for (let step = 1; step <= 60; step++) {
        story.step({ committed: at(step - 1), high: at(step), members });
        expect(story.kinds()).toEqual([]);
      }
    }),
  );
});

test("nor does an empty group without lag, for an hour", () => {
  const story = new GroupStory();
  for (let step = 0; step < hour; step++) story.step({ committed: [7n], high: [7n] });
  expect(story.kinds()).toEqual([]);
});

test("whatever happens: at most one verdict of each kind, worst first, about partitions of the group, since a time that has been", () => {
  const offset = fc.option(fc.bigInt(0n, 1_000n), { freq: 6 });
  const scene: fc.Arbitrary<Scene | null> = fc.option(
    fc.record({
      committed: fc.tuple(offset, offset),
      high: fc.tuple(offset, offset),
      start: fc.tuple(offset, offset),
      stable: fc.tuple(offset, offset),
      members: fc.constantFrom<Scene["members"] & object>([], [[0], [1]], [[0, 1], []]),
      state: fc.constantFrom("stable", "empty", "preparing-rebalance", "reconciling"),
      topicId: fc.constantFrom("a", "b", null),
      readable: fc.boolean(),
    }),
    { freq: 10 },
  );
  const severities = ["critical", "warning", "info"];
  fc.assert(
    // Scenes that last are what verdicts are about.
    fc.property(fc.array(fc.tuple(scene, fc.integer({ min: 1, max: 40 })), { minLength: 1, maxLength: 12 }), (acts) => {
      const story = new GroupStory();
      let read = false;
      for (const [one, steps] of acts) {
        for (let i = 0; i < steps; i++) story.step(one);
        read ||= one !== null;
        if (!read) continue;
        const verdicts = story.verdicts();
        expect(new Set(verdicts.map(({ kind }) => kind)).size).toBe(verdicts.length);
        const ranks = verdicts.map(({ severity }) => severities.indexOf(severity));
        expect(ranks).toEqual(ranks.toSorted());
        for (const { partitions, sinceMs } of verdicts) {
          expect(partitions.every(({ topic, partition }) => topic === "t" && partition < 2)).toBe(true);
          expect(sinceMs === null || sinceMs <= story.nowMs).toBe(true);
        }
      }
    }),
  );
});

test("without samples there is no verdict, however bad it looks", () => {
  const scene: Scene = { committed: [4n], high: [90_000n], start: [500n], members: [[0]] };
  const { ends, groups } = groupsReading([groupReading("g", scene)], scene);
  for (const reading of groups.values()) {
    expect(judgeGroup({ reading, ends, history: null, nothingReadable: () => null, nowMs: 5 })).toEqual([]);
  }
});

test("a share group, whose positions aren't offsets, is not judged", () => {
  const story = new GroupStory();
  for (let step = 0; step < 60; step++) story.step({ committed: [4n], high: [90_000n], members: [[0]] });
  const scene: Scene = { committed: [4n], high: [90_000n], members: [[0]] };
  const reading = { ...groupReading("g", scene), type: "share" as const };
  const { ends } = groupsReading([reading], scene);
  const group = { reading, ends, history: story.history, nothingReadable: () => null, nowMs: story.nowMs };
  expect(judgeGroup(group)).toEqual([]);
});

test("several at once are told worst first", () => {
  const story = new GroupStory();
  const scene: Scene = { committed: [40n, 100n], high: [200n, 100n], start: [50n, 0n], members: [[0], [1], []] };
  for (let step = 0; step < 30; step++) story.step(scene);
  expect(story.kinds()).toEqual(["stuck", "past-retention", "idle-members"]);
});
