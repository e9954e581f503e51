import type { SegmentDamage } from "#lib/contracts/segments.ts";
import { MAX_FINDINGS, VERIFY_BYTES_PER_SECOND } from "#lib/contracts/verifications.ts";
import { formatBytes, formatCount, formatDuration, plural } from "#lib/format.ts";
import { checkedSoFar, isUnderWay, paceOf, type Verification } from "./verification.ts";

const MAX_RATE = BigInt(VERIFY_BYTES_PER_SECOND);

/** "Verify 29 segments, 27.6 GiB". */
export function verifyButtonText(segments: number, bytes: bigint): string {
  return `Verify ${plural(segments, "segment")}, ${formatBytes(bytes)}`;
}

/** "at most 128 MiB a second, so at least 3 min 41 s". */
export function paceText(bytes: bigint): string {
  const rate = `at most ${formatBytes(MAX_RATE)} a second`;
  const seconds = bytes / MAX_RATE;
  return seconds === 0n ? rate : `${rate}, so at least ${formatDuration(seconds * 1_000n)}`;
}

export interface Verdict {
  /** sound: nothing is wrong in what was read. damage: something is. unfinished: not everything was read, nothing wrong so far. */
  readonly tone: "sound" | "damage" | "unfinished";
  readonly title: string;
  readonly sentence: string;
}

/** How a verification that is over turned out; null while it is under way, or before the first. */
export function verdictOf(state: Verification): Verdict | null {
  const { phase, end, findings } = state;
  const wrong = Math.max(0, (end?.findings ?? findings.length) - goneOf(findings));
  const found = `${plural(wrong, "finding")}`;
  if (phase === "cancelled") {
    return {
      tone: wrong > 0 ? "damage" : "unfinished",
      title: wrong > 0 ? `Cancelled, ${found} so far` : "Cancelled",
      sentence:
        state.bytes === null
          ? "It had not begun."
          : `${formatBytes(state.bytesDone)} of ${formatBytes(state.bytes)} were read. What comes after was not checked.`,
    };
  }
  if (phase !== "ended" || end === null) return null;
  const away =
    end.vanished === 0
      ? ""
      : ` ${plural(end.vanished, "segment")} went away while ${end.vanished === 1 ? "it was" : "they were"} read, because the broker deleted, compacted or cut ${end.vanished === 1 ? "it" : "them"}: not checked to the end.`;
  if (end.how === "stopped") {
    return {
      tone: wrong > 0 ? "damage" : "unfinished",
      title: wrong > 0 ? `Stopped after ${found}` : "Stopped before its end",
      sentence:
        wrong >= MAX_FINDINGS
          ? `With ${formatCount(MAX_FINDINGS)} findings the replica is broken as a whole; the rest was not read.`
          : `The server could not go on, or is shutting down. What it read until then is told below.${away}`,
    };
  }
  if (wrong === 0) {
    return {
      tone: "sound",
      title: "Nothing wrong was found",
      sentence: `Every checksum, every offset and every index entry that was read is as it should be.${away}`,
    };
  }
  return {
    tone: "damage",
    title: `${found}`,
    sentence: `${away === "" ? "Everything was read to its end." : away.trimStart()} Verify the other replicas before anything is repaired: what was lost here can be had from a sound one.`,
  };
}

function goneOf(findings: readonly SegmentDamage[]): number {
  return findings.filter(({ kind }) => kind === "vanished").length;
}

/** "2 findings, 1 file that went away": what the broker took away meanwhile is told, and is nothing wrong. */
export function findingsText(findings: readonly SegmentDamage[]): string {
  const gone = goneOf(findings);
  return [
    ...(findings.length > gone ? [plural(findings.length - gone, "finding")] : []),
    ...(gone > 0 ? [plural(gone, "file that went away", "files that went away")] : []),
  ].join(", ");
}

/** "29 of 29 segments · 27.6 GiB · 1,203 batches · 44,440,253 records · 89,220 index entries". */
export function countsText(state: Verification): string {
  const { batches, records, indexEntries } = checkedSoFar(state);
  const { segments, end } = state;
  return [
    ...(end === null || segments === null ? [] : [`${formatCount(end.segments)} of ${plural(segments, "segment")}`]),
    formatBytes(state.bytesDone),
    plural(batches, "batch", "batches"),
    plural(records, "record"),
    plural(indexEntries, "index entry", "index entries"),
  ].join(" · ");
}

/** Beside the tab's name, so that it is seen from the other tab; undefined before the first verification. */
export function tabWord(state: Verification): string | undefined {
  if (state.phase === "idle") return undefined;
  if (isUnderWay(state)) {
    const { permille } = paceOf(state);
    return permille === null ? "waiting" : `${Math.floor(permille / 10)}%`;
  }
  if (state.phase === "broken") return "broken off";
  const verdict = verdictOf(state);
  if (verdict?.tone === "damage") return plural(state.findings.length - goneOf(state.findings), "finding");
  return state.phase === "cancelled" ? "cancelled" : verdict?.tone === "sound" ? "nothing wrong" : "stopped";
}
