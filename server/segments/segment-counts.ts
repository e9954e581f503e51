import { Turns } from "#lib/turns.ts";
import { type CountedSegment, type CountProgress, countSegment } from "./count-segment.ts";
import type { SegmentPlace } from "./open-segment.ts";
import { FenceError, type PartitionDirectory } from "./partition-directory.ts";
import { segmentFileName } from "./segment-names.ts";

/** A page of a table asks for thirty at a time; some hundred bytes each. */
const MAX_KEPT = 2_000;
/** A segment of 1 GiB with small batches is read whole for it: as many at a time as leave the disk to the broker. */
const AT_A_TIME = 2;
/** What one request reads. With small batches 1 GiB takes four of them, with large ones, which are hopped over, one. */
const MAX_BYTES_A_REQUEST = 256 * 1024 * 1024;
/** Where a disk is slow: no request is held open for longer, and none runs into its deadline. */
const MAX_MS_A_REQUEST = 2_000;

/** Pages that were rendered a moment apart ask for other sizes of the active segment: none makes it be counted from its start. */
const MAX_STAGES = 4;

/** Counts of segments, kept as far as they came; few are made at a time, the others wait. */
export class SegmentCounts {
  /** By file, least recently asked for first; of each the newest stages, shortest first. */
  readonly #kept = new Map<string, readonly CountProgress[]>();
  readonly #turns = new Turns(AT_A_TIME);
  readonly #maxBytes: number;
  readonly #maxMs: number;

  constructor({ maxBytes = MAX_BYTES_A_REQUEST, maxMs = MAX_MS_A_REQUEST } = {}) {
    this.#maxBytes = maxBytes;
    this.#maxMs = maxMs;
  }

  /**
   * Counts on from where the last call came to, as far as one request may; of a file that isn't the same any more, anew. Who
   * leaves ends it; what was counted by then is kept.
   * @param upTo only the batches that end within so many bytes of the log, as it was listed; without it, all there are by now
   * @throws {FenceError} when the log can't be opened; the signal's reason
   */
  async get(
    directory: PartitionDirectory,
    place: SegmentPlace,
    signal: AbortSignal,
    upTo = Number.POSITIVE_INFINITY,
  ): Promise<CountedSegment> {
    const name = segmentFileName(place.baseOffset, "log");
    const key = `${directory.path}/${name}`;
    return this.#turns.take(signal, async () => {
      const stats = await directory.stat(name);
      if (stats === null) throw new FenceError("vanished", `${name} isn't there.`);
      const wanted = Math.min(upTo, stats.size);
      const known = this.#kept.get(key)?.findLast(({ sums }) => sums.position <= wanted);
      if (known !== undefined && isSettled(known, stats, wanted)) {
        this.#keep(key, known);
        return { ...known.counted, bytesRead: 0 };
      }
      const startedMs = performance.now();
      return countSegment(directory, place, signal, {
        from: known,
        upTo: wanted,
        isEnough: (bytesRead) => bytesRead >= this.#maxBytes || performance.now() - startedMs >= this.#maxMs,
        keep: (progress) => this.#keep(key, progress),
      });
    });
  }

  #keep(key: string, progress: CountProgress): void {
    const { inode, sizeBytes } = progress.file;
    const others = (this.#kept.get(key) ?? []).filter(
      ({ file, sums: { position } }) =>
        file.inode === inode && position <= sizeBytes && position !== progress.sums.position,
    );
    const stages = [...others, progress].toSorted((a, b) => a.sums.position - b.sums.position);
    this.#kept.delete(key);
    this.#kept.set(key, stages.slice(-MAX_STAGES));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }
}

/** Nothing is left to count, and the file is as it was. What stands at the end of an active one may yet become a batch. */
function isSettled({ counted, atEnd, active, file, upTo }: CountProgress, now: Stats, wanted: number): boolean {
  const same = now.ino === file.inode && now.size === file.sizeBytes && now.mtimeMs === file.modifiedMs;
  return same && upTo === wanted && counted.complete && (atEnd || !active);
}

interface Stats {
  readonly ino: number;
  readonly size: number;
  readonly mtimeMs: number;
}
