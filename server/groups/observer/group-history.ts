import type { GroupSummary, TimeLag } from "#lib/contracts/groups.ts";

export type LagTrend = NonNullable<GroupSummary["trend"]>;

/** One partition as a group's samples show it. Times are of this server's clock. */
export interface PartitionHistory {
  /** Since when it has been sampled. */
  readonly sinceMs: number;
  /** What the newest sample that was read had; null: no commit. */
  readonly newestCommitted: bigint | null;
  /** When the committed offset was last seen to move; null when it hasn't since `sinceMs`. */
  readonly lastMovedMs: number | null;
  /** Since when, without a break, there have been messages behind an unmoved committed offset that a reader may see; null: there are none. */
  readonly waitingSinceMs: number | null;
  /**
   * How long messages waited at most, in the last half to full hour, until the commit moved on while the members stayed the same: how
   * rarely it commits. Null: that was not seen.
   */
  readonly longestWaitMs: number | null;
  /** Since when the last stable offset has been below the high watermark and has not moved; null: it isn't, or does. */
  readonly transactionSinceMs: number | null;
  /**
   * From the committed offset, or the log start when that was further, up to here looks found nothing that a reader will see; null:
   * not looked, or they did.
   */
  readonly nothingReadableTo: bigint | null;
  /** The same from the committed offset on, whatever retention has deleted since; null: not looked that far back in time. */
  readonly nothingUnreadTo: bigint | null;
  /** Where a look found a message behind the committed offset, which may have been deleted since; null: not looked, or it didn't. */
  readonly readableAt: bigint | null;
  /** Messages a second over the last minute, as far as consumers moved the offset; null: too few samples since it was set, or moved back. */
  readonly committedPerSecond: number | null;
  readonly producedPerSecond: number | null;
  /** The lag at the newest sample that is at least this old; null: not read then, or not sampled so far back. */
  lagAgo(ageMs: number): bigint | null;
  /** Messages written, and committed past, between the newest sample and one this much older; null as `lagAgo`. */
  movedSince(ageMs: number): { readonly produced: bigint; readonly committed: bigint; readonly overMs: number } | null;
  /**
   * How old the message at `position` is, from when samples saw the high watermark pass it.
   * @param highWatermark as it was at `nowMs`, which is newer than the newest sample
   */
  timeLag(position: bigint, highWatermark: bigint, nowMs: number): TimeLag | null;
}

/**
 * What one group's samples tell. "Without a break": where it wasn't read for longer than a few steps, that time begins anew. All of it is
 * bounded, and gone with the process.
 */
export interface GroupHistory {
  /** Since when this group has been sampled. */
  readonly sinceMs: number;
  /** The newest sample in which it was read. */
  readonly newestMs: number;
  /** Since when it has had members without a break; null: it has none, or they can't be read. */
  readonly membersSinceMs: number | null;
  /** Since when it has had none; null: it has some, or they can't be read. */
  readonly memberlessSinceMs: number | null;
  /** Since when it has been stable and had a member without a partition; null: it isn't, or has none. */
  readonly idleSinceMs: number | null;
  /** Samples in which committed offsets had gone forward while it had no members, but not by Tailrace, and the newest of them. */
  readonly memberlessMoves: { readonly count: number; readonly newestMs: number } | null;
  /** Samples that saw it rebalance, or have another assignment or epoch than the one before, oldest first. */
  rebalancesSince(sinceMs: number): readonly number[];
  /** Whether some member subscribed to the topic when members last told; those of a classic group that rebalances don't. */
  isSubscribed(topic: string): boolean;
  partition(topic: string, partition: number): PartitionHistory | null;
  /** Over the hour that is sampled; null until there are two samples. @param topic of this one alone */
  trend(topic?: string): LagTrend | null;
}
