import { expect, test } from "vitest";
import { sentenceText } from "#lib/sentence.ts";
import { GroupStory, type Scene } from "#scripts/testing/group-story.ts";

const minutes = (count: number) => count * 60_000;
/** 120 a second are written, `rate` committed. */
const behind = (seconds: number, rate: number, scene: Partial<Scene> = {}): Scene => ({
  committed: [BigInt(seconds * rate), BigInt(seconds * 60)],
  high: [BigInt(seconds * 60), BigInt(seconds * 60)],
  members: [[0], [1]],
  ...scene,
});

test("fires when its producers were faster for 5 minutes and its lag has only grown", () => {
  const story = new GroupStory().go(minutes(5) + 10_000, (s) => behind(s, 40));
  const [verdict] = story.verdicts();
  expect(verdict).toMatchObject({ kind: "too-slow", severity: "warning" });
  expect(verdict?.partitions[0]).toEqual({ topic: "t", partition: 0 });
  expect(sentenceText(verdict?.evidence ?? []).replaceAll("\u00a0", " ")).toContain(
    "It commits 100 messages a second while 120 are written: in 5 min its lag has grown by 6,000 messages",
  );
});

test("says whether more members would help", () => {
  const advised = (scene: Partial<Scene>) => {
    const story = new GroupStory().go(minutes(6), (s) => behind(s, 40, scene));
    return sentenceText(story.verdicts().find(({ kind }) => kind === "too-slow")?.advice ?? []);
  };
  expect(advised({ members: [[0, 1]] })).toBe("Add members: one has all 2 partitions, so there is room for 1 more.");
  expect(advised({ members: [[0], [1]] })).toContain("make them faster, or add partitions");
  expect(advised({ members: [] })).toContain("more consumers");
});

test("one hot partition explains it: then only that is told", () => {
  const rates = [60, 60, 60, 60];
  const at = (s: number, i: number) => BigInt((i === 0 ? 20 : 60) * s);
  const story = new GroupStory().go(minutes(8), (s) => ({
    committed: rates.map((_, i) => at(s, i)),
    high: rates.map((rate) => BigInt(rate * s)),
    members: [[0, 1, 2, 3]],
  }));
  expect(story.kinds()).toEqual(["hot-partition"]);
});

test("does not fire a step before the 5 minutes are full", () => {
  expect(new GroupStory().go(minutes(5), (s) => behind(s, 40)).kinds()).toEqual([]);
});

test("does not fire for a group that commits every minute, and is less than a minute behind", () => {
  const story = new GroupStory().go(minutes(30), (s) =>
    behind(s - (s % 60), 60, { high: [BigInt(s * 60), BigInt(s * 60)] }),
  );
  expect(story.kinds()).toEqual([]);
});

test("does not fire while it catches up from far behind, nor for a burst that is over", () => {
  const story = new GroupStory().go(minutes(10), (s) =>
    behind(s, 50, { high: [BigInt(s * 10 + 60_000), BigInt(s * 60)] }),
  );
  expect(story.kinds()).not.toContain("too-slow");
});

test("does not fire for partitions that stand still: those are stuck", () => {
  const story = new GroupStory().go(minutes(10), (s) => behind(s, 0));
  expect(story.kinds()).toEqual(["stuck"]);
});

test("does not fire after a reset back: what was committed before says nothing about its pace", () => {
  const story = new GroupStory().go(minutes(6), (s) => behind(s, 60));
  story.step(behind(370, 0)).go(minutes(2), (s) => behind(370 + s, 10));
  expect(story.kinds()).not.toContain("too-slow");
});

test("does not fire where nobody is: what moved its commits once or twice were resets, made here or elsewhere", () => {
  const empty = (seconds: number, at: number) =>
    behind(seconds, 0, { members: [], committed: [BigInt(at), BigInt(at)] });
  const story = new GroupStory().go(minutes(3), (s) => empty(s, 0)).reset(empty(190, 100));
  story.go(minutes(2), (s) => empty(190 + s, 100)).step(empty(320, 200));
  for (let s = 330; s < 1_200; s += 10) expect(story.step(empty(s, 200)).kinds()).not.toContain("too-slow");
});

test("does not fire while the oldest unread message is less than a minute old, however its lag grows", () => {
  const story = new GroupStory().go(minutes(5) + 50_000, (s) => behind(s, 50));
  expect(story.kinds()).toEqual([]);
  expect(story.go(20_000, (s) => behind(350 + s, 50)).kinds()).toEqual(["too-slow"]);
});

test("does not fire when it falls short by less than a twentieth, however far behind it is", () => {
  const far = (rate: number) =>
    new GroupStory().go(minutes(6), (s) => behind(s, rate, { high: [BigInt(s * 60 + 6_000), BigInt(s * 60)] }));
  expect(far(58).kinds()).toEqual([]);
  expect(far(50).kinds()).toEqual(["too-slow"]);
});

test("does not fire when the flood that it fell behind is over: its lag shrinks already", () => {
  const story = new GroupStory().go(minutes(5) + 10_000, (s) =>
    behind(s, 40, { high: [BigInt(6_000 + 120 * Math.min(s, 160) + 10 * Math.max(0, s - 160)), BigInt(s * 60)] }),
  );
  expect(story.kinds()).toEqual([]);
});

test("how far a partition that stands still is behind says nothing about the others", () => {
  const story = new GroupStory().go(minutes(10), (s) => ({
    committed: [BigInt(Math.min(s, 60)), BigInt(s * 55)],
    high: [BigInt(s * 60), BigInt(s * 60)],
    members: [[0], [1]],
  }));
  expect(story.kinds()).toEqual(["stuck"]);
});
