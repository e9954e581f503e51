import { createParser } from "eventsource-parser";
import { problemOf, request } from "../api-client.ts";
import { resumeTail, type TailFrame, tailMessages } from "../contracts/tail.ts";
import { type ProblemCode, ProblemError } from "../problem.ts";
import { NextTask } from "./next-task.ts";
import { parseTailFrame } from "./tail-frame.ts";
import type { TailPositions } from "./tail-positions.ts";

/** The query of a tail as text, as it stands in URLs. */
export type TailSearch = Readonly<Record<string, string>>;

export type TailConnection =
  | { readonly kind: "idle" }
  | { readonly kind: "connecting" }
  /** The first frame is here; `resumed`: it goes on where a stream before it stopped. */
  | { readonly kind: "open"; readonly resumed: boolean }
  | {
      readonly kind: "reconnecting";
      readonly problem: ProblemError;
      readonly attempt: number;
      readonly everOpen: boolean;
    }
  | { readonly kind: "ended"; readonly reason: "quiet" | "deleted"; readonly detail: string }
  | { readonly kind: "failed"; readonly problem: ProblemError };

interface TailClientOptions {
  readonly cluster: string;
  readonly search: TailSearch;
  readonly positions: TailPositions;
  /** Places in it are those of `positions`. */
  readonly onFrame: (frame: TailFrame) => void;
  readonly onConnection: (connection: TailConnection) => void;
  readonly baseUrl?: string;
}

/** The server says something every second. */
const STALLED_AFTER_MS = 10_000;
const FIRST_DELAY_MS = 500;
export const LONGEST_DELAY_MS = 10_000;
/** A stream that lived so long was good: what ends it is a new trouble, and the next try comes at once. */
const GOOD_AFTER_MS = 5_000;
/** Longer than this at a stretch, and the browser gets its turn. */
const SLICE_MS = 10;
/** So much is parsed before the clock is looked at: some milliseconds of work. */
const SLICE_BYTES = 64 * 1024;
/** A frame holds at most some 100 ms of rows. */
const MAX_FRAME_CHARS = 64 * 1024 * 1024;

/** Trying again by itself may help; for all others the viewer must do something first. A login is never repeated: accounts are locked for that. */
const passing: ReadonlySet<ProblemCode> = new Set([
  "cluster-unreachable",
  "broker-unreachable",
  "deadline-exceeded",
  "too-many-tails",
  "shutting-down",
  "cancelled",
  "internal",
]);

/** Milliseconds before try number `attempt` (0: the first after a loss). */
export function reconnectDelayMs(attempt: number, random: number): number {
  if (attempt === 0) return 0;
  const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
  return Math.round(delay * (0.8 + 0.2 * random));
}

/**
 * One stream of a tail, kept open: a lost one is continued from the merged positions, with no gap and nothing twice. Reads by
 * fetch, because EventSource can neither POST a cursor nor read a problem.
 */
export class TailClient {
  readonly #options: TailClientOptions;
  #running: AbortController | null = null;
  #hurry: (() => void) | null = null;

  constructor(options: TailClientOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** `cursor` null: anew, as `search` says. `from` overrides where that begins. Ends a stream that runs. */
  start({ cursor, from }: { cursor: string | null; from?: string }): void {
    this.stop();
    const running = new AbortController();
    this.#running = running;
    this.#options.onConnection({ kind: "connecting" });
    void this.#keepOpen(running, cursor, from);
  }

  /** Closes the stream at once; not a frame comes after it. */
  stop(): void {
    this.#running?.abort();
    this.#running = null;
  }

  /** Doesn't wait for the next try. */
  hurry(): void {
    this.#hurry?.();
  }

  async #keepOpen(running: AbortController, firstCursor: string | null, from: string | undefined): Promise<void> {
    const { onConnection, positions } = this.#options;
    const { signal } = running;
    let cursor = firstCursor;
    let attempt = 0;
    let everOpen = false;
    while (!signal.aborted) {
      let openedAt = 0;
      let problem: ProblemError;
      try {
        const end = await this.#readStream(signal, cursor, from, () => {
          openedAt = performance.now();
          everOpen = true;
          onConnection({ kind: "open", resumed: cursor !== null });
        });
        if (signal.aborted) return;
        if (end !== null) return this.#finish(running, end);
        problem = new ProblemError("internal", "The connection to Tailrace was lost.");
      } catch (error) {
        if (signal.aborted) return;
        problem = asProblem(error);
        if (!passing.has(problem.code)) return this.#finish(running, { kind: "failed", problem });
      }
      if (openedAt > 0) {
        cursor = positions.cursor() ?? cursor;
        if (performance.now() - openedAt > GOOD_AFTER_MS) attempt = 0;
      }
      onConnection({ kind: "reconnecting", problem, attempt, everOpen });
      await this.#wait(reconnectDelayMs(attempt, Math.random()), signal);
      attempt += 1;
    }
  }

  #finish(running: AbortController, connection: TailConnection): void {
    if (this.#running === running) this.#running = null;
    running.abort();
    this.#options.onConnection(connection);
  }

  async #wait(ms: number, signal: AbortSignal): Promise<void> {
    if (ms === 0 || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      const now = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#hurry = now;
      signal.addEventListener("abort", now, { once: true });
    });
    this.#hurry = null;
  }

  /**
   * Reads one stream to its end. @returns why the tail is over, or null when it may go on
   * @throws {ProblemError} as the server answered or streamed it
   */
  async #readStream(
    signal: AbortSignal,
    cursor: string | null,
    from: string | undefined,
    onOpen: () => void,
  ): Promise<TailConnection | null> {
    const stream = new AbortController();
    const abort = () => stream.abort();
    signal.addEventListener("abort", abort, { once: true });
    let heardAt = performance.now();
    const watch = setInterval(() => {
      if (performance.now() - heardAt > STALLED_AFTER_MS) stream.abort();
    }, STALLED_AFTER_MS / 4);
    const turn = new NextTask();
    try {
      const response = await this.#request(cursor, from, stream.signal);
      const handler = new StreamHandler(this.#options, onOpen, signal);
      const parser = createParser({
        onEvent: (event) => handler.take(event.event, event.data),
        maxBufferSize: MAX_FRAME_CHARS,
      });
      const decoder = new TextDecoder();
      const reader = response.getReader();
      let sliceAt = performance.now();
      for (;;) {
        const { done, value } = await reader.read();
        if (done || signal.aborted) return handler.end;
        heardAt = performance.now();
        for (let at = 0; at < value.length; at += SLICE_BYTES) {
          parser.feed(decoder.decode(value.subarray(at, at + SLICE_BYTES), { stream: true }));
          if (handler.end !== null) return handler.end;
          if (performance.now() - sliceAt > SLICE_MS) {
            await turn.next();
            if (signal.aborted) return null;
            sliceAt = performance.now();
          }
        }
      }
    } catch (error) {
      if (stream.signal.aborted && !signal.aborted) {
        throw new ProblemError("internal", "Nothing was heard from Tailrace for ten seconds.", { cause: error });
      }
      throw error;
    } finally {
      clearInterval(watch);
      signal.removeEventListener("abort", abort);
      stream.abort();
      turn.close();
    }
  }

  async #request(
    cursor: string | null,
    from: string | undefined,
    signal: AbortSignal,
  ): Promise<ReadableStream<Uint8Array>> {
    const { cluster, search, baseUrl } = this.#options;
    const response = await request(
      cursor === null ? tailMessages : resumeTail,
      {
        cluster,
        query: { ...search, ...(from !== undefined && { from }) },
        ...(cursor !== null && { body: { cursor } }),
      },
      { signal, ...(baseUrl !== undefined && { baseUrl }) },
    );
    if (response.body === null) throw new ProblemError("internal", "Tailrace answered a stream without a body.");
    return response.body;
  }
}

/** What comes over one stream, in its order, until it is told to stop. */
class StreamHandler {
  readonly #options: TailClientOptions;
  readonly #onOpen: () => void;
  readonly #signal: AbortSignal;
  #opened = false;
  end: TailConnection | null = null;

  constructor(options: TailClientOptions, onOpen: () => void, signal: AbortSignal) {
    this.#options = options;
    this.#onOpen = onOpen;
    this.#signal = signal;
  }

  take(name: string | undefined, data: string): void {
    // Frames behind a stop are in no position, so the next stream brings them again.
    if (this.#signal.aborted || this.end !== null) return;
    const frame = parseTailFrame(name, data);
    if (frame === null) return;
    const { positions, onFrame } = this.#options;
    if (frame.name === "problem" && frame.data.fatal) throw problemOf(frame.data.problem);
    if (frame.name === "end") {
      const { reason, detail } = frame.data;
      if (reason === "shutting-down") throw new ProblemError("shutting-down", detail);
      this.end = { kind: "ended", reason, detail };
    }
    if (frame.name === "ready") {
      if (!this.#opened) {
        positions.beginStream();
        this.#onOpen();
      }
      this.#opened = true;
      positions.adopt(frame.data);
    }
    if (frame.name === "messages" || frame.name === "gap") {
      positions.advance(frame.data.next);
      if (!positions.untranslated) translateFrame(frame, positions);
    }
    onFrame(frame);
  }
}

/** Puts the page's places in the place of the stream's: in the rows as they are, which nobody else has seen yet. */
function translateFrame(frame: Extract<TailFrame, { name: "messages" | "gap" }>, positions: TailPositions): void {
  if (frame.name === "gap") {
    for (const range of frame.data.ranges) range[0] = positions.translate(range[0]);
    return;
  }
  for (const row of frame.data.rows) {
    const place = Array.isArray(row) ? row : "gap" in row ? row.gap : row.problem;
    place[0] = positions.translate(place[0]);
  }
}

function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  return new ProblemError("internal", "The connection to Tailrace was lost.", { cause: error });
}
