import { expect, test } from "vitest";
import { sentenceText } from "#lib/sentence.ts";
import { GroupStory, type Scene } from "#scripts/testing/group-story.ts";

const minutes = (count: number) => count * 60_000;
const open = (scene: Partial<Scene> = {}): Scene => ({
  committed: [100n],
  high: [112n],
  stable: [100n],
  members: [[0]],
  ...scene,
});

test("fires when the last stable offset has held the group up for 2 minutes", () => {
  const story = new GroupStory().go(minutes(2) + 10_000, () => open());
  const [verdict] = story.verdicts();
  expect(verdict).toMatchObject({
    kind: "open-transaction",
    severity: "warning",
    partitions: [{ topic: "t", partition: 0 }],
  });
  expect(sentenceText(verdict?.evidence ?? []).replaceAll("\u00a0", " ")).toBe(
    "On t-0 it waits for a transaction that has been open for 2 min: the last stable offset stays at 100, and 12 messages lie behind it.",
  );
});

test("does not fire a step before the 2 minutes are full", () => {
  expect(new GroupStory().go(minutes(2), () => open()).kinds()).toEqual([]);
});

test("does not fire when the last stable offset moves, however far behind it is", () => {
  const story = new GroupStory().go(minutes(10), (s) => {
    const at = 100n + BigInt(s);
    return open({ committed: [at], stable: [at], high: [at + 50n] });
  });
  expect(story.kinds()).toEqual([]);
});

test("does not fire for a reader that reads past it, or isn't there yet", () => {
  const uncommitted = new GroupStory().go(minutes(5), (s) =>
    open({ committed: [112n + BigInt(s)], high: [112n + BigInt(s)] }),
  );
  expect(uncommitted.kinds()).toEqual([]);
  const behind = new GroupStory().go(minutes(5), (s) => open({ committed: [10n + BigInt(s) / 10n] }));
  expect(behind.kinds()).not.toContain("open-transaction");
});

test("does not fire without members, who would be what waits", () => {
  expect(new GroupStory().go(minutes(4), () => open({ members: [] })).kinds()).toEqual([]);
});

test("only markers between the commit and the last stable offset: it waits there all the same", () => {
  const story = new GroupStory().go(minutes(2) + 10_000, () => open({ committed: [98n] }));
  expect(story.kinds()).toEqual([]);
  const waiting = { topic: "t", topicId: "id", partition: 0, committed: 98n, highWatermark: 112n };
  story.histories.noteLook(waiting, { readable: false, from: 98n, to: 100n }, story.nowMs);
  expect(story.kinds()).toEqual(["open-transaction"]);
});

test("does not fire for one that has just been opened behind a group that had waited for messages, nor for one that just got there", () => {
  const opened = new GroupStory().go(minutes(5), () => open({ high: [100n] }));
  expect(opened.go(minutes(2), () => open()).kinds()).toEqual([]);
  expect(opened.step(open()).kinds()).toEqual(["open-transaction"]);
  const arrived = new GroupStory().go(minutes(5), (s) => open({ committed: [BigInt(s) / 10n] }));
  expect(arrived.go(minutes(2), () => open()).kinds()).not.toContain("open-transaction");
  expect(arrived.step(open()).kinds()).toContain("open-transaction");
});

test("does not fire for a reader that has read to the very end", () => {
  expect(new GroupStory().go(minutes(5), () => open({ committed: [112n] })).kinds()).toEqual([]);
});
