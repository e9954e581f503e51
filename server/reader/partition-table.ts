export interface TablePartition {
  readonly topic: string;
  /** As Kafka's tools print it (base64url). */
  readonly topicId: string;
  readonly partition: number;
}

/**
 * Partitions by their place, to which is only ever added: a place stands for a partition between fetch loop, decoder and
 * browser. A topic that is deleted and made again gets new places, since its id is another.
 */
export class PartitionTable {
  readonly #partitions: TablePartition[] = [];
  readonly #places = new Map<string, number>();

  get size(): number {
    return this.#partitions.length;
  }

  /** @throws {RangeError} when nothing has this place */
  at(place: number): TablePartition {
    const found = this.#partitions[place];
    if (found === undefined) throw new RangeError(`no partition has the place ${place}`);
    return found;
  }

  /** The place of a partition, new or known. */
  placeOf(partition: TablePartition): number {
    const key = `${partition.topicId}/${partition.partition}`;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#partitions.push(partition);
    this.#places.set(key, this.#partitions.length - 1);
    return this.#partitions.length - 1;
  }

  [Symbol.iterator](): IterableIterator<TablePartition> {
    return this.#partitions.values();
  }
}
