import type { TailFrames } from "#lib/contracts/tail.ts";
import type { MessagesFrame } from "./frame-builder.ts";
import { frame } from "./frames.ts";
import { LossLedger } from "./losses.ts";
import { Outbox } from "./outbox.ts";
import type { TailSource } from "./tail-source.ts";
import { Tally } from "./tally.ts";

/** Of a viewer who doesn't take what they are sent; more is lost, and told. */
const MAX_UNSENT_BYTES = 4 * 1024 * 1024;
/** Of anything: a viewer for whom so much waits is gone, whatever their socket says. They go on from their cursor. */
const MAX_HELD_BYTES = 32 * 1024 * 1024;
/** Once so little waits, they are sent messages again. */
const RESUME_BYTES = 1024 * 1024;
const STATS_MS = 1_000;

interface TailStreamOptions {
  readonly quietMs: number | null;
  /** Called once, when the viewer has left or the stream has ended. */
  readonly onClose: () => void;
  /** See MAX_HELD_BYTES. */
  readonly maxHeldBytes?: number;
}

/** One viewer's stream: what they are sent, what they lost, and the account of both. */
export class TailStream implements AsyncIterator<Uint8Array, undefined> {
  readonly #outbox = new Outbox();
  readonly #tally = new Tally();
  readonly #dropped = new LossLedger("slow-client");
  readonly #sampled = new LossLedger("sampled");
  readonly #options: TailStreamOptions;
  readonly #maxHeldBytes: number;
  #source: TailSource | null = null;
  #heartbeat: NodeJS.Timeout | undefined;
  #isSlow = false;
  #messageAtMs = performance.now();
  #closed = false;

  constructor(options: TailStreamOptions) {
    this.#options = options;
    this.#maxHeldBytes = options.maxHeldBytes ?? MAX_HELD_BYTES;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The first source begins the stream's heartbeat; a later one takes over from it. */
  follow(source: TailSource): void {
    if (this.#closed) {
      source.leave();
      return;
    }
    this.#source = source;
    this.#heartbeat ??= setInterval(() => this.#beat(), STATS_MS);
    this.stats();
  }

  ready(data: TailFrames["ready"], cursor: string): void {
    this.#push(frame("ready", data, cursor));
  }

  /** @param options.lossless from a source that waits for the viewer: nothing is dropped */
  messages(messages: MessagesFrame, { lossless = false } = {}): void {
    if (this.#closed) return;
    if (messages.tally.in > 0) this.#messageAtMs = performance.now();
    const { sampled, covers, times } = messages;
    this.#sampled.lose(sampled.count, sampled.ranges, times);
    this.#reconsider();
    const overflows = this.#outbox.bytes + messages.bytes.byteLength > MAX_UNSENT_BYTES && this.#outbox.bytes > 0;
    if (!lossless && messages.tally.sent > 0 && (this.#isSlow || overflows)) {
      this.#isSlow = true;
      this.#tally.add(messages.tally.dropped());
      this.#dropped.lose(messages.tally.sent, covers, times);
      return;
    }
    this.#tellDropped();
    this.#tally.add(messages.tally);
    this.#push(messages.bytes);
  }

  /** A frame as it is, which nobody keeps account of. */
  send(bytes: Uint8Array): void {
    this.#tellDropped();
    this.#push(bytes);
  }

  gap(data: TailFrames["gap"]): void {
    this.#tellDropped();
    this.#push(frame("gap", data));
  }

  stats(): void {
    const source = this.#source;
    if (source === null || this.#closed) return;
    // Its cursor lies behind what was dropped.
    this.#tellDropped();
    const { in: seen, matched, sent, bytes, lost } = this.#tally;
    const { waiting } = source;
    const behind = waiting === null ? source.behind() : source.readableBehind();
    this.#push(
      frame(
        "stats",
        {
          atMs: Date.now(),
          in: seen,
          matched,
          sent,
          bytes,
          lost,
          behind: behind?.toString() ?? null,
          waiting: waiting === null ? null : { partitions: waiting.partitions, why: waiting.why.message },
          viewers: source.viewers,
        },
        source.cursor(),
      ),
    );
  }

  /** The last frame; what waits is still sent. */
  end(data: TailFrames["end"]): void {
    if (this.#closed) return;
    this.#source?.flush();
    this.#tellDropped();
    this.#tellSampled();
    this.stats();
    this.#push(frame("end", data));
    this.#close({ discard: false });
  }

  /** The stream ends with it. */
  fail(problem: TailFrames["problem"]["problem"]): void {
    if (this.#closed) return;
    this.#push(frame("problem", { problem, fatal: true }));
    this.#close({ discard: false });
  }

  /** For a source that waits for the viewer: resolves once less than `bytes` are unsent. */
  room(bytes: number): Promise<void> {
    return this.#outbox.room(bytes);
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#outbox.bytes === 0) this.#tellDropped();
    const piece = await this.#outbox.take();
    return piece === null ? { done: true, value: undefined } : { done: false, value: piece };
  }

  /** The viewer left. */
  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#close({ discard: true });
    return { done: true, value: undefined };
  }

  #beat(): void {
    const source = this.#source;
    if (source === null) return;
    source.flush();
    this.#reconsider();
    this.#tellSampled();
    // Who doesn't read needs no heartbeat, and should not be sent a hundred when they do.
    if (!this.#isSlow && this.#outbox.bytes < MAX_UNSENT_BYTES) this.stats();
    const { quietMs } = this.#options;
    if (source.deleted) {
      this.end({ reason: "deleted", detail: "What this tail read was deleted. Start another tail." });
    } else if (quietMs !== null && source.readableBehind() === 0n && performance.now() - this.#messageAtMs >= quietMs) {
      this.end({ reason: "quiet", detail: `No message came for ${quietMs / 1_000} s, as was asked.` });
    }
  }

  #push(bytes: Uint8Array): void {
    this.#outbox.push(bytes);
    if (this.#outbox.bytes > this.#maxHeldBytes) this.#close({ discard: true });
  }

  #reconsider(): void {
    if (this.#outbox.bytes < RESUME_BYTES) this.#isSlow = false;
  }

  #tellDropped(): void {
    const gap = this.#dropped.tell();
    if (gap !== null) this.#push(frame("gap", gap));
  }

  #tellSampled(): void {
    if (this.#isSlow) return;
    const gap = this.#sampled.tell();
    if (gap !== null) this.#push(frame("gap", gap));
  }

  #close({ discard }: { discard: boolean }): void {
    this.#outbox.end({ discard });
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#heartbeat);
    this.#source?.leave();
    this.#source = null;
    this.#options.onClose();
  }
}
