import type { PartitionPosition, Trouble } from "./partition-position.ts";
import type { ReaderEvent } from "./reader-event.ts";
import { isLasting } from "./waiting.ts";

/** How far whoever takes a reader's events has come, and how far that is behind. */
export class HandedOut {
  readonly #next = new Map<number, bigint>();

  /** By place, the offset after the last one that was handed out. */
  get positions(): ReadonlyMap<number, bigint> {
    return this.#next;
  }

  take(event: ReaderEvent): void {
    switch (event.kind) {
      case "partitions":
        for (const { place, from } of event.added) this.#next.set(place, from);
        break;
      case "chunk":
        for (const { place, next } of event.chunk.partitions) this.#next.set(place, next);
        break;
      case "gap":
        this.#next.set(event.place, event.to);
        break;
      case "gone":
        for (const place of event.places) this.#next.delete(place);
        break;
      case "waiting":
        break;
    }
  }

  /** Offsets between what was handed out and the ends of these partitions; null while one of them is unknown, or in trouble. */
  behind(positions: Iterable<PartitionPosition>): bigint | null {
    let behind = 0n;
    for (const position of positions) {
      const one = this.#behindOf(position);
      if (one === null) return null;
      behind += one;
    }
    return behind;
  }

  /**
   * The same of the partitions that can be read: one that has not been readable for a while, and was told of as such, isn't
   * counted. Null when there are only such, or one is unknown that may be readable in a moment.
   * @param ownerTrouble what keeps the loop that reads it from reading anything
   */
  readableBehind(
    positions: Iterable<PartitionPosition>,
    ownerTrouble: (position: PartitionPosition) => Pick<Trouble, "why" | "sinceMs"> | null,
  ): bigint | null {
    const all = [...positions];
    const readable = all.filter((position) => {
      const trouble = position.trouble ?? ownerTrouble(position);
      return trouble === null || !isLasting(trouble);
    });
    return all.length > 0 && readable.length === 0 ? null : this.behind(readable);
  }

  #behindOf({ place, end, start, trouble }: PartitionPosition): bigint | null {
    const next = place === null ? undefined : this.#next.get(place);
    if (next === undefined || end === null || start !== null || trouble !== null) return null;
    return end > next ? end - next : 0n;
  }
}
