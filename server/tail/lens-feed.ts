import type { TailFrames } from "#lib/contracts/tail.ts";
import type { Lens, LensTask, LensYield } from "../reader/lens.ts";
import { Cadence } from "./cadence.ts";
import { FrameBuilder, type MessagesFrame } from "./frame-builder.ts";
import { cursorOf, describeTable } from "./positions.ts";
import type { TailHub } from "./tail-hub.ts";
import type { TailSource } from "./tail-source.ts";
import type { TailStream } from "./tail-stream.ts";
import { TokenBucket } from "./token-bucket.ts";

/** What a hub reads, through one lens: decoded once, framed once, the same bytes to all who share it. */
export class LensFeed {
  readonly lens: Lens;
  readonly #hub: TailHub;
  readonly #onEmpty: () => void;
  readonly #streams = new Set<TailStream>();
  readonly #bucket: TokenBucket;
  readonly #cadence = new Cadence();
  readonly #builder = new FrameBuilder();
  /** Up to where frames went, or will with the next one. */
  readonly #positions: Map<number, bigint>;
  #timer: NodeJS.Timeout | null = null;
  #cursor: string | null = null;

  constructor(hub: TailHub, lens: Lens, onEmpty: () => void) {
    this.#hub = hub;
    this.lens = lens;
    this.#onEmpty = onEmpty;
    // A second's worth at once: what a stall held up is no reason to leave messages out.
    this.#bucket = new TokenBucket(hub.rowsPerSecond, hub.rowsPerSecond);
    this.#positions = new Map(hub.positions);
  }

  /** The viewer gets all that comes from now on. What they were sent before must end where this feed stands. */
  join(stream: TailStream): void {
    this.flush();
    this.#streams.add(stream);
    stream.follow(this.#sourceFor(stream));
  }

  get positions(): ReadonlyMap<number, bigint> {
    return this.#positions;
  }

  task(): LensTask {
    return { lens: this.lens, maxRows: this.#bucket.available };
  }

  take(shown: LensYield): void {
    this.#bucket.take(shown.sent);
    this.#builder.add(shown, this.#positions);
    this.#cursor = null;
    if (!this.#builder.hasRows || this.#timer !== null) return;
    const delayMs = this.#cadence.delayMs(this.#hub.viewers);
    if (delayMs === 0) this.flush();
    else this.#timer = setTimeout(() => this.flush(), delayMs);
  }

  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const startMs = performance.now();
    const built = this.#builder.build();
    if (built === null) return;
    this.#send(built);
    this.#cadence.flushed(performance.now() - startMs);
  }

  added(added: readonly { readonly place: number; readonly from: bigint }[]): void {
    this.flush();
    for (const { place, from } of added) this.#positions.set(place, from);
    this.#cursor = null;
    const { table } = this.#hub;
    const data = { ...describeTable(table, this.#positions, this.#hub.topics), order: orderOf(table.size) };
    for (const stream of this.#streams) stream.ready(data, this.#cursorText());
  }

  /** Offsets that nobody can read any more. */
  gap(data: TailFrames["gap"], moved: readonly (readonly [number, bigint])[]): void {
    this.flush();
    for (const [place, to] of moved) this.#positions.set(place, to);
    this.#cursor = null;
    for (const stream of this.#streams) stream.gap(data);
  }

  gone(data: TailFrames["gap"], places: readonly number[]): void {
    this.flush();
    for (const place of places) this.#positions.delete(place);
    this.#cursor = null;
    for (const stream of this.#streams) stream.gap(data);
  }

  tellStats(): void {
    this.flush();
    for (const stream of this.#streams) stream.stats();
  }

  fail(problem: TailFrames["problem"]["problem"]): void {
    this.flush();
    for (const stream of [...this.#streams]) stream.fail(problem);
  }

  #send(built: MessagesFrame): void {
    for (const stream of this.#streams) stream.messages(built);
  }

  #cursorText(): string {
    this.#cursor ??= cursorOf(this.#hub.table, this.#positions, this.#hub.topics);
    return this.#cursor;
  }

  #sourceFor(stream: TailStream): TailSource {
    const hub = this.#hub;
    return {
      positions: this.#positions,
      cursor: () => this.#cursorText(),
      behind: () => hub.behind(),
      readableBehind: () => hub.readableBehind(),
      get waiting() {
        return hub.waiting;
      },
      get viewers() {
        return hub.viewers;
      },
      get deleted() {
        return hub.deleted;
      },
      flush: () => this.flush(),
      leave: () => {
        this.#streams.delete(stream);
        if (this.#streams.size > 0) return;
        if (this.#timer !== null) clearTimeout(this.#timer);
        this.#timer = null;
        this.#onEmpty();
      },
    };
  }
}

/** Between partitions, messages come as their leaders answered. */
export function orderOf(partitions: number): TailFrames["ready"]["order"] {
  return partitions <= 1 ? "exact" : "approximate";
}
