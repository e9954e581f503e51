import type { ClusterContext } from "../../context.ts";
import { abortProblem } from "../../kafka/deadline.ts";
import type { Decoder } from "../../reader/decoder-pool.ts";
import { fetchOnce } from "../../reader/fetch-once.ts";
import { laterOf } from "../../reader/offset-bounds.ts";
import { PartitionTable } from "../../reader/partition-table.ts";

/** A partition whose messages from `committed` on a group has not read. */
export interface WantedTimeLag {
  readonly topic: string;
  readonly partition: number;
  /** Where reading would go on: the committed offset, or the log start offset when that is higher, or nothing was committed. */
  readonly committed: bigint;
  /** Those that lag most come first in what is looked up. */
  readonly lag: bigint;
}

/** By topic, by partition: when the message at the committed offset was written, by its own timestamp (ms since 1970). */
export type MessageTimes = ReadonlyMap<string, ReadonlyMap<number, number>>;

const MOST_LOOKED_UP = 200;
const CONCURRENCY = 8;
/** Nobody waits longer for it: what isn't there by then is told from samples. */
const PATIENCE_MS = 1_500;
/** A batch comes whole, however large; more than the first is not wanted. */
const FETCH_BYTES = 4_096;
/** Over markers that stand between the commit and the next message. */
const MOST_FETCHES = 3;
const AFEW = { limit: 20, maxBytes: 4_096 };

/** The newest look-ups: while a group stands still, its page asks for the same message every few seconds. */
export class MessageTimesSeen {
  static readonly MOST = 5_000;
  readonly #times = new Map<string, number>();

  get(key: string): number | null {
    return this.#times.get(key) ?? null;
  }

  keep(key: string, timestampMs: number): void {
    this.#times.delete(key);
    this.#times.set(key, timestampMs);
    const [oldest] = this.#times.keys();
    if (this.#times.size > MessageTimesSeen.MOST && oldest !== undefined) this.#times.delete(oldest);
  }
}

/**
 * The timestamps of the messages that a group would read next. Those that can't be read, that aren't there within 1.5 s, and those
 * beyond the 200 partitions that lag most are left out.
 * @throws {ProblemError} cancelled
 */
export async function exactTimeLag(
  ctx: Pick<ClusterContext, "reading" | "decoders" | "state">,
  wanted: readonly WantedTimeLag[],
  signal: AbortSignal,
): Promise<MessageTimes> {
  const times = new Map<string, Map<number, number>>();
  const most = wanted.filter(({ lag }) => lag > 0n).toSorted((a, b) => (a.lag < b.lag ? 1 : a.lag > b.lag ? -1 : 0));
  const queue = most.slice(0, MOST_LOOKED_UP).values();
  const stop = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  const decoder = ctx.decoders.lease();
  try {
    const worker = async () => {
      for (const one of queue) {
        if (stop.aborted) return;
        const timestampMs = await timeOf(ctx, decoder, one, stop).catch(() => null);
        if (timestampMs === null) continue;
        const ofTopic = times.get(one.topic) ?? new Map<number, number>();
        times.set(one.topic, ofTopic.set(one.partition, timestampMs));
      }
    };
    await Promise.all(Array.from({ length: Math.min(CONCURRENCY, most.length) }, worker));
  } finally {
    decoder.release();
  }
  if (signal.aborted) throw abortProblem(signal);
  return times;
}

/** Null: there is no message in reach, or it has no timestamp. */
async function timeOf(
  { reading, state }: Pick<ClusterContext, "reading" | "state">,
  decoder: Decoder,
  { topic, partition, committed }: WantedTimeLag,
  signal: AbortSignal,
): Promise<number | null> {
  const { topicId } = await reading.topic(topic, signal);
  const key = `${topic} ${topicId} ${partition} ${committed}`;
  const seen = state.groupObserver.messageTimes.get(key);
  if (seen !== null) return seen;
  let offset = committed;
  for (let fetches = 0; fetches < MOST_FETCHES; fetches++) {
    const asked = { topic, partition, offset, maxBytes: FETCH_BYTES, isolation: "uncommitted" } as const;
    const chunk = await fetchOnce(reading, asked, new PartitionTable(), signal);
    const [fetched] = chunk.partitions;
    if (fetched === undefined || fetched.next <= offset) return null;
    const records = await decoder.extract(chunk, { place: fetched.place, from: offset, ...AFEW }, signal);
    const message = records.find(({ control }) => control === null);
    if (message !== undefined) {
      const timestampMs = Number(message.timestamp);
      if (timestampMs < 0 || !Number.isSafeInteger(timestampMs)) return null;
      state.groupObserver.messageTimes.keep(key, timestampMs);
      return timestampMs;
    }
    offset = laterOf(offset, (records.at(-1)?.offset ?? fetched.next - 1n) + 1n);
  }
  return null;
}
