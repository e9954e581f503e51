import type { RecordedChange } from "#lib/contracts/changes.ts";

const ofOffsets = new Set<RecordedChange["action"]>(["reset-offsets", "delete-group", "delete-group-offsets"]);

/**
 * Why a change can't be taken back, in a sentence; null when it can.
 * @param uncertain it failed for its caller, but may have happened
 * @param beforeIsKnown all of its intent is on record
 */
export function whyNotUndoable(
  { action, state, partitionCount }: Pick<RecordedChange, "action" | "state" | "partitionCount">,
  uncertain: boolean,
  beforeIsKnown: boolean,
): string | null {
  if (!ofOffsets.has(action)) return "Only changes of committed offsets can be taken back.";
  if (state === "failed" && !uncertain) return "It failed before anything was changed: there is nothing to take back.";
  if (partitionCount === 0) return "It changed no committed offset: there is nothing to take back.";
  if (!beforeIsKnown) return "Parts of its record are missing: what was there before isn't known of every partition.";
  return null;
}
