import type { SegmentDamage } from "#lib/contracts/segments.ts";
import { MAX_FINDINGS, VERIFY_BYTES_PER_SECOND } from "#lib/contracts/verifications.ts";
import { formatBytes, formatCount, formatDuration, plural } from "#lib/format.ts";
import { checkedSoFar, type Verification } from "./verification.ts";
import type { ScopedReplica, VerificationScope } from "./verification-run.ts";

const MAX_RATE = BigInt(VERIFY_BYTES_PER_SECOND);

/** "Verify 87 segments on 3 brokers, 82.8 GiB"; "Verify 29 segments on broker 1, 27.6 GiB". */
export function verifyButtonText({ replicas }: VerificationScope): string {
  const segments = replicas.reduce((sum, one) => sum + one.segments, 0);
  const [first] = replicas;
  const where = replicas.length === 1 ? `broker ${first?.brokerId}` : plural(replicas.length, "broker");
  return `Verify ${plural(segments, "segment")} on ${where}, ${formatBytes(bytesOf(replicas))}`;
}

export function bytesOf(replicas: readonly ScopedReplica[]): bigint {
  return replicas.reduce((sum, { bytes }) => sum + bytes, 0n);
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

/** How the verification of one replica turned out; null while it is under way, before it, or where it broke off. */
export function verdictOf(state: Verification): Verdict | null {
  const { phase, end } = state;
  const wrong = wrongOf(state);
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
    sentence: away === "" ? "Everything was read to its end." : away.trimStart(),
  };
}

/** Findings; what the broker took away meanwhile is none. */
export function wrongOf({ end, findings }: Pick<Verification, "end" | "findings">): number {
  return Math.max(0, (end?.findings ?? findings.length) - goneOf(findings));
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
