import type { PlannedMove } from "#lib/contracts/offset-resets.ts";
import type { ClusterContext } from "../../context.ts";
import { exactTimeLag, type MessageTimes } from "../observer/exact-time-lag.ts";

/** A plan is shown without the times that take longer. */
const LOOK_MS = 4_000;

/**
 * The same moves with the times of the messages where they go from and to, of those that move most: looked up within a bound, null
 * beyond it, and where there is no message.
 * @throws {ProblemError} cancelled
 */
export async function withMessageTimes(ctx: ClusterContext, moves: readonly PlannedMove[]): Promise<PlannedMove[]> {
  const [atFrom, atTo] = await Promise.all([timesAt(ctx, moves, "from"), timesAt(ctx, moves, "to")]);
  return moves.map((move) => {
    if (move.direction === "none") return move;
    const { topic, partition } = move;
    return {
      ...move,
      fromTimestampMs: atFrom.get(topic)?.get(partition) ?? null,
      toTimestampMs: atTo.get(topic)?.get(partition) ?? null,
    };
  });
}

async function timesAt(ctx: ClusterContext, moves: readonly PlannedMove[], end: "from" | "to"): Promise<MessageTimes> {
  const wanted = moves.flatMap((move) => {
    const { topic, partition, direction, difference, logStartOffset, highWatermark } = move;
    const text = move[end];
    if (direction === "none" || text === null || logStartOffset === null || highWatermark === null) return [];
    const committed = BigInt(text);
    if (committed < BigInt(logStartOffset) || committed >= BigInt(highWatermark)) return [];
    // A first commit comes from nowhere: it counts by what it leaves to be read.
    const distance = difference === null ? BigInt(highWatermark) - committed : BigInt(difference);
    return [{ topic, partition, committed, lag: distance < 0n ? -distance : distance }];
  });
  if (wanted.length === 0) return new Map();
  const late = AbortSignal.timeout(LOOK_MS);
  try {
    return await exactTimeLag(ctx, wanted, AbortSignal.any([ctx.signal, late]));
  } catch (error) {
    if (ctx.signal.aborted || !late.aborted) throw error;
    return new Map();
  }
}
