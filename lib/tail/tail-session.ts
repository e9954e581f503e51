import type { MessageRow } from "../contracts/message-row.ts";
import type { TailFrames } from "../contracts/tail.ts";
import { ProblemError } from "../problem.ts";
import { loadOffsets } from "./load-offsets.ts";
import { TailClient, type TailConnection, type TailSearch } from "./tail-client.ts";
import { isMessage, type LoadableDivider } from "./tail-entry.ts";
import { TailPositions } from "./tail-positions.ts";
import { TailStore } from "./tail-store.ts";

/** Why the list stands still. `held`: a message was open or text selected, and no longer is. */
export type PauseReason = "you" | "scrolled" | "selecting" | "message" | "loading" | "held";
/** What passes by itself; what the list stands still for then is what it stood still for before. */
type MomentaryReason = Extract<PauseReason, "selecting" | "message">;

export interface TailStatus {
  readonly connection: TailConnection;
  readonly pause: PauseReason | null;
  /** The tab is hidden: the stream is closed, to go on when the tab is shown. */
  readonly resting: boolean;
  /** Reading what is old: so far behind that it will take a while. */
  readonly catchingUp: boolean;
}

interface TailSessionOptions {
  readonly cluster: string;
  readonly search: TailSearch;
  readonly capacity: number;
  readonly schedule: (flush: () => void) => void;
  readonly baseUrl?: string;
}

/** Less than this, or two seconds' worth, is on its way: live. */
const BEHIND_ALLOWED = 1_000n;
const BEHIND_ALLOWED_SECONDS = 2;

/** One tail as the page has it: a stream, what is shown of it, and what the viewer does with both. */
export class TailSession {
  readonly store: TailStore;
  readonly positions = new TailPositions();
  readonly #options: TailSessionOptions;
  readonly #client: TailClient;
  readonly #listeners = new Set<() => void>();
  #loading = new AbortController();
  #status: TailStatus;
  /** Closed because too much waits while paused. */
  #full = false;
  #startedAtMs: number | null = null;
  /** What the pause is for, apart from what passes by itself. */
  #lasting: PauseReason = "held";

  constructor(options: TailSessionOptions) {
    this.#options = options;
    const startsLive = (options.search.from ?? "now") === "now";
    this.#status = { connection: { kind: "idle" }, pause: null, resting: false, catchingUp: !startsLive };
    this.store = new TailStore({
      positions: this.positions,
      capacity: options.capacity,
      schedule: options.schedule,
      onOverflow: () => this.#close(),
    });
    this.#client = new TailClient({
      cluster: options.cluster,
      search: options.search,
      positions: this.positions,
      onFrame: (frame) => {
        this.store.ingest(frame);
        if (frame.name === "stats") this.#judgeDistance(frame.data);
      },
      onConnection: (connection) => {
        if (connection.kind === "open") this.store.beginStream();
        else this.store.rest();
        this.#set({ connection, ...(connection.kind === "open" && connection.resumed && { catchingUp: true }) });
      },
      ...(options.baseUrl !== undefined && { baseUrl: options.baseUrl }),
    });
  }

  readonly getStatus = (): TailStatus => this.#status;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** When reading began as the search says: what "5 min ago" is counted from. Null before it did. */
  get startedAtMs(): number | null {
    return this.#startedAtMs;
  }

  /** `cursor`: where an earlier reading of the same partitions began or stopped. */
  start(cursor: string | null = null): void {
    this.#loading = new AbortController();
    const continued = cursor ?? this.positions.cursor();
    if (continued === null || this.#startedAtMs === null) this.#startedAtMs = Date.now();
    this.#client.start({ cursor: continued });
  }

  stop(): void {
    this.#loading.abort();
    this.#client.stop();
  }

  /** Tries again at once: now, instead of after the wait; or anew, after an end. */
  retry(): void {
    if (this.#client.isRunning) this.#client.hurry();
    else this.start();
  }

  pause(reason: PauseReason): void {
    const { pause } = this.#status;
    if (pause === reason) return;
    this.store.pause();
    // Who paused by hand said so for good; a reason of the moment gives way to another.
    if (pause === "you") return;
    if (pause === null) this.#lasting = "held";
    if (!isMomentary(reason)) this.#lasting = reason;
    this.#set({ pause: reason });
  }

  /** The message was closed, the selection undone: the list goes on standing still, but no longer for that. */
  endReason(reason: MomentaryReason): void {
    if (this.#status.pause === reason) this.#set({ pause: this.#lasting });
  }

  /** Shows all that came meanwhile, without a gap. */
  resume(): void {
    this.#set({ pause: null });
    this.store.resume();
    if (!this.#full) return;
    this.#full = false;
    this.start();
  }

  /** Passes over what came meanwhile; a divider says what. */
  jumpToLive(): void {
    const behind = this.#full || this.#status.catchingUp || !this.#client.isRunning;
    this.#set({ pause: null, ...(behind && { catchingUp: false }) });
    this.store.jump({ reopening: behind });
    if (!behind) return;
    this.#full = false;
    this.#client.start({ cursor: null, from: "now" });
  }

  /** The tab is hidden: closes the stream; nothing is missed. */
  rest(): void {
    if (!this.#client.isRunning || this.#status.resting) return;
    this.#set({ resting: true });
    this.#client.stop();
    this.store.rest();
  }

  wake(): void {
    if (!this.#status.resting) return;
    this.#set({ resting: false });
    this.start();
  }

  /**
   * Where the same partitions are read again, with another filter: from the very beginning of this reading while that is not
   * more than a list holds, else from the oldest that is shown, but never more offsets back than a list holds messages (a rare
   * filter may have passed over millions since its oldest row). Null before there is anything.
   */
  cursorToRepeat(): string | null {
    const { first, next, passed } = this.positions;
    const capacity = BigInt(this.store.capacity);
    if (passed <= capacity) return this.positions.cursor(new Map(first.entries()));
    const oldest = this.store.oldestShown();
    // Only of partitions whose position is known.
    const back = [...oldest].flatMap(([place, from]): [number, bigint, bigint][] => {
      const to = next[place];
      if (to === undefined) return [];
      // A log that was cut off may end before what is shown of it.
      const distance = BigInt(to) - BigInt(from);
      return [[place, BigInt(to), distance > 0n ? distance : 0n]];
    });
    const all = back.reduce((sum, [, , distance]) => sum + distance, 0n);
    // Each partition gives up the same share: they stay about equally far back in time.
    const within = (distance: bigint) => (all <= capacity ? distance : (distance * capacity) / all);
    return this.positions.cursor(new Map(back.map(([place, to, distance]) => [place, String(to - within(distance))])));
  }

  /** Puts what was passed over before the divider that says so. */
  async load(divider: LoadableDivider): Promise<void> {
    this.pause("loading");
    const { signal } = this.#loading;
    const busy: LoadableDivider = { ...divider, loading: "yes" };
    if (!this.store.fill(divider, [], busy)) return;
    try {
      const { rows, left } = await loadOffsets(divider.ranges, {
        cluster: this.#options.cluster,
        search: this.#options.search,
        partitions: this.positions.partitions,
        isShown: this.store.shownIn(divider.ranges),
        signal,
        ...(this.#options.baseUrl !== undefined && { baseUrl: this.#options.baseUrl }),
      });
      this.store.fill(busy, rows, {
        ...divider,
        ranges: left,
        loading: left.length === 0 ? "done" : "no",
        loaded: divider.loaded + rows.filter((row): row is MessageRow => isMessage(row)).length,
      });
    } catch (error) {
      if (signal.aborted) return;
      const problem =
        error instanceof ProblemError
          ? error
          : new ProblemError("internal", "These offsets could not be loaded. Try again.", { cause: error });
      this.store.fill(busy, [], { ...divider, loading: problem });
    }
  }

  #close(): void {
    this.#full = true;
    this.#client.stop();
    this.store.rest();
  }

  #judgeDistance({ behind }: TailFrames["stats"]): void {
    // Unknown is no verdict: neither that it is live, nor that it isn't any more.
    if (behind === null) return;
    const perSecond = BigInt(Math.round(this.store.getFigures().inPerSecond ?? 0));
    const allowed = perSecond * BigInt(BEHIND_ALLOWED_SECONDS);
    const catchingUp = BigInt(behind) > (allowed > BEHIND_ALLOWED ? allowed : BEHIND_ALLOWED);
    if (catchingUp !== this.#status.catchingUp) this.#set({ catchingUp });
  }

  #set(change: Partial<TailStatus>): void {
    this.#status = { ...this.#status, ...change };
    for (const listener of this.#listeners) listener();
  }
}

function isMomentary(reason: PauseReason): reason is MomentaryReason {
  return reason === "selecting" || reason === "message";
}
