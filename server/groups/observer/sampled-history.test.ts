import { expect, test } from "vitest";
import { GroupStory, type Scene } from "#scripts/testing/group-story.ts";

const minutes = (count: number) => count * 60_000;
const reading = (committed: bigint | null, high: bigint, scene: Partial<Scene> = {}): Scene => ({
  committed: [committed],
  high: [high],
  members: [[0]],
  ...scene,
});
/** 10 a second are written, `rate` committed. */
const steady = (rate: number) => (seconds: number) => reading(BigInt(seconds * rate), BigInt(seconds * 10));
const rates = (story: GroupStory, partition = 0) => {
  const seen = story.history.partition("t", partition);
  return [seen?.committedPerSecond, seen?.producedPerSecond];
};

test("rates are messages a second over the last minute, however long it was otherwise before", () => {
  expect(rates(new GroupStory().go(minutes(5), steady(10)))).toEqual([10, 10]);
  const slower = new GroupStory()
    .go(minutes(5), steady(10))
    .go(minutes(1), (s) => reading(3_000n, BigInt(3_000 + s * 2)));
  expect(rates(slower)).toEqual([0, 2]);
});

test("there are no rates until there are two samples, and then over what there is", () => {
  const story = new GroupStory().step(steady(5)(10));
  expect(rates(story)).toEqual([null, null]);
  expect(rates(story.step(steady(5)(20)))).toEqual([5, 10]);
});

test("offsets beyond 2^53 keep their digits", () => {
  const far = 2n ** 61n;
  const story = new GroupStory().step(reading(far, far + 7n)).step(reading(far + 50n, far + 107n));
  expect(rates(story)).toEqual([5, 10]);
  expect(story.history.totals().map(({ lag }) => lag)).toEqual([7n, 57n]);
});

test("a topic made again has no rate over that step, and lag begins anew", () => {
  const story = new GroupStory().go(minutes(2), steady(10)).step(reading(2n, 5n, { topicId: "other" }));
  expect(rates(story)).toEqual([null, null]);
  expect(rates(story.step(reading(12n, 25n, { topicId: "other" })))).toEqual([1, 2]);
});

test("nor has one that was made again and already holds more than the one before", () => {
  const story = new GroupStory().go(minutes(1), steady(5)).step(reading(5_000n, 9_000n, { topicId: "another" }));
  expect(rates(story)).toEqual([null, null]);
  expect(story.history.partition("t", 0)).toMatchObject({ sinceMs: story.nowMs, lastMovedMs: null });
});

test("a topic made again without topic ids is told by its high watermark, which went back", () => {
  const story = new GroupStory().go(minutes(2), (s) => ({ ...steady(10)(s), topicId: null }));
  story.step(reading(0n, 5n, { topicId: null }));
  expect(rates(story)).toEqual([null, null]);
});

test("messages lost by an unclean leader are no rate, and nothing before them dates a message", () => {
  const story = new GroupStory().go(minutes(2), steady(10)).step(reading(900n, 1_000n));
  expect(rates(story)[1]).toBeNull();
  expect(story.history.partition("t", 0)?.timeLag(950n, 1_000n, story.nowMs)).toEqual({
    ms: 0,
    how: "interpolated",
    atLeast: true,
  });
});

test("a committed offset that was set back is no negative rate: the rate is that since", () => {
  const story = new GroupStory().go(minutes(2), steady(10)).step(reading(0n, 1_300n)).step(reading(40n, 1_400n));
  expect(rates(story)).toEqual([4, 10]);
});

test("a jump over what an operator skipped is no pace", () => {
  const at = (committed: bigint, scene: Partial<Scene> = {}) => reading(committed, 1_000_000n, scene);
  const story = new GroupStory().go(minutes(2), (s) => at(BigInt(s))).step(at(120n, { members: [] }));
  story.step(at(900_120n, { members: [] }));
  expect(rates(story)[0]).toBeNull();
  expect(story.history.partition("t", 0)?.movedSince(60_000)).toBeNull();
  story.step(at(900_220n)).step(at(900_320n)).step(at(900_420n));
  expect(rates(story)[0]).toBe(10);
});

test("nor is a second one: only who commits without members again and again is a consumer", () => {
  const set = (to: bigint) => reading(to, 1_000n, { members: [] });
  const story = new GroupStory().go(30_000, () => set(0n));
  story.step(set(100n)).step(set(100n)).step(set(200n));
  expect(rates(story)[0]).toBeNull();
  expect(rates(story.step(set(200n)))[0]).toBe(0);
});

test("nor is one while others took the place of all members between two samples", () => {
  const at = (committed: bigint, memberPrefix: string) => reading(committed, 1_000_000n, { memberPrefix });
  const story = new GroupStory().go(minutes(2), (s) => at(BigInt(s), "old")).step(at(900_000n, "new"));
  expect(rates(story.step(at(900_050n, "new")))[0]).toBe(5);
});

test("consumers that assign themselves partitions by hand have a pace, though they are no members", () => {
  const story = new GroupStory().go(minutes(3), (s) => ({ ...steady(10)(s), members: [] }));
  expect(rates(story)).toEqual([10, 10]);
});

test("added partitions have a history from when they were there, the others keep theirs", () => {
  const story = new GroupStory().go(minutes(2), steady(10));
  const wider = (s: number): Scene => ({
    committed: [BigInt(1_200 + s * 10), BigInt(s)],
    high: [BigInt(1_200 + s * 10), BigInt(s * 3)],
    members: [[0, 1]],
  });
  story.step(wider(10)).step(wider(20));
  expect(rates(story, 0)).toEqual([10, 10]);
  expect(rates(story, 1)).toEqual([1, 3]);
  expect(story.history.partition("t", 1)?.sinceMs).toBe(story.nowMs - 10_000);
});

test("samples that fail are gaps: rates go over them, the lag of that moment is unknown", () => {
  const story = new GroupStory().go(30_000, steady(5)).step(null).step(null).step(steady(5)(60));
  expect(rates(story)).toEqual([5, 10]);
  expect(story.history.totals().map(({ lag }) => lag)).toEqual([50n, 100n, 150n, null, null, 300n]);
});

test("while one partition can't be read its lag is unknown, and so is the total: it doesn't seem to fall", () => {
  const both = (s: number): Scene => ({
    committed: [0n, 0n],
    high: [10_000n + BigInt(s), 10_000n],
    members: [[0, 1]],
  });
  const story = new GroupStory()
    .go(minutes(1), both)
    .go(minutes(3), (s) => ({ ...both(60 + s), high: [10_060n, null] }));
  expect(story.history.lags("t", 1)?.at(-1)?.lag).toBeNull();
  expect(story.history.totals().at(-1)?.lag).toBeNull();
  expect(story.history.totalsOf("t").at(-1)?.lag).toBeNull();
  expect([story.history.trend()?.direction, story.history.trend("t")?.direction]).not.toContain("shrinking");
  story.step(both(250));
  expect([story.history.totals(), story.history.totalsOf("t")].map((lags) => lags.at(-1)?.lag)).toEqual([
    20_250n,
    20_250n,
  ]);
  expect([story.history.trend()?.direction, story.history.trend("t")?.direction]).not.toContain("growing");
});

test("a partition that isn't told any more is missed for a minute; then the total is of those that are left", () => {
  const story = new GroupStory().step({ committed: [0n, 5n], high: [10n, 10n], members: [] });
  const left: Scene = { committed: [0n], high: [10n, 10n], members: [] };
  story.go(minutes(1), () => left);
  const newest = () => [story.history.totals(), story.history.totalsOf("t")].map((lags) => lags.at(-1)?.lag);
  expect(newest()).toEqual([null, null]);
  story.step(left);
  expect(newest()).toEqual([10n, 10n]);
});

test("a partition that is added is none that was missed before", () => {
  const story = new GroupStory().step({ committed: [5n], high: [8n], members: [[0]] });
  story.step({ committed: [5n, 1n], high: [8n, 2n], members: [[0, 1]] });
  expect(story.history.totals().map(({ lag }) => lag)).toEqual([3n, 4n]);
  expect(story.history.totalsOf("t").map(({ lag }) => lag)).toEqual([3n, 4n]);
});

test("a group whose commits can't be read has no lag just then", () => {
  const story = new GroupStory().step(reading(5n, 8n)).step(reading(5n, 9n, { readable: false }));
  expect(story.history.totals().map(({ lag }) => lag)).toEqual([3n, null]);
});

test("a partition that was never committed counts with all it holds", () => {
  const story = new GroupStory().step({ committed: [5n, null], high: [8n, 100n], start: [0n, 60n], members: [[0, 1]] });
  expect(story.history.totals().map(({ lag }) => lag)).toEqual([43n]);
});

test("a message's age is interpolated from when the watermark passed it", () => {
  const story = new GroupStory().go(minutes(10), steady(5));
  const seen = story.history.partition("t", 0);
  const lag = seen?.timeLag(3_000n, 6_000n, story.nowMs);
  expect(lag?.how).toBe("interpolated");
  expect(lag?.atLeast).toBe(false);
  expect(Math.abs((lag?.ms ?? 0) - 300_000)).toBeLessThanOrEqual(100);
});

test("a message written since the newest sample is younger than that", () => {
  const story = new GroupStory().go(minutes(1), steady(10));
  const lag = story.history.partition("t", 0)?.timeLag(620n, 640n, story.nowMs + 4_000);
  expect(lag?.ms).toBe(1_950);
});

test("a message older than all samples is at least as old as they are", () => {
  const story = new GroupStory().go(minutes(2), (s) => reading(5n, BigInt(1_000 + s)));
  expect(story.history.partition("t", 0)?.timeLag(5n, 1_120n, story.nowMs)).toEqual({
    ms: 110_000,
    how: "interpolated",
    atLeast: true,
  });
});

test("at the end there is no lag in time", () => {
  const story = new GroupStory().step(reading(8n, 8n));
  expect(story.history.partition("t", 0)?.timeLag(8n, 8n, story.nowMs)).toMatchObject({ ms: 0, atLeast: false });
});

test("markers and aborted messages alone are no lag in time, until a message follows or the commit goes back", () => {
  const story = new GroupStory().go(minutes(5), () => reading(100n, 102n));
  const waiting = { topic: "t", topicId: "id", partition: 0, committed: 100n, highWatermark: 102n };
  story.histories.noteLook(waiting, { readable: false, from: 100n, to: 102n }, story.nowMs);
  const ms = (position: bigint, high: bigint) =>
    story.history.partition("t", 0)?.timeLag(position, high, story.nowMs)?.ms;
  expect(ms(100n, 102n)).toBe(0);
  expect(ms(99n, 102n)).toBeGreaterThan(200_000);
  story.step(reading(100n, 103n));
  expect(ms(100n, 103n)).toBeGreaterThan(200_000);
});

test("when a commit last moved is told to the step, and unknown until it was seen to", () => {
  const story = new GroupStory().go(minutes(1), () => reading(5n, 9n));
  expect(story.history.partition("t", 0)?.lastMovedMs).toBeNull();
  story.step(reading(6n, 9n));
  const movedMs = story.nowMs;
  expect(story.go(minutes(1), () => reading(6n, 9n)).history.partition("t", 0)?.lastMovedMs).toBe(movedMs);
});

test("a topic that the group has nothing to do with any more is forgotten", () => {
  const story = new GroupStory().step(reading(5n, 9n)).step({ committed: [], high: [9n], members: [] });
  expect(story.history.partition("t", 0)).toBeNull();
  expect(story.history.totals().map(({ lag }) => lag)).toEqual([4n, null]);
  story.go(minutes(1), () => ({ committed: [], high: [9n], members: [] }));
  // Of nothing there is no lag, not even one of 0.
  expect(story.history.totals().at(-1)?.lag).toBeNull();
});

test("who was there during a long gap nobody knows: members, and their absence, are counted from after it", () => {
  const gone = new GroupStory().go(minutes(1), () => reading(5n, 9n, { members: [] }));
  const goneSinceMs = gone.nowMs - 50_000;
  expect(
    gone
      .step(null)
      .step(null)
      .step(reading(5n, 9n, { members: [] })).history.memberlessSinceMs,
  ).toBe(goneSinceMs);
  gone.go(minutes(4), () => null).step(reading(5n, 9n, { members: [] }));
  expect(gone.history.memberlessSinceMs).toBe(gone.nowMs);
  const held = new GroupStory().go(minutes(1), () => reading(5n, 9n)).go(minutes(4), () => null);
  expect(held.step(reading(5n, 9n)).history.membersSinceMs).toBe(held.nowMs);
});

test("a look that was begun before the commit moved says nothing about where it is now, and is forgotten when it moves", () => {
  const partition = (story: GroupStory) => story.history.partition("t", 0);
  const unseen = { readableAt: null, nothingReadableTo: null, nothingUnreadTo: null };
  const at = (committed: bigint) => ({ topic: "t", partition: 0, committed });
  const story = new GroupStory().step(reading(100n, 200n)).step(reading(150n, 200n));
  story.histories.noteLook(at(100n), { readable: false, from: 100n, to: 200n }, story.nowMs);
  expect(partition(story)).toMatchObject(unseen);
  story.histories.noteLook(at(150n), { readable: true, from: 150n, to: 160n }, story.nowMs);
  expect(partition(story)).toMatchObject({ readableAt: 160n, nothingReadableTo: null, nothingUnreadTo: 160n });
  expect(partition(story.step(reading(170n, 200n)))).toMatchObject(unseen);
});

test("where a commit went back in between, what was committed over that time is no pace", () => {
  const story = new GroupStory().go(minutes(5), (s) => reading(BigInt(s * 10), 10_000n));
  expect(story.history.partition("t", 0)?.movedSince(minutes(4))).toMatchObject({ committed: 2_400n });
  story.step(reading(100n, 10_000n)).go(20_000, (s) => reading(3_000n + BigInt(s), 10_000n));
  expect(story.history.partition("t", 0)?.movedSince(minutes(4))).toBeNull();
});

test("what a leader lost before a group ever committed is not waited for: messages that come after it are", () => {
  const story = new GroupStory().step(reading(null, 100n)).step(reading(null, 50n));
  expect(story.history.partition("t", 0)?.waitingSinceMs).toBeNull();
  expect(story.step(reading(null, 60n)).history.partition("t", 0)?.waitingSinceMs).toBe(story.nowMs);
});

test("a transaction is open since the last stable offset last moved", () => {
  const story = new GroupStory().go(minutes(2), () => reading(100n, 200n, { stable: [100n] }));
  const since = () => story.history.partition("t", 0)?.transactionSinceMs;
  expect(since()).toBe(story.nowMs - minutes(2) + 10_000);
  story.step(reading(100n, 200n, { stable: [110n] })).step(reading(100n, 210n, { stable: [110n] }));
  expect(since()).toBe(story.nowMs - 10_000);
  expect(story.step(reading(100n, 210n)).history.partition("t", 0)?.transactionSinceMs).toBeNull();
});

test("how rarely it commits is remembered into the next half hour", () => {
  const everyFiveMinutes = (s: number) => reading(BigInt(s - (s % 300)), BigInt(s));
  const story = new GroupStory().go(minutes(16), everyFiveMinutes);
  expect(story.history.partition("t", 0)?.longestWaitMs).toBe(290_000);
  // A new half hour of the clock begins here.
  story.go(minutes(2), (s) => reading(960n + BigInt(s) - 5n, 960n + BigInt(s)));
  expect(story.history.partition("t", 0)?.longestWaitMs).toBe(290_000);
});

test("where the sample of a moment could not be read, the one before it is looked at", () => {
  const story = new GroupStory().go(minutes(2), steady(5)).step(null);
  story.go(minutes(2), (s) => steady(5)(130 + s));
  const partition = story.history.partition("t", 0);
  expect(partition?.movedSince(minutes(2))).toEqual({ produced: 1_300n, committed: 650n, overMs: 130_000 });
  expect(partition?.lagAgo(minutes(2))).toBe(600n);
});
