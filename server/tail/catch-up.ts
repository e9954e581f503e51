import { setTimeout as delay } from "node:timers/promises";
import type { TailFrames } from "#lib/contracts/tail.ts";
import type { Decoder } from "../reader/decoder-pool.ts";
import type { FetchedChunk } from "../reader/fetched-chunk.ts";
import type { Lens } from "../reader/lens.ts";
import type { ReaderEvent, ReadRequest } from "../reader/reader-event.ts";
import { RecordReader } from "../reader/record-reader.ts";
import { FrameBuilder } from "./frame-builder.ts";
import { messagesFrame } from "./frames.ts";
import { GoneTopics } from "./gone-topics.ts";
import { orderOf } from "./lens-feed.ts";
import { cursorOf, describeTable, nextOf } from "./positions.ts";
import { offsetsGap, topicGone } from "./reader-gaps.ts";
import type { TailHub } from "./tail-hub.ts";
import type { TailSource } from "./tail-source.ts";
import type { TailStream } from "./tail-stream.ts";

/** While so much waits for the viewer, nothing more is decoded for them. */
const MAX_UNSENT_BYTES = 1024 * 1024;
/** Of one frame: a browser takes more frames better than a longer one. */
const MAX_FRAME_ROWS = 5_000;
/** So near to its end, the hub's reader at the tip is opened. */
const NEAR_OFFSETS = 50_000n;
/** How soon the hub is asked again while nothing else happens. */
const RETRY_MS = 100;

/**
 * A viewer who doesn't begin at the tip: a reader of their own that goes as fast as they take what it reads, so that
 * nothing is sampled or lost, until the hub can take over where it stands.
 */
export class CatchUp implements TailSource {
  readonly #hub: TailHub;
  readonly #lens: Lens;
  readonly #stream: TailStream;
  readonly #reader: RecordReader;
  readonly #decoder: Decoder;
  readonly #positions = new Map<number, bigint>();
  readonly #gone = new GoneTopics();
  readonly #ending = new AbortController();
  #waiting: TailSource["waiting"] = null;

  private constructor(hub: TailHub, lens: Lens, stream: TailStream, reader: RecordReader) {
    this.#hub = hub;
    this.#lens = lens;
    this.#stream = stream;
    this.#reader = reader;
    this.#decoder = hub.cluster.decoders.lease();
  }

  /**
   * Begins the stream; reading goes on by itself.
   * @throws {ProblemError} as `RecordReader.open`
   */
  static async open(
    hub: TailHub,
    lens: Lens,
    stream: TailStream,
    start: ReadRequest["start"],
    signal: AbortSignal,
    keyHash?: TailFrames["ready"]["keyHash"],
  ): Promise<CatchUp> {
    const reader = await RecordReader.open(hub.cluster.reading, { ...hub.request, start }, hub.table, signal);
    const source = new CatchUp(hub, lens, stream, reader);
    const first = await reader.next();
    if (!first.done && first.value.kind === "partitions") source.#add(first.value.added);
    stream.ready(source.#ready(keyHash), source.cursor());
    stream.follow(source);
    return source;
  }

  get positions(): ReadonlyMap<number, bigint> {
    return this.#positions;
  }

  get waiting(): TailSource["waiting"] {
    return this.#waiting;
  }

  get viewers(): number {
    return this.#hub.viewers;
  }

  get deleted(): boolean {
    return "topics" in this.#hub.request.selection && this.#gone.all;
  }

  cursor(): string {
    return cursorOf(this.#hub.table, this.#positions, this.#reader.topics());
  }

  behind(): bigint | null {
    return this.#reader.behind();
  }

  readableBehind(): bigint | null {
    return this.#reader.readableBehind();
  }

  /** Everything goes out at once already. */
  flush(): void {}

  leave(): void {
    this.#ending.abort();
    void this.#reader.close();
    this.#decoder.release();
  }

  /** Reads until the hub takes over, or the viewer leaves. @throws what the decoder throws, but not because they left */
  async run(): Promise<void> {
    const { signal } = this.#ending;
    let pending: Promise<IteratorResult<ReaderEvent, undefined>> | null = null;
    try {
      while (!signal.aborted) {
        await this.#stream.room(MAX_UNSENT_BYTES);
        if (signal.aborted || (await this.#handOver())) break;
        pending ??= this.#reader.next();
        const result = await within(RETRY_MS, pending);
        if (result === null) continue;
        pending = null;
        if (result.done) break;
        await this.#handle(result.value);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      this.leave();
    }
  }

  async #handOver(): Promise<boolean> {
    // A partition of which nobody knows where it begins would be the hub's to begin, and at another place.
    const behind = this.#reader.hasUnresolved ? null : this.#reader.readableBehind();
    if (behind === null || behind > NEAR_OFFSETS || this.#hub.outdated) return false;
    try {
      await this.#hub.openTip();
    } catch {
      // This reader goes on; whatever keeps the other from being opened, it will tell of.
      return false;
    }
    return this.#hub.takeOver(this.#stream, this.#lens, this.#positions);
  }

  async #handle(event: ReaderEvent): Promise<void> {
    const { table } = this.#hub;
    switch (event.kind) {
      case "partitions":
        this.#add(event.added);
        this.#stream.ready(this.#ready(), this.cursor());
        // The table may have told of a partition before this reader knew where it begins.
        this.#stream.send(messagesFrame(nextOf(event.added.map(({ place, from }) => [place, from])), []));
        break;
      case "chunk":
        await this.#decode(event.chunk);
        break;
      case "gap":
        // The hub may have replayed beyond it already.
        if (event.reason === "retention" && (this.#positions.get(event.place) ?? 0n) >= event.to) break;
        this.#positions.set(event.place, event.to);
        this.#stream.gap(offsetsGap(table, event));
        break;
      case "gone":
        for (const place of event.places) this.#positions.delete(place);
        this.#gone.gone(event.places);
        this.#stream.gap(topicGone(event));
        break;
      case "waiting":
        this.#waiting = event.waiting;
        this.#stream.stats();
        break;
    }
  }

  /** Frame by frame, as the viewer takes them. */
  async #decode(chunk: FetchedChunk): Promise<void> {
    let left = chunk.partitions;
    while (!this.#ending.signal.aborted) {
      const before = new Map(this.#positions);
      const task = { lens: this.#lens, maxRows: MAX_FRAME_ROWS, keep: "first", from: before } as const;
      const [shown] = await this.#decoder.applyLenses({ ...chunk, partitions: left }, [task], this.#ending.signal);
      const builder = new FrameBuilder();
      if (shown !== undefined) builder.add(shown, this.#positions);
      const built = builder.build();
      if (built !== null) this.#stream.messages(built, { lossless: true });
      const moved = left.some(({ place }) => this.#positions.get(place) !== before.get(place));
      // Each partition is gone through once, however many frames the others make.
      left = left.filter(({ place, next }) => (this.#positions.get(place) ?? next) < next);
      if (left.length === 0 || !moved) break;
      await this.#stream.room(MAX_UNSENT_BYTES);
    }
  }

  #add(added: readonly { readonly place: number; readonly from: bigint }[]): void {
    for (const { place, from } of added) this.#positions.set(place, from);
    this.#gone.added(added.map(({ place }) => place));
  }

  #ready(keyHash?: TailFrames["ready"]["keyHash"]): TailFrames["ready"] {
    const { table } = this.#hub;
    return {
      ...describeTable(table, this.#positions, this.#reader.topics()),
      order: orderOf(table.size),
      ...(keyHash && { keyHash }),
    };
  }
}

/** Null when it takes longer. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | null> {
  const waiting = new AbortController();
  const late = delay(ms, null, { signal: waiting.signal }).catch(() => null);
  try {
    return await Promise.race([promise, late]);
  } finally {
    waiting.abort();
  }
}
