import type { PlannedMove } from "#lib/contracts/offset-resets.ts";
import type { ClusterContext } from "../../context.ts";
import { exactTimeLag, type MessageTimes } from "../observer/exact-time-lag.ts";

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

function timesAt(
  ctx: ClusterContext,
  moves: readonly PlannedMove[],
  end: "from" | "to",
): MessageTimes | Promise<MessageTimes> {
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
  return wanted.length === 0 ? new Map() : exactTimeLag(ctx, wanted, ctx.signal);
}
