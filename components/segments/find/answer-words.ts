import type { Located, LocateStep } from "#lib/contracts/segment-look-ups.ts";
import { formatDuration } from "#lib/format.ts";
import type { LocateTarget } from "#lib/queries/segments.ts";
import type { Phrase } from "./phrase.ts";

/** What the page knows beside the look-up. */
export interface Surroundings {
  readonly logStartOffset: string | null;
  readonly highWatermark: string | null;
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
      return beforeStartWords(target, around);
    case "after-end":
      return afterEndWords(target, around);
    case "none":
      return noneWords(located, target, around);
    case "stopped":
      return {
        tone: "unsure",
        title: ["The look-up stopped"],
        sentence: [
          "What comes there can't be read, so whether this replica holds such a message isn't known. Another replica may; a verification names all that is wrong in this one.",
        ],
        next: { verify: true },
      };
  }
}

function exactWords({ steps }: Located, target: LocateTarget): AnswerWords {
  const inTransaction = recordOf(steps)?.batch.transactional === true;
  return {
    tone: "found",
    title: "offset" in target ? ["Found"] : ["Found, of just that time"],
    sentence: inTransaction
      ? ["It was written in a transaction. Files hold aborted ones too; the message's page tells what became of it."]
      : [],
    next: null,
  };
}

function nextTimeWords({ steps }: Located, target: { readonly timestampMs: string }): AnswerWords {
  const found = recordOf(steps)?.timestampMs;
  return {
    tone: "found",
    title: ["Found: the first at or after that time"],
    sentence:
      found === undefined
        ? []
        : [
            "Its timestamp is ",
            { time: found },
            `, ${formatDuration(BigInt(found) - BigInt(target.timestampMs))} later.`,
          ],
    next: null,
  };
}

function nextOffsetWords({ steps, offset }: Located, target: string, { cleanupPolicy }: Surroundings): AnswerWords {
  return {
    tone: "gap",
    title: ["No message has offset ", { number: target }, "; the next is ", { number: offset ?? target }],
    sentence: [whyNext(steps, BigInt(target), cleanupPolicy)],
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

function beforeStartWords(target: LocateTarget, { logStartOffset }: Surroundings): AnswerWords {
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

function afterEndWords(target: LocateTarget, { highWatermark }: Surroundings): AnswerWords {
  const end = highWatermark === null ? null : BigInt(highWatermark);
  if (end === null || !("offset" in target)) {
    return { tone: "nothing", title: ["Beyond the end"], sentence: ["No message is at or after it yet."], next: null };
  }
  if (BigInt(target.offset) < end) {
    return {
      tone: "nothing",
      title: ["No message from there to the end"],
      sentence: [
        "The high watermark is ",
        { number: end.toString() },
        ", and what lies before it holds no message from ",
        { number: target.offset },
        " on: markers of transactions, or this replica is behind its leader.",
      ],
      next: null,
    };
  }
  return {
    tone: "nothing",
    title: ["Not written yet"],
    sentence: [
      "The high watermark is ",
      { number: end.toString() },
      ": the next message gets that offset. A consumer that waits here gets what comes.",
    ],
    next: end === 0n ? null : { find: (end - 1n).toString(), label: "Find the last offset" },
  };
}

function noneWords({ steps }: Located, target: LocateTarget, { highWatermark }: Surroundings): AnswerWords {
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
