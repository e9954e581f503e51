import { expect, test } from "vitest";
import { sentenceText } from "#lib/sentence.ts";
import { GroupStory, type Scene } from "#scripts/testing/group-story.ts";

const minutes = (count: number) => count * 60_000;
/** Partition 2 gets 40 a second and is read at 20, the others keep up at 10. */
const hot = (seconds: number, scene: Partial<Scene> = {}): Scene => {
  const [slow, fast, calm] = [20n, 40n, 10n].map((rate) => rate * BigInt(seconds));
  return {
    committed: [calm ?? 0n, calm ?? 0n, slow ?? 0n],
    high: [(calm ?? 0n) + 5n, (calm ?? 0n) + 5n, fast ?? 0n],
    members: [[0], [1], [2]],
    ...scene,
  };
};

test("fires when one partition held more than half of the lag for 3 minutes", () => {
  const story = new GroupStory().go(minutes(3) + 30_000, (s) => hot(s));
  const verdict = story.verdicts().find(({ kind }) => kind === "hot-partition");
  expect(verdict).toMatchObject({ severity: "warning", partitions: [{ topic: "t", partition: 2 }], memberId: "m2-id" });
  expect(sentenceText(verdict?.evidence ?? [])).toBe("t-2 holds 99% of its lag: 4,200 of 4,210 messages.");
  expect(sentenceText(verdict?.advice ?? [])).toContain(
    "40 messages a second are written to it, 10 to each of the others on average: few keys",
  );
});

test("when as much is written to the others, it says that the reader makes the difference", () => {
  const story = new GroupStory().go(minutes(4), (s) =>
    hot(s, {
      high: [40n, 40n, 40n].map((rate) => rate * BigInt(s)),
      committed: [39n, 39n, 20n].map((rate) => rate * BigInt(s)),
    }),
  );
  const verdict = story.verdicts().find(({ kind }) => kind === "hot-partition");
  expect(sentenceText(verdict?.advice ?? [])).toContain("See what m2 on host 10.0.0.2 does with these messages.");
});

test("does not fire before it was so for 3 minutes", () => {
  expect(new GroupStory().go(minutes(3), (s) => hot(s)).kinds()).toEqual([]);
});

test("does not fire when lag is spread, small, or young", () => {
  const spread = new GroupStory().go(minutes(4), (s) =>
    hot(s, { high: [40n, 40n, 40n].map((rate) => rate * BigInt(s)) }),
  );
  expect(spread.kinds()).not.toContain("hot-partition");
  const small = new GroupStory().go(minutes(4), () => hot(10, { committed: [5n, 5n, 5n], high: [6n, 6n, 104n] }));
  expect(small.kinds()).not.toContain("hot-partition");
  const young = new GroupStory().go(minutes(4), (s) => {
    const at = BigInt(s * 100);
    return hot(s, { committed: [at, at, at], high: [at, at, at + 1_000n] });
  });
  expect(young.kinds()).toEqual([]);
});

test("does not fire for a partition that stands still: that one is stuck", () => {
  const story = new GroupStory().go(minutes(6), (s) => hot(s, { committed: [BigInt(s * 10), BigInt(s * 10), 0n] }));
  expect(story.kinds()).toEqual(["stuck"]);
});

test("does not fire for a partition that was never committed, which counts with all it holds", () => {
  const story = new GroupStory().go(minutes(6), (s) =>
    hot(s, { committed: [BigInt(s * 10), BigInt(s * 10), null], high: [BigInt(s * 10), BigInt(s * 10), 50_000n] }),
  );
  expect(story.kinds()).toEqual([]);
});

test("does not fire for a message less than 100, nor before it is half a minute behind", () => {
  const caughtUp = (perSecond: number, left: number) => {
    const story = new GroupStory().go(minutes(5), (s) => {
      const at = BigInt(s * perSecond);
      return hot(s, { committed: [at, at, at], high: [at, at, at + BigInt(left)] });
    });
    return story.kinds();
  };
  expect(caughtUp(1, 99)).toEqual([]);
  expect(caughtUp(1, 101)).toEqual(["hot-partition"]);
  expect(caughtUp(10, 280)).toEqual([]);
  expect(caughtUp(10, 320)).toEqual(["hot-partition"]);
});
