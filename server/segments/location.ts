import type { Damage } from "./damage.ts";
import type { OffsetEntry, Probe, TimeEntry } from "./sparse-index.ts";

/** A record as a look-up needs it. */
export interface FoundInBatch {
  readonly offset: bigint;
  readonly timestampMs: bigint;
  /** Which of the batch's records, from 1. */
  readonly number: number;
}

/** What is looked for. */
export type Target = { readonly offset: bigint } | { readonly timestampMs: bigint };

/**
 * Reads a whole batch: its first data record at or after an offset, or at or after a time.
 * @returns null when there is none in it
 */
export type ReadBatch = (bytes: Buffer, baseOffset: bigint, target: Target) => Promise<FoundInBatch | null>;

interface Cost {
  readonly bytesRead: number;
  readonly tookMicros: number;
}

export type Step =
  | ({
      readonly step: "segment";
      readonly segments: number;
      readonly baseOffset: bigint;
      readonly active: boolean;
      readonly looked: readonly { readonly baseOffset: bigint; readonly maxTimestampMs: bigint }[];
    } & Cost)
  | ({
      readonly step: "time-index";
      readonly file: string;
      readonly entries: number;
      readonly probes: readonly Probe<TimeEntry>[];
      readonly found: Probe<TimeEntry> | null;
    } & Cost)
  | ({
      readonly step: "offset-index";
      readonly file: string;
      readonly entries: number;
      /** The offset it was searched for; by time, what the time index says. */
      readonly wanted: bigint;
      readonly probes: readonly Probe<OffsetEntry>[];
      readonly found: Probe<OffsetEntry> | null;
    } & Cost)
  | ({
      readonly step: "scan";
      readonly file: string;
      readonly fromPosition: number;
      readonly batches: readonly ScannedBatch[];
      readonly scanned: number;
      readonly ended: ScanEnd;
    } & Cost)
  | ({ readonly step: "record"; readonly batch: FoundBatch; readonly record: FoundInBatch } & Cost);

/**
 * record: at the last one of its batches, which holds the record. file: with the file; none held it. checksum: at the last one
 * of its batches, which may hold it and whose checksum is wrong. stopped: at other damage, or a limit.
 */
export type ScanEnd = "record" | "file" | "checksum" | "stopped";

export interface ScannedBatch {
  readonly position: number;
  readonly baseOffset: bigint;
  readonly lastOffset: bigint;
  readonly sizeBytes: number;
}

/** The batch that holds the record: its bytes, for whoever describes it. */
export interface FoundBatch {
  readonly file: string;
  readonly position: number;
  readonly bytes: Buffer;
}

export interface Location {
  readonly steps: readonly Step[];
  readonly record: FoundInBatch | null;
  /** The target lies before the first segment. */
  readonly beforeStart: boolean;
  /** By the files: after the last batch; null unless the look-up went up to there. */
  readonly logEndOffset: bigint | null;
  /** The look-up ended at damage (or after too many batches), not at an answer: whether there is such a record isn't known. */
  readonly stopped: boolean;
  readonly damage: readonly Damage[];
  readonly bytesRead: number;
  readonly tookMicros: number;
}
