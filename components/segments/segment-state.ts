import type { GlyphShape } from "#components/ui/glyph.tsx";
import type { Retention, Segment } from "#lib/contracts/segments.ts";
import { formatDuration, plural } from "#lib/format.ts";
import { formatDateTime, type Zone } from "#lib/time.ts";

/** What is the matter with a segment, in a few words. */
export interface SegmentState {
  readonly word: string;
  /** The whole of it. */
  readonly sentence: string;
  /** quiet: a thing at rest. */
  readonly tone: "crit" | "warn" | "accent" | "quiet";
  readonly glyph?: GlyphShape;
}

interface Clock {
  readonly zone: Zone;
  readonly nowMs: number;
}

/** The most pressing first; empty: nothing is to be said of it. */
export function segmentStates(segment: Segment, retention: Retention | null, clock: Clock): readonly SegmentState[] {
  const { active, goes, compacted, damage, sizeBytes } = segment;
  const [first] = damage;
  return [
    first !== undefined && {
      word: damage.length === 1 ? "damaged" : `damaged, ${plural(damage.length, "finding")}`,
      sentence: first.detail,
      tone: "crit" as const,
      glyph: "octagon" as const,
    },
    goes?.dueNow === true && dueState(goes.because, retention?.checkIntervalMs ?? null),
    active && {
      word: "active",
      sentence: "The broker writes to it. It rolls at segment.bytes or segment.ms.",
      tone: "accent" as const,
    },
    !active &&
      sizeBytes === "0" && {
        word: "empty",
        sentence: "No batch is left in it; its file stays until it is deleted or merged.",
        tone: "quiet" as const,
      },
    compacted === true && {
      word: "cleaned",
      sentence: "Wholly before the offset up to which compaction has been.",
      tone: "quiet" as const,
    },
    compacted === false &&
      !active && {
        word: "not yet cleaned",
        sentence: "Compaction hasn't been here yet, or not up to its end.",
        tone: "quiet" as const,
      },
    goes?.dueNow === false && !active && laterState(goes, clock),
  ].filter((state) => state !== false);
}

type Goes = NonNullable<Segment["goes"]>;

function dueState(because: Goes["because"], checkIntervalMs: string | null): SegmentState {
  const check = checkIntervalMs === null ? "goes at the next check" : `goes within ${formatDuration(checkIntervalMs)}`;
  const [past, why] = {
    "retention.ms": ["past retention", "All of it is older than retention.ms."],
    "retention.bytes": ["over size", "Without it, the partition is still as large as retention.bytes."],
    "log-start-offset": ["below start", "All of it is below the log start offset: no one can read it any more."],
  }[because];
  return {
    word: `${past}, ${check}`,
    sentence: `${why} The broker's next check for retention deletes it.`,
    tone: "warn",
    glyph: "triangle",
  };
}

function laterState({ because, atMs }: Goes, { zone, nowMs }: Clock): SegmentState {
  if (atMs === null) {
    return {
      word: "goes by size",
      sentence: `The oldest by ${because}: it goes as soon as enough is written after it.`,
      tone: "quiet",
    };
  }
  return {
    word: atMs > nowMs ? `goes in ${formatDuration(inWhole(atMs - nowMs))}` : "goes at the next check",
    sentence: `At ${formatDateTime(atMs, zone)} ${zone} by ${because}, counted from its largest timestamp.`,
    tone: "quiet",
  };
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** From so many units on the smaller ones are left out, which a narrow column has no room for; the sentence has the moment. */
const MANY = 10;

function inWhole(ms: number): number {
  const unit = [HOUR_MS, MINUTE_MS].find((one) => ms >= MANY * one && ms < 24 * HOUR_MS) ?? 1;
  return Math.floor(ms / unit) * unit;
}
