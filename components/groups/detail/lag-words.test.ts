import { expect, test } from "vitest";
import { groupOf, partitionOf } from "./group.fixture.ts";
import { lagRows, lagTotals } from "./lag-rows.ts";
import { etaWords, lostWords, noCommitWords, remarkWords } from "./lag-words.ts";

const totalsOf = (...partitions: ReturnType<typeof partitionOf>[]) =>
  lagTotals(lagRows(groupOf({ partitions }), "high-watermark", null));

test("an estimate only while it catches up", () => {
  expect(etaWords({ kind: "in", ms: 92_000 })).toBe("1\u00a0min\u00a032\u00a0s");
  expect(etaWords({ kind: "never" })).toBe("never at this rate");
  expect(etaWords({ kind: "caught-up" })).toBe("caught up");
  expect(etaWords({ kind: "unknown" })).toBe("—");
});

test("partitions without a commit say what a consumer that starts there would do", () => {
  expect(noCommitWords(totalsOf(partitionOf("orders", 0)))).toBeNull();
  const words = noCommitWords(totalsOf(partitionOf("orders", 0, { committedOffset: null, lag: "9312" })));
  expect(words?.title).toBe("1\u00a0partition without a commit.");
  expect(words?.detail).toContain("earliest reads all 9,312\u00a0messages, latest (the default) skips them");
  const empty = noCommitWords(totalsOf(partitionOf("orders", 0, { committedOffset: null, lag: "0" })));
  expect(empty?.detail).toContain("earliest and latest come to the same");
});

test("what is held without a commit is being read: no consumer is about to start there", () => {
  const uncommitted = { committedOffset: null, lag: "5" };
  const [held, unheld] = [
    partitionOf("orders", 0, { ...uncommitted, memberId: "m-1" }),
    partitionOf("orders", 1, uncommitted),
  ];
  expect(noCommitWords(totalsOf(held))?.detail).toMatch(
    /^It counts with all messages\. A member holds it, but how far it has read is in no commit\. A member that starts anew there /,
  );
  expect(noCommitWords(totalsOf(held, unheld))?.detail).toContain("Of them 1 is held by a member, but");
  expect(noCommitWords(totalsOf(unheld))?.detail).toContain("A consumer that starts there goes by");
});

test("what was deleted unread is counted, and what the consumer will do is told", () => {
  expect(lostWords(totalsOf(partitionOf("orders", 0)))).toBeNull();
  const words = lostWords(totalsOf(partitionOf("orders", 0, { lost: "50" }), partitionOf("orders", 1, { lost: "1" })));
  expect(words?.title).toBe("51\u00a0messages lost to the group.");
  expect(words?.detail).toContain("2\u00a0partitions are committed below the log start offset");
  expect(remarkWords({ remark: "lost", lost: 50n })?.text).toBe("50 lost");
});
