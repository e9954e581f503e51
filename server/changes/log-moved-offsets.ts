import { logger } from "../logger.ts";
import type { EndedPartition, IntendedPartition } from "./change.ts";

/** Container runtimes cut lines at 16 KiB: these stay below it, whatever their topics are called. */
const PER_LINE = 40;

/** What the lines of one change have in common. */
export interface MovedOffsetsEntry {
  readonly cluster: string;
  readonly requestId: string;
  /** Of the change in the change log; null when it isn't there. */
  readonly id: string | null;
  readonly action: string;
}

/**
 * From where to where each partition shall be moved, 40 a line, on stdout: where there is no change log, this alone keeps where they
 * were. Null: no commit. Commits' metadata and leader epochs are in the change log only.
 */
export function logIntendedOffsets(entry: MovedOffsetsEntry, partitions: readonly IntendedPartition[]): void {
  logInLines(
    { ...entry, phase: "intent" },
    partitions.map(({ topic, partition, before, after }) => ({
      ...{ topic, partition, from: before?.offset ?? null, to: after?.offset ?? null },
    })),
  );
}

/** What became of each; `readBack` where that isn't what it was to be moved to. */
export function logEndedOffsets(
  entry: MovedOffsetsEntry & { readonly phase: string },
  partitions: readonly EndedPartition[],
): void {
  logInLines(
    entry,
    partitions.map(({ topic, partition, outcome, after }) => ({
      ...{ topic, partition, outcome },
      ...(after !== undefined && { readBack: after?.offset ?? null }),
    })),
  );
}

function logInLines(entry: MovedOffsetsEntry & { readonly phase: string }, offsets: readonly object[]): void {
  const lines = Math.ceil(offsets.length / PER_LINE);
  for (let line = 1; line <= lines; line++) {
    const some = offsets.slice((line - 1) * PER_LINE, line * PER_LINE);
    logger.info({ change: { ...entry, line, lines, offsets: some } }, `${entry.action}: offsets`);
  }
}
