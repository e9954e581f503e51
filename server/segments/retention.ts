import { MAX_DATE_MS } from "#lib/time.ts";

/** What decides what a broker deletes of a partition. */
export interface RetentionRules {
  /** `delete`, `compact`, both, or none. */
  readonly cleanupPolicy: string;
  /** -1: never by time. */
  readonly retentionMs: bigint;
  /** -1: never by size. */
  readonly retentionBytes: bigint;
}

/** What is needed of a segment; in order of base offsets, the last one active. */
export interface Deletable {
  readonly baseOffset: bigint;
  readonly sizeBytes: bigint;
  /** The largest; null: unknown, or without any record. */
  readonly maxTimestampMs: bigint | null;
}

/** How far the log reaches; null: unknown. */
export interface LogBounds {
  readonly logStartOffset: bigint | null;
  readonly highWatermark: bigint | null;
}

/** What deletes a segment next. */
export interface Goes {
  readonly because: "retention.ms" | "retention.bytes" | "log-start-offset";
  /** The broker's next check deletes it. */
  readonly dueNow: boolean;
  /** By time: when it may be deleted, if nothing is written to it meanwhile; null: due now, or as soon as more is written. */
  readonly atMs: number | null;
}

const NEVER = -1n;

/**
 * What goes next of a partition, as `UnifiedLog.deleteOldSegments` of Kafka decides: first what lies before the log start offset,
 * then what is too much, then what is too old; each from the oldest segment on, as far as its rule holds without a gap, and
 * nothing beyond the high watermark. Then, for what stays: what its rule will be.
 * @returns for each segment; null: nothing deletes it, or it can't be told
 */
export function whatGoes(
  segments: readonly Deletable[],
  { cleanupPolicy, retentionMs, retentionBytes }: RetentionRules,
  { logStartOffset, highWatermark }: LogBounds,
  nowMs: number,
): readonly (Goes | null)[] {
  const goes = segments.map((): Goes | null => null);
  const last = segments.length - 1;
  const deletes = cleanupPolicy.split(",").some((policy) => policy.trim() === "delete");
  let kept = 0;
  const take = (because: Goes["because"], wanted: (segment: Deletable, next: Deletable | undefined) => boolean) => {
    for (; kept < segments.length; kept++) {
      const segment = segments[kept];
      const next = segments[kept + 1];
      if (segment === undefined || !isBeneath(next, highWatermark) || !wanted(segment, next)) return;
      // An empty active segment stays.
      if (kept === last && segment.sizeBytes === 0n) return;
      goes[kept] = { because, dueNow: true, atMs: null };
    }
  };
  if (logStartOffset !== null) {
    take("log-start-offset", (_, next) => next !== undefined && next.baseOffset <= logStartOffset);
  }
  if (!deletes) return goes;
  if (retentionBytes > NEVER) {
    let tooMuch = segments.slice(kept).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0n) - retentionBytes;
    take("retention.bytes", ({ sizeBytes }) => {
      if (tooMuch - sizeBytes < 0n) return false;
      tooMuch -= sizeBytes;
      return true;
    });
  }
  if (retentionMs > NEVER) {
    take(
      "retention.ms",
      ({ maxTimestampMs }) => maxTimestampMs !== null && BigInt(nowMs) - maxTimestampMs > retentionMs,
    );
  }
  // Nothing goes before what is older than it.
  let earliest: bigint | null = BigInt(nowMs);
  for (let index = kept; index < segments.length; index++) {
    const segment = segments[index];
    if (segment === undefined || (index === last && segment.sizeBytes === 0n)) break;
    const { maxTimestampMs } = segment;
    earliest =
      retentionMs <= NEVER || maxTimestampMs === null || earliest === null
        ? null
        : laterOf(earliest, maxTimestampMs + retentionMs);
    const atMs = earliest === null ? null : dateOf(earliest);
    if (atMs !== null) goes[index] = { because: "retention.ms", dueNow: false, atMs };
    else if (retentionBytes > NEVER) goes[index] = { because: "retention.bytes", dueNow: false, atMs: null };
  }
  return goes;
}

/** All that is in it has been replicated. Of the active one nobody but the leader can tell: its end isn't looked at here. */
function isBeneath(next: Deletable | undefined, highWatermark: bigint | null): boolean {
  return next === undefined || highWatermark === null || highWatermark >= next.baseOffset;
}

function laterOf(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/** Null: no date is as late as `retention.ms` may say. */
function dateOf(ms: bigint): number | null {
  return ms > MAX_DATE_MS ? null : Number(ms);
}
