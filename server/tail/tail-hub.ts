import { randomUUID } from "node:crypto";
import type { TailFrames } from "#lib/contracts/tail.ts";
import { type ProblemDetails, ProblemError, problemStatus } from "#lib/problem.ts";
import { problemGuide } from "#lib/problem-guide.ts";
import { abortProblem } from "../kafka/deadline.ts";
import { logger } from "../logger.ts";
import type { Decoder, DecoderPool } from "../reader/decoder-pool.ts";
import type { FetchedChunk } from "../reader/fetched-chunk.ts";
import type { Lens } from "../reader/lens.ts";
import { PartitionTable } from "../reader/partition-table.ts";
import type { ReaderConnections } from "../reader/reader-connections.ts";
import type { ReaderEvent, ReadRequest } from "../reader/reader-event.ts";
import { RecordReader } from "../reader/record-reader.ts";
import { ChunkRing } from "./chunk-ring.ts";
import { FrameBuilder } from "./frame-builder.ts";
import { GoneTopics } from "./gone-topics.ts";
import { LensFeed, orderOf } from "./lens-feed.ts";
import { cursorOf, describeTable, type Positions, type ReadTopics } from "./positions.ts";
import { offsetsGap, topicGone } from "./reader-gaps.ts";
import type { TailSource } from "./tail-source.ts";
import type { TailStream } from "./tail-stream.ts";

/** How long a hub reads on after its last viewer: who reloads the page finds it there. */
const LINGER_MS = 10_000;
/** Of a hand-over's replay, in one frame: a viewer who is farther behind reads on for themselves, and comes again. */
const MAX_REPLAY_ROWS = 2_000;
const NO_TOPICS: ReadTopics = new Map();

export type Reading = Pick<ReadRequest, "selection" | "isolation">;

/** What hubs of one cluster share. */
export interface TailCluster {
  readonly reading: ReaderConnections;
  readonly decoders: DecoderPool;
}

/**
 * What all viewers of one selection share: the numbering of its partitions, and one reader at the tip, which is opened when
 * the first of them gets there. Its positions are nobody's: it closes some time after its last viewer.
 */
export class TailHub {
  readonly table = new PartitionTable();
  readonly cluster: TailCluster;
  readonly request: Reading;
  readonly rowsPerSecond: number;
  readonly #onClose: () => void;
  readonly #streams = new Set<TailStream>();
  readonly #feeds = new Map<string, LensFeed>();
  readonly #ring = new ChunkRing();
  readonly #positions = new Map<number, bigint>();
  readonly #gone = new GoneTopics();
  readonly #ending = new AbortController();
  #opening: Promise<void> | null = null;
  #reader: RecordReader | null = null;
  #decoder: Decoder | null = null;
  /** What is being done with a chunk; one thing after another. */
  #turn: Promise<void> = Promise.resolve();
  #waiting: TailSource["waiting"] = null;
  #linger: NodeJS.Timeout | undefined;
  #outdated = false;

  /** @param options.rowsPerSecond of each feed: of more messages, an even spread is shown */
  constructor(
    cluster: TailCluster,
    request: Reading,
    { rowsPerSecond, onClose }: { readonly rowsPerSecond: number; readonly onClose: () => void },
  ) {
    this.cluster = cluster;
    this.request = request;
    this.rowsPerSecond = rowsPerSecond;
    this.#onClose = onClose;
  }

  get viewers(): number {
    return this.#streams.size;
  }

  /** Up to where the reader at the tip has come. */
  get positions(): Positions {
    return this.#positions;
  }

  get topics(): ReadTopics {
    return this.#reader?.topics() ?? NO_TOPICS;
  }

  get waiting(): TailSource["waiting"] {
    return this.#waiting;
  }

  get deleted(): boolean {
    return "topics" in this.request.selection && this.#gone.all;
  }

  /** Its table or its ring holds what is gone: whoever comes anew takes another hub. */
  get outdated(): boolean {
    return this.#outdated || this.#ending.signal.aborted;
  }

  behind(): bigint | null {
    return this.#reader?.behind() ?? null;
  }

  readableBehind(): bigint | null {
    return this.#reader?.readableBehind() ?? null;
  }

  enter(stream: TailStream): void {
    clearTimeout(this.#linger);
    this.#streams.add(stream);
  }

  leave(stream: TailStream): void {
    this.#streams.delete(stream);
    if (this.#streams.size > 0) return;
    if (this.#reader === null) this.close();
    else this.#linger = setTimeout(() => this.close(), LINGER_MS).unref();
  }

  /**
   * Reads at the tip from now on, if it doesn't yet.
   * @throws {ProblemError} as `RecordReader.open`
   */
  openTip(): Promise<void> {
    this.#opening ??= this.#open().catch((error: unknown) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  /** The viewer begins at the tip. */
  join(stream: TailStream, lens: Lens, keyHash?: TailFrames["ready"]["keyHash"]): void {
    const feed = this.#feedOf(lens);
    feed.flush();
    const { table, topics } = this;
    stream.ready(
      { ...describeTable(table, feed.positions, topics), order: orderOf(table.size), ...(keyHash && { keyHash }) },
      cursorOf(table, feed.positions, topics),
    );
    feed.join(stream);
  }

  /**
   * Takes over a viewer who has read for themselves up to `positions`: what the ring holds beyond is sent to them, and from
   * there the feed goes on, with no gap and nothing twice. False when they are not there yet, or are ahead.
   * @param positions are moved by what was sent to them, also when it was not all
   */
  async takeOver(stream: TailStream, lens: Lens, positions: Map<number, bigint>): Promise<boolean> {
    if (!this.#canTakeOver(positions)) return false;
    return this.#inTurn(async () => {
      const chunks = this.#canTakeOver(positions);
      if (chunks === null || stream.closed) return false;
      const isThere = await this.#replay(stream, lens, positions, chunks);
      if (isThere && !stream.closed) this.#feedOf(lens).join(stream);
      return isThere;
    });
  }

  /** Ends the reader; viewers must be gone, or get nothing more. */
  close(): void {
    if (this.#ending.signal.aborted) return;
    this.#ending.abort(new ProblemError("cancelled", "Nobody reads here any more."));
    clearTimeout(this.#linger);
    void this.#reader?.close();
    this.#decoder?.release();
    this.#onClose();
  }

  async #open(): Promise<void> {
    const { reading, decoders } = this.cluster;
    const request: ReadRequest = { ...this.request, start: { kind: "now" } };
    const reader = await RecordReader.open(reading, request, this.table, this.#ending.signal);
    if (this.#ending.signal.aborted) {
      await reader.close();
      throw abortProblem(this.#ending.signal);
    }
    this.#reader = reader;
    this.#decoder = decoders.lease();
    const first = await reader.next();
    if (!first.done) await this.#handle(first.value, this.#decoder);
    void this.#follow(reader, this.#decoder);
  }

  async #follow(reader: RecordReader, decoder: Decoder): Promise<void> {
    try {
      for await (const event of reader) await this.#inTurn(() => this.#handle(event, decoder));
    } catch (error) {
      if (this.#ending.signal.aborted) return;
      const requestId = randomUUID();
      logger.error({ requestId, err: error }, "a tail's reader failed");
      for (const feed of [...this.#feeds.values()]) feed.fail(failureDetails(error, requestId));
      this.close();
    }
  }

  async #handle(event: ReaderEvent, decoder: Decoder): Promise<void> {
    switch (event.kind) {
      case "partitions":
        for (const { place, from } of event.added) {
          this.#positions.set(place, from);
          this.#ring.begin(place, from);
        }
        this.#gone.added(event.added.map(({ place }) => place));
        for (const feed of this.#feeds.values()) feed.added(event.added);
        break;
      case "chunk":
        await this.#decode(event.chunk, decoder);
        break;
      case "gap":
        // The ring holds offsets twice from now on, the older ones of messages that are no more.
        if (event.reason === "truncated") this.#outdated = true;
        this.#positions.set(event.place, event.to);
        this.#ring.begin(event.place, event.to);
        for (const feed of this.#feeds.values()) {
          feed.gap(offsetsGap(this.table, event), [[event.place, event.to]]);
        }
        break;
      case "gone":
        this.#outdated = true;
        for (const place of event.places) {
          this.#positions.delete(place);
          this.#ring.forget(place);
        }
        this.#gone.gone(event.places);
        for (const feed of this.#feeds.values()) feed.gone(topicGone(event), event.places);
        break;
      case "waiting":
        this.#waiting = event.waiting;
        for (const feed of this.#feeds.values()) feed.tellStats();
        break;
    }
  }

  async #decode(chunk: FetchedChunk, decoder: Decoder): Promise<void> {
    this.#ring.push(chunk);
    const feeds = [...this.#feeds.values()];
    for (const { place, next } of chunk.partitions) this.#positions.set(place, next);
    if (feeds.length === 0) return;
    const tasks = feeds.map((feed) => feed.task());
    const yields = await decoder.applyLenses(chunk, tasks, this.#ending.signal);
    for (const [index, feed] of feeds.entries()) {
      const shown = yields[index];
      if (shown !== undefined) feed.take(shown);
    }
  }

  #canTakeOver(positions: Positions): readonly FetchedChunk[] | null {
    if (this.#reader === null || this.outdated || positions.size !== this.#positions.size) return null;
    for (const [place, position] of positions) {
      const tip = this.#positions.get(place);
      if (tip === undefined || tip < position) return null;
    }
    return this.#ring.since(positions);
  }

  /** @returns false when there is more than one frame of it */
  async #replay(
    stream: TailStream,
    lens: Lens,
    positions: Map<number, bigint>,
    chunks: readonly FetchedChunk[],
  ): Promise<boolean> {
    const builder = new FrameBuilder();
    let maxRows = MAX_REPLAY_ROWS;
    let isThere = true;
    for (const chunk of chunks) {
      const task = { lens, maxRows, keep: "first", from: new Map(positions) } as const;
      const [shown] = (await this.#decoder?.applyLenses(chunk, [task], this.#ending.signal)) ?? [];
      if (shown === undefined) return false;
      builder.add(shown, positions);
      maxRows -= shown.sent;
      isThere = chunk.partitions.every(({ place, next }) => (positions.get(place) ?? next) >= next);
      if (!isThere || maxRows <= 0) break;
    }
    const built = builder.build();
    if (built !== null) stream.messages(built, { lossless: true });
    const tip = this.#positions;
    return isThere && [...tip].every(([place, next]) => (positions.get(place) ?? next) >= next);
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(act);
    this.#turn = done.then(
      () => {},
      () => {},
    );
    return done;
  }

  #feedOf(lens: Lens): LensFeed {
    const key = JSON.stringify(lens);
    const known = this.#feeds.get(key);
    if (known !== undefined) return known;
    const feed = new LensFeed(this, lens, () => this.#feeds.delete(key));
    this.#feeds.set(key, feed);
    return feed;
  }
}

/** Why a stream ends, as its viewer is told: a problem of theirs (a pattern that is too expensive), or a mistake of ours. */
export function failureDetails(error: unknown, requestId: string): ProblemDetails {
  if (error instanceof ProblemError && error.code !== "internal") {
    const { code, status, message } = error;
    return { type: `/problems/${code}`, code, title: problemGuide[code].title, status, detail: message, requestId };
  }
  return {
    type: "/problems/internal",
    code: "internal",
    title: problemGuide.internal.title,
    status: problemStatus.internal,
    detail: `Something went wrong inside Tailrace. Its log says what, under the request id ${requestId}; please report it with that line.`,
    requestId,
  };
}
