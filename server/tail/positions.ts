import type { TailFrames } from "#lib/contracts/tail.ts";
import { type CursorTopic, formatCursor } from "#lib/tail/cursor.ts";
import type { PartitionTable } from "../reader/partition-table.ts";

/** By place in the partition table, the next offset. */
export type Positions = ReadonlyMap<number, bigint>;

/** By id, the topics of a reading, with the number of partitions each had when it began. */
export type ReadTopics = ReadonlyMap<string, { readonly name: string; readonly partitions: number }>;

/** The whole table as `ready` tells it, with the offset that each partition is read from. */
export function describeTable(
  table: PartitionTable,
  positions: Positions,
  known: ReadTopics,
): Pick<TailFrames["ready"], "topics" | "partitions"> {
  const topics: TailFrames["ready"]["topics"] = [];
  const places = new Map<string, number>();
  const partitions: TailFrames["ready"]["partitions"] = [];
  const placeOf = (topicId: string, name: string, count: number) => {
    const place = places.get(topicId) ?? topics.push({ name, topicId, partitions: count }) - 1;
    places.set(topicId, place);
    return place;
  };
  for (const { topic, topicId, partition } of table) {
    // What this reading doesn't know was read by another, and is gone.
    const topicPlace = placeOf(topicId, topic, known.get(topicId)?.partitions ?? 0);
    partitions.push([topicPlace, partition, positions.get(partitions.length)?.toString() ?? null]);
  }
  for (const [topicId, { name, partitions: count }] of known) placeOf(topicId, name, count);
  return { topics, partitions };
}

/** Positions as a cursor that continues them. */
export function cursorOf(table: PartitionTable, positions: Positions, known: ReadTopics): string {
  const topics = new Map<string, CursorTopic & { readonly next: Map<number, string> }>();
  for (const [topicId, told] of known) topics.set(topicId, { topicId, ...told, next: new Map() });
  for (const [place, next] of positions) {
    const { topicId, partition } = table.at(place);
    topics.get(topicId)?.next.set(partition, next.toString());
  }
  return formatCursor({ topics: [...topics.values()] });
}

/** As frames write them. */
export function nextOf(positions: Iterable<readonly [number, bigint]>): [number, string][] {
  return Array.from(positions, ([place, next]) => [place, next.toString()]);
}
