import { randomUUID } from "node:crypto";
import type { MessageFilter } from "#lib/contracts/message-filter.ts";
import { PREVIEW_BYTES } from "#lib/contracts/message-row.ts";
import type { TailFrames } from "#lib/contracts/tail.ts";
import { ProblemError } from "#lib/problem.ts";
import { abortProblem } from "../kafka/deadline.ts";
import { logger } from "../logger.ts";
import type { Lens } from "../reader/lens.ts";
import type { ReadRequest } from "../reader/reader-event.ts";
import { CatchUp } from "./catch-up.ts";
import { failureDetails, type TailCluster, TailHub } from "./tail-hub.ts";
import { TailStream } from "./tail-stream.ts";

const MAX_VIEWERS = 1_000;
const MAX_HUBS = 100;
/** Of each feed: more than a person sees, and than a browser should lay out. */
const ROWS_PER_SECOND = 25_000;

export interface TailRequest extends ReadRequest {
  readonly filter: MessageFilter;
  readonly quietMs: number | null;
  readonly keyHash: NonNullable<TailFrames["ready"]["keyHash"]> | null;
}

/** All live tails of this server. */
export class Tails {
  /** By cluster, then by what they read. */
  readonly #hubs = new Map<TailCluster["reading"], Map<string, TailHub>>();
  readonly #maxViewers: number;
  readonly #maxHubs: number;
  readonly #rowsPerSecond: number;
  #viewers = 0;

  constructor({ maxViewers = MAX_VIEWERS, maxHubs = MAX_HUBS, rowsPerSecond = ROWS_PER_SECOND } = {}) {
    this.#maxViewers = maxViewers;
    this.#maxHubs = maxHubs;
    this.#rowsPerSecond = rowsPerSecond;
  }

  get viewers(): number {
    return this.#viewers;
  }

  get hubs(): number {
    let count = 0;
    for (const hubs of this.#hubs.values()) count += hubs.size;
    return count;
  }

  /**
   * Opens a viewer's stream: its first frame waits already.
   * @param signal of the opening
   * @param viewing aborted when the viewer leaves, or with shutting-down
   * @throws {ProblemError} too-many-tails, and as `RecordReader.open`
   */
  async open(
    cluster: TailCluster,
    request: TailRequest,
    signal: AbortSignal,
    viewing: AbortSignal,
  ): Promise<TailStream> {
    if (this.#viewers >= this.#maxViewers) throw tooMany(`${this.#maxViewers} tails are open`);
    const { selection, isolation, start, filter, quietMs, keyHash } = request;
    const hub = this.#hubOf(cluster, { selection, isolation });
    const lens: Lens = { ...filter, isolation, previewBytes: PREVIEW_BYTES, gaps: true };
    const stream = new TailStream({
      quietMs,
      onClose: () => {
        this.#viewers -= 1;
        hub.leave(stream);
        viewing.removeEventListener("abort", onAbort);
      },
    });
    const onAbort = () => {
      const { code, message } = abortProblem(viewing);
      if (code === "shutting-down") stream.end({ reason: "shutting-down", detail: message });
      else void stream.return();
    };
    this.#viewers += 1;
    hub.enter(stream);
    viewing.addEventListener("abort", onAbort, { once: true });
    try {
      if (start.kind === "now") {
        await untilAborted(hub.openTip(), signal);
        if (!stream.closed) hub.join(stream, lens, keyHash ?? undefined);
      } else {
        const reading = await CatchUp.open(hub, lens, stream, start, signal, keyHash ?? undefined);
        reading.run().catch((error: unknown) => {
          const requestId = randomUUID();
          logger.error({ requestId, err: error }, "a tail failed");
          stream.fail(failureDetails(error, requestId));
        });
      }
      return stream;
    } catch (error) {
      await stream.return();
      throw error;
    }
  }

  /** Ends what still reads. */
  close(): void {
    for (const hubs of [...this.#hubs.values()]) for (const hub of [...hubs.values()]) hub.close();
  }

  #hubOf(cluster: TailCluster, reading: Pick<ReadRequest, "selection" | "isolation">): TailHub {
    const key = JSON.stringify(reading);
    const hubs = this.#hubs.get(cluster.reading) ?? new Map<string, TailHub>();
    const known = hubs.get(key);
    if (known !== undefined && !known.outdated) return known;
    if (known === undefined && this.hubs >= this.#maxHubs) {
      throw tooMany(`${this.#maxHubs} different selections are tailed`);
    }
    const onClose = () => {
      if (hubs.get(key) === hub) hubs.delete(key);
      // An outdated hub may close when others have been opened anew.
      if (hubs.size === 0 && this.#hubs.get(cluster.reading) === hubs) this.#hubs.delete(cluster.reading);
    };
    const hub: TailHub = new TailHub(cluster, reading, { rowsPerSecond: this.#rowsPerSecond, onClose });
    hubs.set(key, hub);
    this.#hubs.set(cluster.reading, hubs);
    return hub;
  }
}

function tooMany(what: string): ProblemError {
  return new ProblemError(
    "too-many-tails",
    `${what} on this server already, and it takes no more. Close tails that nobody looks at, or try again later.`,
  );
}

/** The opening is shared: one viewer who leaves doesn't end it. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(abortProblem(signal));
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
