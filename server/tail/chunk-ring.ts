import type { FetchedChunk } from "../reader/fetched-chunk.ts";
import type { Positions } from "./positions.ts";

/** What a hub keeps for viewers who are about to reach it. */
const RING_BYTES = 8 * 1024 * 1024;
/** A viewer farther behind than this reads on by themselves a little longer. */
export const MAX_REPLAY_BYTES = 2 * 1024 * 1024;

/** The newest chunks of a hub. Of each partition it holds all offsets from some one on. */
export class ChunkRing {
  readonly #maxBytes: number;
  #chunks: FetchedChunk[] = [];
  #bytes = 0;
  /** By place, the first offset that is still here. */
  readonly #starts = new Map<number, bigint>();

  constructor(maxBytes = RING_BYTES) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** What lies before `from` is not here: the partition is new, or offsets were skipped. */
  begin(place: number, from: bigint): void {
    this.#starts.set(place, from);
  }

  forget(place: number): void {
    this.#starts.delete(place);
  }

  push(chunk: FetchedChunk): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.bytes.byteLength;
    let dropped = 0;
    while (this.#bytes > this.#maxBytes && dropped < this.#chunks.length) {
      const oldest = this.#chunks[dropped++];
      this.#bytes -= oldest?.bytes.byteLength ?? 0;
      for (const { place, next } of oldest?.partitions ?? []) {
        if ((this.#starts.get(place) ?? next) < next) this.#starts.set(place, next);
      }
    }
    if (dropped > 0) this.#chunks = this.#chunks.slice(dropped);
  }

  /** The chunks a viewer at `positions` still has to see, oldest first; null when some are gone, or they are too many. */
  since(positions: Positions): readonly FetchedChunk[] | null {
    for (const [place, start] of this.#starts) {
      const position = positions.get(place);
      if (position === undefined || position < start) return null;
    }
    const wanted = this.#chunks.filter(({ partitions }) =>
      partitions.some(({ place, next }) => next > (positions.get(place) ?? 0n)),
    );
    const bytes = wanted.reduce((sum, chunk) => sum + chunk.bytes.byteLength, 0);
    return bytes > MAX_REPLAY_BYTES ? null : wanted;
  }
}
