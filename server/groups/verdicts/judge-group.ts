import type { GroupVerdict } from "#lib/contracts/groups.ts";
import type { GroupReading, TopicEnds } from "../group-reading.ts";
import type { GroupHistory } from "../observer/group-history.ts";

/** One group now and as it was: all that verdicts are worked out from. */
export interface GroupCase {
  readonly reading: GroupReading;
  /** By topic. */
  readonly ends: ReadonlyMap<string, TopicEnds>;
  /** Null: not sampled yet. */
  readonly history: GroupHistory | null;
  /** Whether what is left of a partition are markers and aborted messages; null: not looked into. */
  readonly nothingReadable: (topic: string, partition: number) => boolean | null;
  readonly nowMs: number;
}

/** Why a group lags, or what is odd about it, worst first. Pure; a healthy group has none. */
export function judgeGroup(_group: GroupCase): GroupVerdict[] {
  return [];
}
