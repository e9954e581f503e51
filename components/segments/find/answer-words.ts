import type { Located, LocateStep } from "#lib/contracts/segment-look-ups.ts";
import { formatDuration } from "#lib/format.ts";
import type { LocateTarget } from "#lib/queries/segments.ts";
import type { Phrase } from "./phrase.ts";

/** What the page knows beside the look-up. */
export interface Surroundings {
  /** cleanup.policy; null when unknown. */
  readonly cleanupPolicy: string | null;
}

/** What can be done next, beside opening the message. */
export type NextStep = { readonly find: string; readonly label: string } | { readonly verify: true };

export interface AnswerWords {
  /** found: there is a message. gap: not this one, but the next. nothing: there is none. unsure: the look-up couldn't tell. */
  readonly tone: "found" | "gap" | "nothing" | "unsure";
  readonly title: Phrase;
  readonly sentence: Phrase;
  readonly next: NextStep | null;
}

export function answerWords(located: Located, target: LocateTarget, around: Surroundings): AnswerWords {
  switch (located.result) {
    case "exact":
      return exactWords(located, target);
    case "next":
      return "offset" in target ? nextOffsetWords(located, target.offset, around) : nextTimeWords(located, target);
    case "before-start":
      return beforeStartWords(located, target);
    case "after-end":
      return "offset" in target ? afterEndWords(located, BigInt(target.offset)) : noneWords(located, target);
    case "none":
      return noneWords(located, target);
    case "stopped":
      return stoppedWords(located, target);
  }
}

/** What was found lies at or above the high watermark, as it was at the look-up: brokers don't hand it out yet. */
export function isUnseen({ offset, highWatermark }: Located): boolean {
  return offset !== null && highWatermark !== null && BigInt(offset) >= BigInt(highWatermark);
}

function unseen(located: Located): Phrase {
  if (!isUnseen(located)) return [];
  return [
    "Written, not yet visible: it is at or above the high watermark, ",
    { number: located.highWatermark ?? "" },
    " at this look-up. Consumers get it once all replicas in sync have it. ",
  ];
}

function exactWords(located: Located, target: LocateTarget): AnswerWords {
  const inTransaction = recordOf(located.steps)?.batch.transactional === true;
  return {
    tone: "found",
    title: "offset" in target ? ["Found"] : ["Found, of just that time"],
    sentence: [
      ...unseen(located),
      ...(inTransaction
        ? ["It was written in a transaction. Files hold aborted ones too; the message's page tells what became of it."]
        : []),
    ],
    next: null,
  };
}

function stoppedWords({ steps }: Located, target: LocateTarget): AnswerWords {
  const scan = steps.findLast((step) => step.step === "scan");
  const broken = scan?.ended === "checksum" ? scan.batches.at(-1) : undefined;
  if (broken === undefined) {
    return {
      tone: "unsure",
      title: ["The look-up stopped"],
      sentence: [
        "What comes there can't be read, so whether this replica holds such a message isn't known. Another replica may; a verification names all that is wrong in this one.",
      ],
      next: { verify: true },
    };
  }
  const range: Phrase = [{ number: broken.baseOffset }, " … ", { number: broken.lastOffset }];
  const holds = "offset" in target && BigInt(broken.baseOffset) <= BigInt(target.offset);
  return {
    tone: "unsure",
    title: [
      holds
        ? "The batch that holds it, "
        : "offset" in target
          ? "The next batch after it, "
          : "The first batch that reaches it, ",
      ...range,
      ", fails its checksum",
    ],
    sentence: [
      "Its bytes aren't what was written: consumers that read it from this replica fail there. Find the same in another replica; one that has it whole can replace this one. A verification names all that is wrong here.",
    ],
    next: { verify: true },
  };
}

function nextTimeWords(located: Located, target: { readonly timestampMs: string }): AnswerWords {
  const found = recordOf(located.steps)?.timestampMs;
  return {
    tone: "found",
    title: ["Found: the first at or after that time"],
    sentence: [
      ...unseen(located),
      ...(found === undefined
        ? []
        : [
            "Its timestamp is ",
            { time: found },
            `, ${formatDuration(BigInt(found) - BigInt(target.timestampMs))} later.`,
          ]),
    ],
    next: null,
  };
}

function nextOffsetWords(located: Located, target: string, { cleanupPolicy }: Surroundings): AnswerWords {
  const { steps, offset } = located;
  return {
    tone: "gap",
    title: ["No message has offset ", { number: target }, "; the next is ", { number: offset ?? target }],
    sentence: [...unseen(located), whyNext(steps, BigInt(target), cleanupPolicy)],
    next: null,
  };
}

/** Why there is a gap at an offset, as far as the batches tell. */
function whyNext(steps: readonly LocateStep[], target: bigint, cleanupPolicy: string | null): string {
  const covers = ({ baseOffset, lastOffset }: { baseOffset: string | null; lastOffset: string | null }) =>
    baseOffset !== null && lastOffset !== null && BigInt(baseOffset) <= target && target <= BigInt(lastOffset);
  const hit = recordOf(steps)?.batch;
  if (hit !== undefined && covers(hit)) {
    return "The batch spans that offset, and compaction took the message out of it: as a rule a newer one has its key.";
  }
  const batch = steps.flatMap((step) => (step.step === "scan" ? step.batches : [])).find(covers);
  if (batch !== undefined) {
    return batch.baseOffset === batch.lastOffset
      ? "A batch of that one offset is there and holds no message: it marks a transaction's end, or compaction emptied it."
      : "A batch spans that offset and holds no message from there on: compaction took them out of it.";
  }
  return cleanupPolicy?.includes("compact") === true
    ? "No batch spans that offset: most likely compaction took the message away, because a newer one has its key. An offset is never given again."
    : "No batch spans that offset: what stood there was removed. An offset is never given again.";
}

function beforeStartWords({ logStartOffset }: Located, target: LocateTarget): AnswerWords {
  return {
    tone: "nothing",
    title: ["offset" in target ? "Before the log start offset" : "Before the beginning of the log"],
    sentence: [
      ...(logStartOffset === null
        ? ["The partition begins after it"]
        : ["The partition begins at ", { number: logStartOffset }]),
      ": retention, or a request to delete records, took away what was before. Consumers that ask for it start over as auto.offset.reset says.",
    ],
    next: logStartOffset === null ? null : { find: logStartOffset, label: "Find the log start offset" },
  };
}

/** Nothing from an offset on: where the log ends, as of the look-up, and what a broker answers there. */
function afterEndWords({ logStartOffset, logEndOffset, highWatermark }: Located, target: bigint): AnswerWords {
  if (logEndOffset === null) {
    return { tone: "nothing", title: ["Beyond the end"], sentence: ["No message is at or after it yet."], next: null };
  }
  const end = BigInt(logEndOffset);
  const visible = highWatermark === null ? end : BigInt(highWatermark);
  const last = end > 0n && (logStartOffset === null || end > BigInt(logStartOffset)) ? end - 1n : null;
  const next: NextStep | null = last === null ? null : { find: last.toString(), label: "Find the last offset" };
  if (target < end) {
    return {
      tone: "nothing",
      title: ["No message from there to the end"],
      sentence: [
        "The log ends at ",
        { number: logEndOffset },
        ", and from ",
        { number: target.toString() },
        " on it holds markers of transactions, or batches that compaction emptied.",
      ],
      next: null,
    };
  }
  if (target < visible) {
    return {
      tone: "nothing",
      title: ["This replica doesn't reach it"],
      sentence: [
        "Its log ends at ",
        { number: logEndOffset },
        ", while the high watermark is ",
        { number: visible.toString() },
        ": it is behind its leader. Find it in the leader's replica.",
      ],
      next,
    };
  }
  if (target > end) {
    return {
      tone: "nothing",
      title: ["Out of range: above the end of the log"],
      sentence: [
        "The log ends at ",
        { number: logEndOffset },
        ". A broker knows that end, so it refuses a fetch above it with OFFSET_OUT_OF_RANGE before it looks into an index. The consumer's auto.offset.reset then decides where it goes on.",
      ],
      next,
    };
  }
  return {
    tone: "nothing",
    title: ["Not written yet: just the end of the log"],
    sentence: [
      "The next message gets this offset, and a consumer that asks for it waits. A broker knows the end, so it looks into no file.",
      ...(visible < end
        ? [
            " The high watermark is ",
            { number: visible.toString() },
            ": what lies from there on is written, not yet visible.",
          ]
        : []),
    ],
    next,
  };
}

function noneWords({ steps, highWatermark }: Located, target: LocateTarget): AnswerWords {
  const youngest = steps
    .flatMap((step) => (step.step === "time-index" ? [step.found?.timestampMs ?? null] : []))
    .at(-1);
  const last = highWatermark === null || highWatermark === "0" ? null : (BigInt(highWatermark) - 1n).toString();
  return {
    tone: "nothing",
    title: "timestampMs" in target ? ["No message is of ", { time: target.timestampMs }, " or later"] : ["None"],
    sentence:
      youngest === null || youngest === undefined
        ? ["All of them are older."]
        : [
            "The largest timestamp in the time index is ",
            { time: youngest },
            ", and none after it reaches the target.",
          ],
    next: last === null ? null : { find: last, label: "Find the last offset" },
  };
}

function recordOf(steps: readonly LocateStep[]): Extract<LocateStep, { step: "record" }> | undefined {
  return steps.find((step) => step.step === "record");
}
