import type { VerifyFrame } from "#lib/contracts/verifications.ts";
import { ProblemError } from "#lib/problem.ts";
import { unreadableFile } from "../damage.ts";
import { FenceError } from "../partition-directory.ts";
import type { VerifyEvent, VerifyProgress } from "../verify/verify-event.ts";
import { damageOnWire } from "./wire.ts";

type Events = AsyncGenerator<VerifyEvent, void>;

/** Between two words to whoever waits for their turn: proxies end what is silent for a minute, this page sooner. */
const WAITING_EVERY_MS = 10_000;

/** A verification as server-sent events: one is made of each as the viewer takes it. */
export class VerifyStream implements AsyncIterator<Uint8Array, undefined> {
  readonly #brokerId: number;
  readonly #events: Events;
  readonly #waitingEveryMs: number;
  readonly #left = new AbortController();
  /** Asked for, and not yet taken. */
  #pending: Promise<IteratorResult<VerifyEvent, void>> | null = null;
  #frames: VerifyFrame[] = [];
  #progress: VerifyProgress | null = null;
  #findings = 0;
  #over = false;
  /** Another one is before it. */
  #waits = false;

  /** @param viewing ends it, too; by a shutdown, with a word */
  constructor(
    brokerId: number,
    verify: (signal: AbortSignal) => Events,
    viewing: AbortSignal,
    { waitingEveryMs = WAITING_EVERY_MS } = {},
  ) {
    this.#brokerId = brokerId;
    this.#waitingEveryMs = waitingEveryMs;
    this.#events = verify(AbortSignal.any([viewing, this.#left.signal]));
  }

  /**
   * Waits for the first event, so long; then the viewer is told that others are before them.
   * @throws what the verification throws before it has begun
   */
  async begin(withinMs: number): Promise<void> {
    this.#waits = await this.#isSilentFor(withinMs);
    if (this.#waits) this.#frames.push({ frame: "waiting" });
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    const frame = this.#frames.shift() ?? (this.#over ? null : await this.#frame());
    if (frame === null) return { done: true, value: undefined };
    return { done: false, value: Buffer.from(`event: ${frame.frame}\ndata: ${JSON.stringify(frame)}\n\n`) };
  }

  /** The viewer has left: the thread ends. */
  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#over = true;
    this.#left.abort(new ProblemError("cancelled", "Nobody waits for this verification any more."));
    await this.#pending?.catch(() => {});
    await this.#events.return();
    return { done: true, value: undefined };
  }

  #next(): Promise<IteratorResult<VerifyEvent, void>> {
    this.#pending ??= this.#events.next();
    // Whoever takes it hears of its failure; until then it is nobody's.
    this.#pending.catch(() => {});
    return this.#pending;
  }

  /** @throws what the verification throws meanwhile */
  async #isSilentFor(ms: number): Promise<boolean> {
    const silence = Promise.withResolvers<true>();
    const timer = setTimeout(() => silence.resolve(true), ms);
    try {
      return await Promise.race([this.#next().then(() => false), silence.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #frame(): Promise<VerifyFrame | null> {
    try {
      if (this.#waits && (await this.#isSilentFor(this.#waitingEveryMs))) return { frame: "waiting" };
      this.#waits = false;
      const { done, value } = await this.#next();
      this.#pending = null;
      if (done || value === undefined) {
        this.#over = true;
        return null;
      }
      if (value.kind === "progress") this.#progress = value;
      if (value.kind === "damage") this.#findings++;
      if (value.kind === "end") {
        this.#over = true;
        // Whoever waits for their turn has it now.
        await this.#events.return();
      }
      return frameOf(value, this.#brokerId);
    } catch (error) {
      this.#over = true;
      if (error instanceof FenceError) {
        this.#findings++;
        this.#frames.push(this.#stopped());
        return { frame: "damage", damage: damageOnWire(unreadableFile("the partition's directory", error)) };
      }
      if (error instanceof ProblemError && error.code === "shutting-down") return this.#stopped();
      throw error;
    }
  }

  /** As far as it was. */
  #stopped(): VerifyFrame {
    const { batches = 0, records = 0n, indexEntries = 0, bytesDone = 0, elapsedMs = 0 } = this.#progress ?? {};
    return {
      frame: "end",
      how: "stopped",
      segments: 0,
      batches,
      records: records.toString(),
      indexEntries,
      bytes: bytesDone.toString(),
      findings: this.#findings,
      vanished: 0,
      elapsedMs,
    };
  }
}

function frameOf(event: VerifyEvent, brokerId: number): VerifyFrame {
  switch (event.kind) {
    case "started":
      return { frame: event.kind, brokerId, segments: event.segments, bytes: event.bytes.toString() };
    case "damage":
      return { frame: event.kind, damage: damageOnWire(event.damage) };
    case "progress": {
      const { kind, baseOffset, bytes, records, bytesDone, ...rest } = event;
      return {
        frame: kind,
        ...rest,
        baseOffset: baseOffset.toString(),
        bytes: bytes.toString(),
        records: records.toString(),
        bytesDone: bytesDone.toString(),
      };
    }
    case "end": {
      const { kind, records, bytes, ...rest } = event;
      return { frame: kind, ...rest, records: records.toString(), bytes: bytes.toString() };
    }
  }
}
