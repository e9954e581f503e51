import { expect, test } from "vitest";
import { sentenceText } from "#lib/sentence.ts";
import { GroupStory, type Scene } from "#scripts/testing/group-story.ts";

const lost: Scene = { committed: [40n], high: [200n], start: [100n], members: [[0]] };
const waiting = { topic: "t", partition: 0, committed: 40n };

/** A message at 41 was seen behind its commit. */
function behindAMessage(scene: Partial<Scene> = {}): GroupStory {
  const story = new GroupStory().step({ ...lost, start: [0n], ...scene });
  story.histories.noteLook(waiting, { readable: true, from: 40n, to: 41n }, story.nowMs);
  return story;
}

test("fires when messages were deleted that the group had not read, and says how many", () => {
  const story = behindAMessage();
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
  const story = behindAMessage({ members: [] }).step({ ...lost, members: [] });
  expect(story.verdicts()).toMatchObject([{ kind: "past-retention", severity: "warning" }]);
});

test("also when nothing is left in the log", () => {
  expect(
    behindAMessage()
      .step({ ...lost, high: [200n], start: [200n] })
      .verdicts(),
  ).toMatchObject([{ kind: "past-retention", severity: "critical" }]);
});

test("when nobody saw what was deleted, it is said that this is not known, and less gravely", () => {
  const story = new GroupStory().step(lost);
  expect(story.kinds()).toEqual([]);
  const [verdict] = story.step(lost).verdicts();
  expect(verdict).toMatchObject({ kind: "past-retention", severity: "warning" });
  expect(sentenceText(verdict?.evidence ?? [])).toBe(
    "On t-0 it committed offset 40, and the log now starts at 100; the 60 offsets between are deleted. Whether there were messages among them that it had not read is not known.",
  );
  const severities = (scene: Scene) =>
    new GroupStory()
      .step(scene)
      .step(scene)
      .verdicts()
      .map(({ severity }) => severity);
  expect(severities({ ...lost, members: [] })).toEqual(["info"]);
  expect(severities({ ...lost, high: [100n] })).toEqual(["info"]);
});

test("a member that has read everything of a topic whose last marker has expired is not judged, at whatever time it is first seen", () => {
  const expired: Scene = { committed: [99n], high: [100n], start: [100n], members: [[0]] };
  expect(new GroupStory().go(20 * 60_000, () => expired).kinds()).toEqual([]);
});

test("a look that began at the log start says nothing about what was deleted before", () => {
  const story = new GroupStory().step(lost).step(lost);
  story.histories.noteLook(waiting, { readable: false, from: 100n, to: 200n }, story.nowMs);
  expect(story.step(lost).verdicts()).toMatchObject([{ kind: "past-retention", severity: "warning" }]);
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
  const atMarker = { topic: "t", partition: 0, committed: 99n };
  story.histories.noteLook(atMarker, { readable: false, from: 99n, to: 100n }, story.nowMs);
  const deleted = { ...before, start: [100n] };
  expect(story.step(deleted).step(deleted).kinds()).toEqual([]);
});

test("a log that starts at the first message behind its commit has lost it nothing", () => {
  const story = new GroupStory().step({ ...lost, start: [0n] });
  story.histories.noteLook(waiting, { readable: true, from: 40n, to: 100n }, story.nowMs);
  expect(story.step(lost).step(lost).kinds()).toEqual([]);
  const further = { ...lost, start: [101n] };
  expect(story.step(further).verdicts()).toMatchObject([{ kind: "past-retention", severity: "critical" }]);
});
