import { logFileName } from "#components/segments/segment-files.ts";
import type { LocateStep } from "#lib/contracts/segment-look-ups.ts";
import { formatBytes, formatCount, formatDuration, plural } from "#lib/format.ts";
import type { LocateTarget } from "#lib/queries/segments.ts";
import type { Phrase } from "./phrase.ts";
import type { IndexStep } from "./probe-rows.ts";

type StepOf<Name extends LocateStep["step"]> = Extract<LocateStep, { step: Name }>;

/** What a step did, and what came of it. */
export interface StepWords {
  readonly title: Phrase;
  readonly sentence: Phrase;
}

export interface LookUp {
  readonly target: LocateTarget;
  readonly steps: readonly LocateStep[];
  /** Base offsets of the replica's segments, as the page knows them. */
  readonly baseOffsets: readonly string[];
}

export function stepWords(lookUp: LookUp, index: number): StepWords {
  const step = lookUp.steps[index];
  if (step === undefined) return { title: [], sentence: [] };
  switch (step.step) {
    case "segment":
      return segmentWords(lookUp, step);
    case "time-index":
      return timeIndexWords(lookUp, step);
    case "offset-index":
      return offsetIndexWords(lookUp, step, index);
    case "scan":
      return scanWords(lookUp, step, index);
    case "record":
      return recordWords(step);
  }
}

function segmentWords({ target, baseOffsets }: LookUp, step: StepOf<"segment">): StepWords {
  const place = baseOffsets.indexOf(step.baseOffset);
  const which: Phrase = [
    { mono: logFileName(step.baseOffset) },
    place === -1 ? `, one of ${step.segments}` : `, segment ${place + 1} of ${step.segments}`,
    step.active ? ", the active one. " : ". ",
  ];
  if ("offset" in target) {
    return {
      title: ["Segment: the largest base offset ≤ ", { number: target.offset }],
      sentence: [...which, "A file is named after the first offset that it may hold, so the names alone tell."],
    };
  }
  const reached = step.looked.some(({ baseOffset }) => baseOffset === step.baseOffset);
  const why = reached
    ? "The last entry of a time index holds its segment's largest timestamp, and this is the first one to reach the target."
    : step.active
      ? "No segment before it reaches that time by the last entry of its time index; the active one is still written, so it is looked into."
      : "Its time index doesn't tell its largest timestamp, so it is looked into.";
  return { title: ["Segment: the first to reach ", { time: target.timestampMs }], sentence: [...which, why] };
}

function timeIndexWords({ target }: LookUp, step: IndexStep): StepWords {
  const { probes, entries, found } = step;
  const title: Phrase = [`Time index: ${searched(probes.length, entries)}`];
  if (entries === 0) return { title, sentence: ["It is empty, so the search goes on from the segment's base offset."] };
  if (found === null) {
    return {
      title,
      sentence: [
        "Its first entry is later already, so the search goes on from the segment's base offset.",
        ...warmEnd(step),
      ],
    };
  }
  const wanted = "timestampMs" in target ? target.timestampMs : "";
  return {
    title,
    sentence: [
      found.timestampMs === wanted ? "An entry of just that time" : "The last entry not later",
      ": up to offset ",
      { number: found.offset },
      ", no timestamp is beyond ",
      { time: found.timestampMs ?? "-1" },
      ". The search goes on from that offset.",
      ...warmEnd(step),
    ],
  };
}

function offsetIndexWords({ steps }: LookUp, step: IndexStep, index: number): StepWords {
  const { probes, entries, found } = step;
  const before = steps.slice(0, index);
  const which = before.some((one) => one.step === "scan") ? "Next segment's offset index" : "Offset index";
  const title: Phrase = [`${which}: ${searched(probes.length, entries)}`];
  if (entries === 0) {
    return {
      title,
      sentence: [
        "It is empty: it gets an entry every few KiB of the log, and compaction can leave less. The scan begins at the start of the segment.",
      ],
    };
  }
  const wanted = step.wanted ?? "0";
  const times = before.findLast((one) => one.step === "time-index");
  // By time, the broker searches for what the time index said, but never for less than the log start offset.
  const fromLogStart = times?.step === "time-index" && times.found !== null && times.found.offset !== wanted;
  const why: Phrase = fromLogStart ? ["That is before the log start offset, ", { number: wanted }, ". "] : [];
  if (found === null) {
    return {
      title,
      sentence: [
        ...why,
        "Its first entry is beyond ",
        { number: wanted },
        " already, so the scan begins at the start of the segment.",
        ...warmEnd(step),
      ],
    };
  }
  return {
    title,
    sentence: [
      ...why,
      "The largest entry ≤ ",
      { number: wanted },
      " is offset ",
      { number: found.offset },
      " at byte ",
      { number: found.position ?? "0" },
      ". It names the last offset of what was appended there (one batch; before Kafka 4.0 several at times), so what lies before that byte is skipped.",
      ...warmEnd(step),
    ],
  };
}

/** What the first look of a search was for: it isn't at the middle, as one would expect. */
function warmEnd({ probes: [first] }: IndexStep): Phrase {
  if (first?.look !== "warm-end") return [];
  if (first.entry === 0)
    return [" All of this index is within the last 8 KiB, its warm end, which brokers search first."];
  const from = `entry ${formatCount(first.entry)} on`;
  return first.compared === "before"
    ? [
        ` It lies in the index's warm end, the last 8 KiB, from ${from}: most likely in memory, so brokers ask there first.`,
      ]
    : [
        ` It isn't in the index's warm end, the last 8 KiB, from ${from}, where brokers ask first; so the rest is searched.`,
      ];
}

const BY_LENGTH = "From batch to batch, by the length in each header";

function scanWords({ target, steps }: LookUp, step: StepOf<"scan">, index: number): StepWords {
  const again = steps.slice(0, index).some((one) => one.step === "scan");
  const log: Phrase = again ? ["Next segment, ", { mono: step.file }, ": "] : ["Log: "];
  if (step.scanned === 0) {
    const nothing = step.ended === "stopped" ? "No batch can be read there." : "The file holds no batch there.";
    return { title: [...log, "nothing to scan"], sentence: [nothing] };
  }
  const from: Phrase = step.fromPosition === "0" ? ["the start"] : ["byte ", { number: step.fromPosition }];
  const title: Phrase = [...log, `${plural(step.scanned, "batch header")} from `, ...from];
  const reaches = "offset" in target ? "whose last offset reaches the target" : "whose largest timestamp reaches it";
  switch (step.ended) {
    case "record":
      return { title, sentence: [`${BY_LENGTH}, to the first one ${reaches}.`] };
    case "checksum":
      return {
        title,
        sentence: [`${BY_LENGTH}, to the first one ${reaches}. Its checksum is wrong, so it isn't unpacked.`],
      };
    case "stopped":
      return { title, sentence: [`${BY_LENGTH}, up to where it can't be read on. None before that holds it.`] };
    case "file":
      if (steps[index + 1] !== undefined) {
        return { title, sentence: [`No batch ${reaches} here; the next segment is read on.`] };
      }
      return { title, sentence: [`${BY_LENGTH}: none holds it.`] };
  }
}

function recordWords({ batch, number, timestampMs }: StepOf<"record">): StepWords {
  const { codec, sizeBytes, leaderEpoch, producerId, producerEpoch, crc, crcMatches, records } = batch;
  const facts = [
    codec === null || codec === "none" ? "not compressed" : codec,
    formatBytes(sizeBytes),
    ...(leaderEpoch === null || leaderEpoch < 0 ? [] : [`leader epoch ${leaderEpoch}`]),
    producerId === null ? "no producer id" : `producer ${producerId} epoch ${producerEpoch}`,
    ...(batch.transactional ? ["transactional"] : []),
  ].join(", ");
  const checked = crcMatches === null ? "was not checked" : crcMatches ? "agrees" : "does not agree";
  return {
    title: [`Record ${number} of ${records ?? "—"} in batch `, { number: batch.baseOffset ?? "0" }],
    sentence: [
      `The whole batch is read and unpacked: ${facts}. CRC-32C `,
      { mono: crc ?? "—" },
      ` ${checked}. The record's timestamp: `,
      { time: timestampMs },
      ".",
    ],
  };
}

function searched(probes: number, entries: number): string {
  return entries === 0 ? "no entries" : `${plural(probes, "probe")} in ${plural(entries, "entry", "entries")}`;
}

const MS = 1_000;

/** "5.9 ms", "41 ms", "1 s". */
export function tookText(micros: number): string {
  if (micros < MS / 20) return "< 0.1\u00a0ms";
  if (micros < 9.95 * MS) return `${(micros / MS).toFixed(1)}\u00a0ms`;
  return formatDuration(Math.round(micros / MS));
}
