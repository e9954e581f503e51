import { describe, expect, test } from "vitest";
import { ProblemError } from "#lib/problem.ts";
import type { TailStatus } from "#lib/tail/tail-session.ts";
import { dividerWords, gapWords, lossReasonsText, problemRowTitle, rangesText, statusWords } from "./tail-words.ts";

const live: TailStatus = {
  connection: { kind: "open", resumed: false },
  pause: null,
  resting: false,
  catchingUp: false,
};
const lost = new ProblemError("internal", "The connection was lost.");
const partitions = [
  { topic: "orders", topicId: "a", partition: 0 },
  { topic: "orders", topicId: "a", partition: 7 },
];
const times = (ms: number) => `t${ms}`;
/** A no-break space reads as a space here. */
const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("what the tail is doing, and why", () => {
  test.each<[string, Partial<TailStatus>, string, string]>([
    ["live", {}, "Live", ""],
    ["far behind", { catchingUp: true }, "Catching up", "12,431 offsets behind"],
    ["held by a key", { pause: "you" }, "Paused", "by you"],
    ["held by a message", { pause: "message" }, "Paused", "a message is open"],
    [
      "held, and disconnected",
      { pause: "you", connection: { kind: "reconnecting", problem: lost, attempt: 1, everOpen: true } },
      "Paused",
      "by you · reconnecting",
    ],
    [
      "disconnected",
      { connection: { kind: "reconnecting", problem: lost, attempt: 0, everOpen: true } },
      "Reconnecting",
      "nothing is missed",
    ],
    [
      "never connected",
      { connection: { kind: "reconnecting", problem: lost, attempt: 2, everOpen: false } },
      "Connecting",
      "try 3",
    ],
    ["hidden", { resting: true, pause: "you" }, "Resting", "this tab is hidden"],
    ["quiet", { connection: { kind: "ended", reason: "quiet", detail: "" } }, "Ended", "nothing came"],
    ["refused", { connection: { kind: "failed", problem: lost }, pause: "you" }, "Ended", "a problem ended it"],
  ])("%s", (_, change, title, why) => {
    expect(statusWords({ ...live, ...change }, { behind: "12431", waiting: null })).toMatchObject({ title, why });
  });

  test("live, but for partitions that can't be read", () => {
    const waiting = { partitions: 2, why: "no leader" };
    const words = (change: Partial<TailStatus>, behind: string | null) => {
      const { title, why } = statusWords({ ...live, ...change }, { behind, waiting });
      return plain(`${title}: ${why}`);
    };
    expect(words({}, "3")).toBe("Live: 2 partitions waiting");
    expect(words({ catchingUp: true }, "12431")).toBe("Catching up: 12,431 offsets behind · 2 partitions waiting");
    // How far the others are is not known: live would be a guess.
    expect(words({}, null)).toBe("Waiting: for 2 partitions");
    expect(words({ catchingUp: true }, null)).toBe("Waiting: for 2 partitions");
    expect(words({ pause: "you" }, null)).toBe("Paused: by you");
  });
});

describe("what the list doesn't show", () => {
  test("losses with their reasons and times", () => {
    const words = dividerWords(
      {
        kind: "lost",
        lost: { sampled: 906, "slow-client": 212 },
        fromMs: 1,
        toMs: 2,
        ranges: [],
        loading: "no",
        loaded: 0,
      },
      partitions,
      times,
    );
    expect(words.title).toBe("1,118 not shown");
    expect(words.text).toBe("t1 to t2 · sampled 906 · slow client 212");
    expect(lossReasonsText({ sampled: 0, oversize: 1 })).toBe("oversize 1");
  });

  test("a jump over what had come, and over what had not", () => {
    const ranges = [
      [0, "5", "9"],
      [1, "1", "1"],
    ] as const;
    const common = { kind: "jumped", ranges, lost: {}, problems: 0, loading: "no", loaded: 0 } as const;
    expect(plain(dividerWords({ ...common, messages: 3 }, partitions, times).title)).toBe("3 messages jumped over");
    expect(plain(dividerWords({ ...common, messages: null }, partitions, times).title)).toBe("6 offsets jumped over");
    expect(dividerWords({ ...common, messages: 3 }, partitions, times).text).toBe("orders-0: 5 to 9 · orders-7: 1");
    const more = { ...common, messages: 3, lost: { sampled: 12 }, problems: 2 };
    expect(plain(dividerWords(more, partitions, times).text)).toBe(
      "orders-0: 5 to 9 · orders-7: 1 · not sent: sampled 12 · 2 problems that passed",
    );
  });

  test("many partitions are counted, not listed", () => {
    const ranges = [0, 1, 0, 1, 0].map((place) => [place, "1", "2"] as const);
    expect(plain(rangesText(ranges, partitions))).toBe("orders-0: 1 to 2 · orders-7: 1 to 2 · and 3 other partitions");
  });

  test("gaps say how many and why", () => {
    expect(plain(gapWords({ gap: [0, "4", "5"], reason: "markers", commits: 1, aborts: 1 }).why)).toBe(
      "transaction markers (1 abort, 1 commit)",
    );
    const joined = gapWords({ gap: [0, "4", "43"], reason: "markers", aborts: 2, commits: 0 });
    expect(plain(`${joined.what} · ${joined.why}`)).toBe(
      "2 of 40 offsets hold no message · transaction markers (2 aborts)",
    );
    expect(plain(gapWords({ gap: [0, "4", "4"], reason: "compacted" }).what)).toBe("1 offset holds no message");
    expect(plain(gapWords({ gap: [0, "4", "6"], reason: "aborted" }).what)).toBe("3 offsets left out");
  });

  test("a batch that could not be read", () => {
    expect(plain(problemRowTitle({ problem: [0, "1", "3"], code: "corrupt", detail: "", records: 3 }))).toBe(
      "3 messages corrupt",
    );
    expect(problemRowTitle({ problem: [0, "1", "3"], code: "old-format", detail: "", records: 0 })).toBe(
      "A batch old message format, not read",
    );
  });
});
