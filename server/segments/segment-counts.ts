import { type CountedSegment, countSegment } from "./count-segment.ts";
import type { SegmentPlace } from "./open-segment.ts";
import { FenceError, type PartitionDirectory } from "./partition-directory.ts";
import { segmentFileName } from "./segment-names.ts";

/** A page of a table asks for thirty at a time; some hundred bytes each. */
const MAX_KEPT = 2_000;
/** A segment of 1 GiB with small batches is read whole for it: as many at a time as leave the disk to the broker. */
const AT_A_TIME = 2;

/** Counts of segments, kept as long as their file is the same; few are made at a time, the others wait. */
export class SegmentCounts {
  /** By file, oldest first. */
  readonly #kept = new Map<string, CountedSegment>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** @throws {FenceError} when the log can't be opened; the signal's reason */
  async get(directory: PartitionDirectory, place: SegmentPlace, signal: AbortSignal): Promise<CountedSegment> {
    const name = segmentFileName(place.baseOffset, "log");
    const stats = await directory.stat(name);
    if (stats === null) throw new FenceError("vanished", `${name} isn't there.`);
    const key = `${directory.path}/${name} ${stats.ino} ${stats.size} ${stats.mtimeMs}`;
    await this.#turn(signal);
    try {
      const known = this.#kept.get(key);
      const counted = known ?? (await countSegment(directory, place.baseOffset, place.active, signal));
      this.#keep(key, counted);
      return known === undefined ? counted : { ...counted, bytesRead: 0 };
    } finally {
      this.#running--;
      for (const wake of this.#waiting.splice(0)) wake();
    }
  }

  #keep(key: string, counted: CountedSegment): void {
    this.#kept.delete(key);
    this.#kept.set(key, counted);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }

  async #turn(signal: AbortSignal): Promise<void> {
    while (this.#running >= AT_A_TIME) {
      signal.throwIfAborted();
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
        signal.addEventListener("abort", () => resolve(), { once: true });
      });
    }
    signal.throwIfAborted();
    this.#running++;
  }
}
