import type { TailRow } from "#lib/contracts/message-row.ts";
import type { ClusterContext } from "../context.ts";
import type { Decoder } from "../reader/decoder-pool.ts";
import { fetchOnce } from "../reader/fetch-once.ts";
import type { Lens } from "../reader/lens.ts";
import { PartitionTable } from "../reader/partition-table.ts";

/** Of one partition, offsets from `from` (inclusive) to `to` (exclusive). */
export interface Stretch {
  readonly topic: string;
  readonly partition: number;
  readonly from: bigint;
  readonly to: bigint;
}

export interface StretchBounds {
  /** Messages; reading stops behind the last of them. */
  readonly limit: number;
  /** Stored bytes; one record batch comes whole, however large. */
  readonly maxBytes: number;
  readonly untilMs: number;
}

export interface ReadStretch {
  /** In order of offset, all within the stretch. */
  readonly rows: readonly TailRow[];
  readonly messages: number;
  /** Where reading goes on: `to` or beyond when all of it was read. */
  readonly next: bigint;
  readonly bytes: number;
}

const FETCH_BYTES = 1_048_576;

/**
 * Reads a stretch of a partition onwards, until its end, or until one of the bounds is reached.
 * @throws {ProblemError} as `fetchOnce`; cancelled
 */
export async function readStretch(
  ctx: Pick<ClusterContext, "reading" | "signal">,
  decoder: Decoder,
  lens: Lens,
  { topic, partition, from, to }: Stretch,
  { limit, maxBytes, untilMs }: StretchBounds,
): Promise<ReadStretch> {
  const rows: TailRow[] = [];
  let [at, messages, bytes] = [from, 0, 0];
  while (at < to && messages < limit && bytes < maxBytes && performance.now() < untilMs) {
    const table = new PartitionTable();
    const asked = { topic, partition, offset: at, maxBytes: FETCH_BYTES, isolation: lens.isolation };
    const chunk = await fetchOnce(ctx.reading, asked, table, ctx.signal);
    const size = chunk.bytes.byteLength;
    const [read] = await decoder.applyLenses(chunk, [{ lens, maxRows: limit - messages, keep: "first" }], ctx.signal);
    const next = read?.partitions[0]?.next ?? at;
    const within = rowsBefore(`[${read?.rows ?? ""}]`, to);
    rows.push(...within);
    messages += within.filter(Array.isArray).length;
    bytes += size;
    // Nothing more is there, whatever the high watermark was a moment ago.
    if (next <= at) break;
    at = next;
  }
  return { rows, messages, next: at, bytes };
}

/** The decoder's rows, of which the last batch may hold some beyond the stretch. */
function rowsBefore(json: string, to: bigint): TailRow[] {
  const rows: TailRow[] = JSON.parse(json);
  return rows.flatMap((row): TailRow[] => {
    if (BigInt(firstOffset(row)) >= to) return [];
    if (Array.isArray(row) || !("gap" in row) || BigInt(row.gap[2]) < to) return [row];
    return [{ ...row, gap: [row.gap[0], row.gap[1], (to - 1n).toString()] }];
  });
}

export function firstOffset(row: TailRow): string {
  if (Array.isArray(row)) return row[1];
  return "gap" in row ? row.gap[1] : row.problem[1];
}
