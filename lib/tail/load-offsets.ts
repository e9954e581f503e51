import { call } from "../api-client.ts";
import type { EndpointOutput } from "../contracts/endpoint.ts";
import type { TailRow } from "../contracts/message-row.ts";
import { listMessages, MAX_PAGE } from "../contracts/messages.ts";
import type { TailSearch } from "./tail-client.ts";
import type { OffsetRange } from "./tail-entry.ts";
import { isMessage } from "./tail-entry.ts";
import type { PlacedPartition } from "./tail-positions.ts";

/** One click loads at most so many; what is left can be loaded by the next. */
const LOAD_LIMIT = 2_000;
/** Pages that match little are short: so many are asked for before the click ends. */
const MAX_PAGES = 40;

/** What pages know too of what is wanted of a message. */
const FILTERS = ["contains", "without", "case", "key", "header", "keyAs", "valueAs", "isolation"] as const;

interface LoadOptions {
  readonly cluster: string;
  readonly search: TailSearch;
  readonly partitions: readonly PlacedPartition[];
  /** Left out: what the list shows already. */
  readonly isShown: (place: number, offset: string) => boolean;
  readonly signal: AbortSignal;
  readonly baseUrl?: string;
}

export interface LoadedOffsets {
  /** In the order of each partition; between partitions by time. */
  readonly rows: readonly TailRow[];
  /** What one click was not enough for. */
  readonly left: readonly OffsetRange[];
}

/**
 * Reads offsets that a tail passed over, with the tail's own filters.
 * @throws {ProblemError} as listMessages; topic-not-found, too, when a new topic has the name now
 */
export async function loadOffsets(ranges: readonly OffsetRange[], options: LoadOptions): Promise<LoadedOffsets> {
  const { cluster, search, partitions, isShown, signal, baseUrl } = options;
  const filters = Object.fromEntries(
    FILTERS.flatMap((name) => (search[name] === undefined ? [] : [[name, search[name]]])),
  );
  const lists: TailRow[][] = [];
  const left: OffsetRange[] = [];
  let [rows, pages] = [0, 0];
  for (const [place, from, to] of ranges) {
    const partition = partitions[place];
    if (partition === undefined) continue;
    const until = String(BigInt(to) + 1n);
    const list: TailRow[] = [];
    lists.push(list);
    let next: string | null = from;
    while (next !== null && BigInt(next) < BigInt(until)) {
      if (rows >= LOAD_LIMIT || pages >= MAX_PAGES) {
        left.push([place, next, to]);
        break;
      }
      pages += 1;
      const page: EndpointOutput<typeof listMessages> = await call(
        listMessages,
        {
          cluster,
          topic: partition.topic,
          query: {
            ...filters,
            topicId: partition.topicId,
            partition: String(partition.partition),
            offset: next,
            until,
            limit: Math.min(MAX_PAGE, LOAD_LIMIT),
          },
        },
        { signal, ...(baseUrl !== undefined && { baseUrl }) },
      );
      for (const row of page.rows) {
        if (isMessage(row) && isShown(place, row[1])) continue;
        list.push(atPlace(row, place));
        rows += 1;
      }
      next = page.next;
    }
  }
  return { rows: mergeByTime(lists), left };
}

/** A page's rows are all at place 0. */
function atPlace(row: TailRow, place: number): TailRow {
  const mark = Array.isArray(row) ? row : "gap" in row ? row.gap : row.problem;
  mark[0] = place;
  return row;
}

/** Keeps each list's order, and takes the oldest of what is first in them. */
function mergeByTime(lists: readonly (readonly TailRow[])[]): TailRow[] {
  const heads = lists.map(() => 0);
  const merged: TailRow[] = [];
  for (;;) {
    let oldest = -1;
    let oldestMs = Number.POSITIVE_INFINITY;
    for (const [index, list] of lists.entries()) {
      const row = list[heads[index] ?? 0];
      if (row === undefined) continue;
      const ms = isMessage(row) ? Number(row[2]) : Number.NEGATIVE_INFINITY;
      if (oldest === -1 || ms < oldestMs) [oldest, oldestMs] = [index, ms];
    }
    const row = lists[oldest]?.[heads[oldest] ?? 0];
    if (row === undefined) return merged;
    merged.push(row);
    heads[oldest] = (heads[oldest] ?? 0) + 1;
  }
}
