import { expect, test } from "vitest";
import { sentenceText } from "#lib/sentence.ts";
import { GroupStory, type Scene } from "#scripts/testing/group-story.ts";

const lost: Scene = { committed: [40n], high: [200n], start: [100n], members: [[0]] };

test("fires a step after messages were deleted that the group had not read, and says how many", () => {
  const story = new GroupStory().step(lost);
  expect(story.kinds()).toEqual([]);
  const [verdict] = story.step(lost).verdicts();
  expect(verdict).toMatchObject({
    kind: "past-retention",
    severity: "critical",
    partitions: [{ topic: "t", partition: 0 }],
  });
  expect(sentenceText(verdict?.evidence ?? [])).toBe(
    "60 messages of t-0 were deleted before it read them: it committed offset 40, and the log now starts at 100.",
  );
});

test("of a group without members it is a warning", () => {
  const story = new GroupStory().step({ ...lost, members: [] }).step({ ...lost, members: [] });
  expect(story.verdicts()).toMatchObject([{ kind: "past-retention", severity: "warning" }]);
});

test("also when nothing is left in the log", () => {
  const gone = { ...lost, high: [100n] };
  expect(new GroupStory().step(gone).step(gone).kinds()).toContain("past-retention");
});

test("does not fire while commits move, at the log start, or without a commit", () => {
  expect(
    new GroupStory()
      .step(lost)
      .step({ ...lost, committed: [90n] })
      .kinds(),
  ).toEqual([]);
  const atStart = { ...lost, committed: [100n] };
  expect(new GroupStory().step(atStart).step(atStart).kinds()).toEqual([]);
  const never = { ...lost, committed: [null] };
  expect(new GroupStory().step(never).step(never).kinds()).toEqual([]);
});

test("a deleted marker is no loss", () => {
  const before: Scene = { committed: [99n], high: [100n], members: [[0]] };
  const story = new GroupStory().step(before).step(before);
  const waiting = { topic: "t", topicId: "id", partition: 0, committed: 99n, highWatermark: 100n };
  story.histories.noteNothingReadable(waiting, 100n, story.nowMs);
  const deleted = { ...before, start: [100n] };
  expect(story.step(deleted).step(deleted).kinds()).toEqual([]);
});
