import type { FetchInput } from "../kafka/fetch.ts";
import type { PartitionPosition } from "./partition-position.ts";

/** Below that, naming every partition in every request costs less than a place in the broker's table of sessions. */
const SESSION_FROM = 16;
/** Of one partition in one answer. */
const PARTITION_BYTES = 1024 * 1024;
const NO_SESSION = 0;
const SESSIONLESS_EPOCH = -1;
const FIRST_EPOCH = 0;
const INT32_MAX = 2_147_483_647;

type Lists = Pick<FetchInput, "sessionId" | "sessionEpoch" | "topics" | "forgotten">;

/**
 * What one leader is asked for, request by request. Beyond a few partitions it is a fetch session (KIP-227): the broker
 * remembers the partitions, a request names only those that moved, and a thousand idle ones cost nothing.
 *
 * The order is that of service, since a broker fills its answer from the front: whoever got something goes to the end.
 */
export class FetchSession {
  /** By topic id, by partition, in the order of service; with the offset that the leader was last asked for. */
  readonly #members = new Set<PartitionPosition>();
  readonly #index = new Map<string, Map<number, PartitionPosition>>();
  readonly #asked = new Map<PartitionPosition, bigint>();
  /** What the broker's session doesn't know yet, or should forget. */
  readonly #changed = new Set<PartitionPosition>();
  readonly #gone = new Set<PartitionPosition>();
  #id = NO_SESSION;
  #epoch = FIRST_EPOCH;

  get size(): number {
    return this.#members.size;
  }

  /** The broker's session; 0: there is none. */
  get id(): number {
    return this.#id;
  }

  add(position: PartitionPosition): void {
    this.#members.add(position);
    this.#changed.add(position);
    let partitions = this.#index.get(position.topicId);
    if (partitions === undefined) {
      partitions = new Map();
      this.#index.set(position.topicId, partitions);
    }
    partitions.set(position.partition, position);
  }

  remove(position: PartitionPosition): void {
    if (!this.#members.delete(position)) return;
    this.#changed.delete(position);
    this.#gone.add(position);
    this.#asked.delete(position);
    const partitions = this.#index.get(position.topicId);
    partitions?.delete(position.partition);
    if (partitions?.size === 0) this.#index.delete(position.topicId);
  }

  /** It was served, and its `next` has moved. */
  moved(position: PartitionPosition): void {
    if (!this.#members.delete(position)) return;
    this.#members.add(position);
    this.#changed.add(position);
  }

  /**
   * Whom an answer is for. Undefined when it answers what is no longer asked: the partition left meanwhile, or left and
   * came back, and another leader may have moved it.
   */
  answered(topicId: string | null, partition: number): PartitionPosition | undefined {
    const position = this.#index.get(topicId ?? "")?.get(partition);
    return position !== undefined && this.#asked.get(position) === position.next ? position : undefined;
  }

  /** The next request. Whatever fails about it: `restart`. */
  request(): Lists {
    const sessionless = this.#id === NO_SESSION && this.#members.size < SESSION_FROM;
    const whole = this.#epoch === FIRST_EPOCH || sessionless;
    const named = whole ? this.#members : this.#changed;
    for (const position of named) this.#asked.set(position, position.next);
    const lists: Lists = {
      sessionId: this.#id,
      sessionEpoch: sessionless ? SESSIONLESS_EPOCH : this.#epoch,
      topics: grouped(named, ({ partition, next }) => ({ partition, offset: next, maxBytes: PARTITION_BYTES })),
      // One that came back meanwhile is named as changed: it must not be forgotten as well.
      forgotten: whole ? [] : grouped(without(this.#gone, this.#index), ({ partition }) => partition),
    };
    this.#changed.clear();
    this.#gone.clear();
    return lists;
  }

  /** @param sessionId as answered; 0: the broker's table of sessions is full */
  accepted(sessionId: number): void {
    if (sessionId === NO_SESSION) {
      this.#id = NO_SESSION;
      this.#epoch = FIRST_EPOCH;
    } else {
      this.#id = sessionId;
      this.#epoch = this.#epoch === INT32_MAX ? 1 : this.#epoch + 1;
    }
  }

  /**
   * What the broker took of the last request is not known, or it doesn't know the session: all is named anew.
   * @param lost the broker has forgotten the session; else it is told to, by the next request
   */
  restart({ lost = false } = {}): void {
    if (lost) this.#id = NO_SESSION;
    this.#epoch = FIRST_EPOCH;
    this.#asked.clear();
    this.#changed.clear();
    this.#gone.clear();
  }
}

function* without(
  gone: Iterable<PartitionPosition>,
  members: ReadonlyMap<string, ReadonlyMap<number, PartitionPosition>>,
): Generator<PartitionPosition> {
  for (const one of gone) if (!members.get(one.topicId)?.has(one.partition)) yield one;
}

/** Neighbours of one topic together, the order kept. */
function grouped<T>(
  positions: Iterable<PartitionPosition>,
  of: (position: PartitionPosition) => T,
): { topicId: string; partitions: T[] }[] {
  const topics: { topicId: string; partitions: T[] }[] = [];
  for (const position of positions) {
    let last = topics.at(-1);
    if (last?.topicId !== position.topicId) {
      last = { topicId: position.topicId, partitions: [] };
      topics.push(last);
    }
    last.partitions.push(of(position));
  }
  return topics;
}
