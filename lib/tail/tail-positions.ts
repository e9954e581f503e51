import type { TailFrames } from "../contracts/tail.ts";
import { type CursorTopic, formatCursor } from "./cursor.ts";

export interface PlacedPartition {
  readonly topic: string;
  readonly topicId: string;
  readonly partition: number;
}

type Next = TailFrames["messages"]["next"];

/**
 * The partitions of a tail over all its streams, and the next offset of each: what a reconnect continues from. Each stream
 * numbers partitions anew; here a partition keeps its place for as long as the page shows rows of it.
 */
export class TailPositions {
  readonly #partitions: PlacedPartition[] = [];
  readonly #places = new Map<string, number>();
  readonly #next: string[] = [];
  readonly #first: string[] = [];
  /** By topic id, as streams told them. */
  readonly #topics = new Map<string, { readonly name: string; readonly partitions: number }>();
  #told = false;
  /** By place in the stream that is open, the place here; null where they are the same, so that rows need no change. */
  #translation: number[] = [];
  /** Places in the stream that is open whose first offset was told. */
  #placed = new Set<number>();
  #same = true;

  get partitions(): readonly PlacedPartition[] {
    return this.#partitions;
  }

  /** By place, the next offset that will be read. */
  get next(): readonly string[] {
    return this.#next;
  }

  /** By place, the first offset that was ever read. */
  get first(): readonly string[] {
    return this.#first;
  }

  /** How many offsets were passed since the beginning. */
  get passed(): bigint {
    return this.#next.reduce((sum, next, place) => sum + BigInt(next) - BigInt(this.#first[place] ?? next), 0n);
  }

  /** A new stream: its first table sets every position it names; later ones only add. */
  beginStream(): void {
    this.#translation = [];
    this.#placed = new Set();
    this.#same = true;
  }

  adopt({ topics, partitions }: TailFrames["ready"]): void {
    this.#told = true;
    for (const { name, topicId, partitions: count } of topics) this.#topics.set(topicId, { name, partitions: count });
    for (const [place, [topicPlace, partition, first]] of partitions.entries()) {
      const topic = topics[topicPlace];
      if (topic === undefined || this.#placed.has(place)) continue;
      const here = this.#placeOf({ topic: topic.name, topicId: topic.topicId, partition });
      this.#translation[place] = here;
      if (here !== place) this.#same = false;
      if (first === null) continue;
      this.#placed.add(place);
      this.#next[here] = first;
      this.#first[here] ??= first;
    }
  }

  /** The place here of a stream's place. */
  translate(place: number): number {
    return this.#same ? place : (this.#translation[place] ?? place);
  }

  /** True while the open stream's places are the places here. */
  get untranslated(): boolean {
    return this.#same;
  }

  /** With the stream's own places. */
  advance(next: Next): void {
    for (const [place, offset] of next) this.#next[this.translate(place)] = offset;
  }

  /** Null before a stream told its partitions. `overrides`: other offsets, by place here. */
  cursor(overrides: ReadonlyMap<number, string> = new Map()): string | null {
    if (!this.#told) return null;
    const topics = new Map<string, CursorTopic & { readonly next: Map<number, string> }>();
    for (const [topicId, told] of this.#topics) topics.set(topicId, { topicId, ...told, next: new Map() });
    for (const [place, { topicId, partition }] of this.#partitions.entries()) {
      const offset = overrides.get(place) ?? this.#next[place];
      if (offset !== undefined) topics.get(topicId)?.next.set(partition, offset);
    }
    return formatCursor({ topics: [...topics.values()] });
  }

  #placeOf(partition: PlacedPartition): number {
    const key = `${partition.topicId}/${partition.partition}`;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place = this.#partitions.push(partition) - 1;
    this.#places.set(key, place);
    return place;
  }
}
