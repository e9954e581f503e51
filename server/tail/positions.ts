import type { TailFrames } from "#lib/contracts/tail.ts";
import { type CursorTopic, formatCursor } from "#lib/tail/cursor.ts";
import type { PartitionTable } from "../reader/partition-table.ts";

/** By place in the partition table, the next offset. */
export type Positions = ReadonlyMap<number, bigint>;

/** A partition that appeared since is read from its beginning. */
const FROM_THE_BEGINNING = "0";

/** The whole table as `ready` tells it, with the offset that each partition is read from. */
export function describeTable(
  table: PartitionTable,
  positions: Positions,
): Pick<TailFrames["ready"], "topics" | "partitions"> {
  const topics: { name: string; topicId: string }[] = [];
  const places = new Map<string, number>();
  const partitions: [number, number, string][] = [];
  for (const { topic, topicId, partition } of table) {
    const topicPlace = places.get(topicId) ?? topics.push({ name: topic, topicId }) - 1;
    places.set(topicId, topicPlace);
    partitions.push([topicPlace, partition, positions.get(partitions.length)?.toString() ?? FROM_THE_BEGINNING]);
  }
  return { topics, partitions };
}

/** Positions as a cursor that continues them. */
export function cursorOf(table: PartitionTable, positions: Positions): string {
  const topics = new Map<string, { readonly name: string; readonly next: Map<number, string> }>();
  for (const [place, next] of positions) {
    const { topic, topicId, partition } = table.at(place);
    const entry = topics.get(topicId) ?? { name: topic, next: new Map<number, string>() };
    topics.set(topicId, entry);
    entry.next.set(partition, next.toString());
  }
  return formatCursor({ topics: [...topics].map(([topicId, entry]): CursorTopic => ({ topicId, ...entry })) });
}

/** As frames write them. */
export function nextOf(positions: Iterable<readonly [number, bigint]>): [number, string][] {
  return Array.from(positions, ([place, next]) => [place, next.toString()]);
}
