import { expect, test } from "vitest";
import { sentenceText } from "#lib/sentence.ts";
import { GroupStory, type Scene } from "#scripts/testing/group-story.ts";

const minutes = (count: number) => count * 60_000;

/** Two members; partition 1 stands still at 100 while 1 message a second is written to it. */
function frozen(seconds: number, scene: Partial<Scene> = {}): Scene {
  const written = BigInt(seconds);
  return { committed: [500n + written, 100n], high: [500n + written, 100n + written], members: [[0], [1]], ...scene };
}

test("fires when a commit stood still for 3 minutes with messages behind it, and names who, what and how long", () => {
  const story = new GroupStory().go(minutes(3) + 10_000, (s) => frozen(s));
  const [verdict] = story.verdicts();
  expect(verdict).toMatchObject({
    kind: "stuck",
    severity: "critical",
    partitions: [{ topic: "t", partition: 1 }],
    memberId: "m1-id",
    sinceMs: story.nowMs - minutes(3),
  });
  expect(sentenceText(verdict?.evidence ?? []).replaceAll("\u00a0", " ")).toBe(
    "It has not committed on t-1 for 3 min: m1 on host 10.0.0.1 holds the partition but does not move.",
  );
  expect(sentenceText(verdict?.advice ?? [])).toContain("The next message is offset 100.");
});

test("does not fire a step before the 3 minutes are full", () => {
  expect(new GroupStory().go(minutes(3), (s) => frozen(s)).kinds()).toEqual([]);
});

test("an idle group at the end is not stuck when a message comes after an hour", () => {
  const quiet: Scene = { committed: [5n], high: [5n], members: [[0]] };
  const story = new GroupStory().go(minutes(30), () => quiet);
  expect(story.step({ ...quiet, high: [6n] }).kinds()).toEqual([]);
  expect(story.go(minutes(2) + 50_000, () => ({ ...quiet, high: [6n] })).kinds()).toEqual([]);
  expect(story.step({ ...quiet, high: [6n] }).kinds()).toEqual(["stuck"]);
});

test("each commit begins the 3 minutes anew, also one that goes back", () => {
  const at = (seconds: number, committed: bigint) =>
    frozen(seconds, { committed: [500n + BigInt(seconds), committed] });
  const story = new GroupStory().go(minutes(3), (s) => at(s, 100n)).step(at(190, 101n));
  expect(story.go(minutes(2) + 50_000, (s) => at(190 + s, 101n)).kinds()).not.toContain("stuck");
  story.step(at(370, 40n)).step(at(380, 40n));
  expect(story.kinds()).not.toContain("stuck");
});

test("a commit in the reading that is judged, newer than the samples, ends it", () => {
  const story = new GroupStory().go(minutes(4), (s) => frozen(s));
  expect(story.kinds()).toEqual(["stuck"]);
  expect(story.kinds(frozen(242, { committed: [742n, 101n] }), 2_000)).toEqual([]);
});

/** Commits every 5 minutes what was written until then, 1 message a second. */
function rare(seconds: number, stopsAt = Number.POSITIVE_INFINITY): Scene {
  const commits = Math.floor(Math.min(seconds, stopsAt) / 300);
  return { committed: [BigInt(commits * 300)], high: [BigInt(seconds)], members: [[0]] };
}

test("a group that commits every 5 minutes is not stuck between two commits, once that was seen", () => {
  const story = new GroupStory().go(minutes(5), (s) => rare(s));
  for (let seconds = 310; seconds < 6_000; seconds += 10) expect(story.step(rare(seconds)).kinds()).toEqual([]);
});

test("it is stuck when it takes twice as long as it ever did", () => {
  const story = new GroupStory().go(minutes(30), (s) => rare(s));
  expect(story.go(minutes(9) + 40_000, (s) => rare(1_800 + s, 1_800)).kinds()).toEqual([]);
  expect(story.step(rare(2_390, 1_800)).kinds()).toEqual(["stuck"]);
});

test("a wait that a restart of its member ended doesn't make it patient", () => {
  const held = (s: number, epoch: number, committed: bigint): Scene => ({
    committed: [committed],
    high: [1_000n + BigInt(s)],
    members: [[0]],
    epoch,
  });
  const story = new GroupStory().go(minutes(20), (s) => held(s, 1, 5n)).step(held(1_210, 2, 1_005n));
  story.go(minutes(3) - 10_000, (s) => held(1_210 + s, 2, 1_005n));
  expect(story.kinds()).toEqual([]);
  expect(story.step(held(1_390, 2, 1_005n)).kinds()).toEqual(["stuck"]);
});

test("members that have just come are given 3 minutes, however long the group was away", () => {
  const story = new GroupStory().go(minutes(20), (s) => frozen(s, { members: [], committed: [500n, 100n] }));
  const back = (s: number) => frozen(1_200 + s, { committed: [500n, 100n] });
  expect(story.go(minutes(3), back).kinds()).not.toContain("stuck");
  expect(story.step(back(190)).kinds()).toContain("stuck");
});

test("markers and aborted messages are nothing to be stuck before", () => {
  const markers: Scene = { committed: [100n], high: [102n], members: [[0]] };
  const story = new GroupStory().go(minutes(10), () => markers);
  expect(story.kinds()).toEqual(["stuck"]);
  story.nothingReadable.set(0, true);
  expect(story.kinds()).toEqual([]);
});

test("what was deleted before the log start is nothing to be stuck before", () => {
  const expired: Scene = { committed: [99n], high: [100n], start: [100n], members: [[0]] };
  const story = new GroupStory().go(minutes(10), () => expired);
  expect(story.kinds()).toEqual([]);
  expect(story.histories.waitingSince(story.nowMs)).toEqual([]);
  const left = { ...expired, high: [101n] };
  expect(story.go(minutes(3), () => left).kinds()).not.toContain("stuck");
  expect(story.step(left).kinds()).toContain("stuck");
  expect(story.histories.waitingSince(story.nowMs)).toMatchObject([{ committed: 99n, from: 100n }]);
});

test("more markers after a look that found none but markers: it is looked at for 3 minutes before anything is said", () => {
  const scene = (high: bigint): Scene => ({ committed: [100n], high: [high], members: [[0]] });
  const story = new GroupStory().go(minutes(10), () => scene(102n));
  const waiting = { topic: "t", topicId: "id", partition: 0, committed: 100n, highWatermark: 102n };
  story.histories.noteLook(waiting, { readable: false, from: 100n, to: 102n }, story.nowMs);
  expect(story.step(scene(102n)).kinds()).toEqual([]);
  expect(story.go(minutes(3), () => scene(104n)).kinds()).toEqual([]);
  expect(story.step(scene(104n)).kinds()).toEqual(["stuck"]);
});

test("who waits at the last stable offset is behind a transaction, not stuck", () => {
  const open: Scene = { committed: [100n], high: [130n], stable: [100n], members: [[0]] };
  expect(new GroupStory().go(minutes(10), () => open).kinds()).toEqual(["open-transaction"]);
});

test("a topic that no member reads any more may stand still", () => {
  const story = new GroupStory().go(minutes(10), (s) => frozen(s, { members: [[0]] }));
  expect(story.kinds()).toEqual([]);
});

test("a rebalance that doesn't end is told as such, though members tell no subscription then", () => {
  const standing = (s: number, scene: Partial<Scene>) => frozen(s, { committed: [500n, 100n], ...scene });
  const story = new GroupStory()
    .go(minutes(1), (s) => standing(s, {}))
    .go(minutes(4), (s) => standing(60 + s, { members: [[], []], state: "preparing-rebalance" }));
  const verdict = story.verdicts().find(({ kind }) => kind === "stuck");
  expect(verdict?.partitions.length).toBe(2);
  expect(sentenceText(verdict?.evidence ?? [])).toContain("the group is preparing-rebalance, and nobody holds them");
  expect(sentenceText(verdict?.advice ?? [])).toContain("A rebalance waits for its slowest member");
});

test("also where the broker goes on telling what members held before", () => {
  const story = new GroupStory().go(minutes(4), (s) =>
    frozen(s, { committed: [500n, 100n], members: [[0], [1]], state: "preparing-rebalance" }),
  );
  const verdict = story.verdicts().find(({ kind }) => kind === "stuck");
  expect(sentenceText(verdict?.evidence ?? [])).toContain(
    "the group is preparing-rebalance, and their members hold them",
  );
  expect(sentenceText(verdict?.advice ?? [])).toContain("A rebalance waits for its slowest member");
});

test("a rebalance of members whose subscriptions were never told says nothing of topics that nobody holds", () => {
  const story = new GroupStory().go(minutes(4), (s) =>
    frozen(s, { committed: [500n, 100n], members: [[], []], state: "preparing-rebalance" }),
  );
  expect(story.kinds()).not.toContain("stuck");
});

test("a partition that was never committed is stuck when messages come in and it holds them; what was there before may be skipped", () => {
  const old: Scene = { committed: [7n, null], high: [7n, 50n], members: [[0, 1]] };
  const story = new GroupStory().go(minutes(10), () => old);
  expect(story.kinds()).toEqual([]);
  story.go(minutes(3) + 10_000, (s) => ({ ...old, high: [7n, 50n + BigInt(s)] }));
  const [verdict] = story.verdicts();
  expect(verdict?.kind).toBe("stuck");
  expect(sentenceText(verdict?.evidence ?? [])).toContain("never committed on t-1");
});

test("a group that commits nothing anywhere may keep its offsets elsewhere", () => {
  const story = new GroupStory().go(minutes(10), (s) => ({ committed: [null], high: [BigInt(s)], members: [[0]] }));
  expect(story.kinds()).toEqual(["never-commits"]);
});

test("while the cluster is away nobody can commit: after a gap of more than 3 samples the 3 minutes begin anew", () => {
  const story = new GroupStory()
    .go(minutes(1), (s) => frozen(s))
    .go(minutes(4), () => null)
    .step(frozen(310));
  expect(story.kinds()).toEqual([]);
  expect(story.go(minutes(3) - 10_000, (s) => frozen(310 + s)).kinds()).toEqual([]);
  expect(story.step(frozen(490)).kinds()).toEqual(["stuck"]);
});

test("one partition whose leader was away begins anew, the others don't", () => {
  const away = (s: number) => frozen(s, { committed: [100n, 100n], high: [100n + BigInt(s), null] });
  const there = (s: number) => frozen(s, { committed: [100n, 100n], high: [100n + BigInt(s), 100n + BigInt(s)] });
  const story = new GroupStory().go(minutes(1), there).go(minutes(4), away).step(there(310));
  expect(story.verdicts()).toMatchObject([{ kind: "stuck", partitions: [{ topic: "t", partition: 0 }] }]);
});

test("a sample or two that fail neither make it stuck nor hide it", () => {
  const story = new GroupStory()
    .go(minutes(1), (s) => frozen(s))
    .step(null)
    .step(null);
  story.go(minutes(2), (s) => frozen(80 + s));
  expect(story.step(frozen(210)).kinds()).toEqual(["stuck"]);
});

test("a topic made again begins anew", () => {
  const story = new GroupStory().go(minutes(10), (s) => frozen(s));
  story.step({ committed: [0n, 0n], high: [3n, 3n], members: [[0], [1]], topicId: "other" });
  expect(story.kinds()).toEqual([]);
});
