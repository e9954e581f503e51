import type { CursorTopic } from "#lib/tail/cursor.ts";
import type { TailStart } from "#lib/tail/start.ts";
import type { PartitionPosition } from "./partition-position.ts";
import type { ReadRequest } from "./reader-event.ts";
import type { SelectedTopic } from "./select-topics.ts";

export interface GoneTopic {
  readonly reason: "deleted" | "recreated";
  readonly topic: string;
  readonly positions: readonly PartitionPosition[];
}

interface TrackedTopic {
  readonly topicId: string;
  readonly positions: Map<number, PartitionPosition>;
  /** How many partitions it had when the reading began, which may be before this reader; 0 when it came later. */
  readonly partitions: number;
  /** How many times in a row it was not there. */
  missed: number;
}

/** A broker that has just started may not know a topic yet: it is gone when it was not there so many times. */
const MISSED_UNTIL_GONE = 2;
const BEGINNING: TailStart = { kind: "earliest" };

/** What there is to read, as metadata tells it time and again: what came, what went, who leads. */
export class PartitionTracker {
  readonly #request: ReadRequest;
  readonly #cursor: ReadonlyMap<string, CursorTopic>;
  readonly #topics = new Map<string, TrackedTopic>();
  /** Topics that went, by id: should one of them turn out to be there after all, it goes on where it stopped. */
  readonly #left = new Map<string, TrackedTopic>();
  /** Ids whose name belongs to a newer topic: a broker that still tells of them is behind. */
  readonly #replaced = new Set<string>();
  #first = true;

  constructor(request: ReadRequest) {
    this.#request = request;
    const topics = request.start.kind === "cursor" ? request.start.cursor.topics : [];
    this.#cursor = new Map(topics.map((topic) => [topic.topicId, topic]));
  }

  tracks({ topic, topicId, partition }: PartitionPosition): boolean {
    const tracked = this.#topics.get(topic);
    return tracked?.topicId === topicId && tracked.positions.has(partition);
  }

  *positions(): Generator<PartitionPosition> {
    for (const { positions } of this.#topics.values()) yield* positions.values();
  }

  /** The topics, by id, each with the partitions it had when the reading began. */
  topics(): ReadonlyMap<string, { readonly name: string; readonly partitions: number }> {
    return new Map([...this.#topics].map(([name, { topicId, partitions }]) => [topicId, { name, partitions }]));
  }

  /**
   * @param topics what is selected, and there
   * @param unsure names about which the broker said neither that they are there nor that they are not
   */
  observe(
    topics: readonly SelectedTopic[],
    unsure: ReadonlySet<string>,
  ): { readonly added: readonly PartitionPosition[]; readonly gone: readonly GoneTopic[] } {
    const added: PartitionPosition[] = [];
    const gone: GoneTopic[] = this.#first ? this.#goneSinceCursor(topics) : [];
    const there = new Set<string>();
    for (const topic of topics) {
      there.add(topic.name);
      const { topicId } = topic;
      if (topicId === null || this.#replaced.has(topicId)) continue;
      let tracked = this.#topics.get(topic.name);
      if (tracked !== undefined && tracked.topicId !== topicId) {
        this.#replaced.add(tracked.topicId);
        gone.push({ reason: "recreated", topic: topic.name, positions: [...tracked.positions.values()] });
        tracked = undefined;
      }
      tracked ??= this.#left.get(topicId) ?? {
        topicId,
        positions: new Map(),
        partitions: this.#partitionsAtFirst(topicId, topic.partitionCount),
        missed: 0,
      };
      this.#left.delete(topicId);
      tracked.missed = 0;
      added.push(...this.#observeTopic(topic, topicId, tracked));
      this.#topics.set(topic.name, tracked);
    }
    for (const [name, tracked] of this.#topics) {
      if (there.has(name) || unsure.has(name) || ++tracked.missed < MISSED_UNTIL_GONE) continue;
      this.#topics.delete(name);
      this.#left.set(tracked.topicId, tracked);
      gone.push({ reason: "deleted", topic: name, positions: [...tracked.positions.values()] });
    }
    this.#first = false;
    return { added, gone };
  }

  /** True while a topic was not there, and it isn't certain yet that it is gone. */
  get isDoubtful(): boolean {
    return [...this.#topics.values()].some(({ missed }) => missed > 0);
  }

  #observeTopic({ name, partitions }: SelectedTopic, topicId: string, tracked: TrackedTopic): PartitionPosition[] {
    const added: PartitionPosition[] = [];
    const returned = this.#topics.get(name) !== tracked;
    for (const { partition, leader, leaderEpoch } of partitions) {
      let position = tracked.positions.get(partition);
      if (position === undefined) {
        const start = this.#first ? this.#startOf(name, topicId, partition) : BEGINNING;
        position = newPosition(name, topicId, partition, start);
        tracked.positions.set(partition, position);
        added.push(position);
      } else if (returned) {
        position.start ??= { kind: "offset", offset: String(position.next) };
        position.trouble = null;
        added.push(position);
      }
      const epoch = leaderEpoch ?? -1;
      if (epoch < position.leaderEpoch) continue;
      position.leader = leader;
      position.leaderEpoch = epoch;
    }
    return added;
  }

  /** Topics of the cursor whose name belongs to another topic now. */
  #goneSinceCursor(topics: readonly SelectedTopic[]): GoneTopic[] {
    const { start } = this.#request;
    if (start.kind !== "cursor") return [];
    const before = new Set(start.cursor.topics.map(({ name }) => name));
    return topics
      .filter(({ name, topicId }) => before.has(name) && topicId !== null && !this.#cursor.has(topicId))
      .map(({ name }) => ({ reason: "recreated", topic: name, positions: [] }));
  }

  #startOf(name: string, topicId: string, partition: number): TailStart {
    const { start, selection } = this.#request;
    if (start.kind !== "cursor") return start;
    const topic = this.#cursor.get(topicId);
    if (topic?.name !== name) return BEGINNING;
    const offset = topic.next.get(partition);
    if (offset !== undefined) return { kind: "offset", offset };
    // Nothing that is wanted was in it when it was left out: from its beginning nothing is missed, and nothing read twice.
    const isChosenAnew = "topics" in selection && selection.asLongAs !== undefined;
    return partition < topic.partitions && !isChosenAnew ? start.unnamed : BEGINNING;
  }

  #partitionsAtFirst(topicId: string, now: number): number {
    if (!this.#first) return 0;
    return this.#request.start.kind === "cursor" ? (this.#cursor.get(topicId)?.partitions ?? 0) : now;
  }
}

function newPosition(topic: string, topicId: string, partition: number, start: TailStart): PartitionPosition {
  const unknown = { place: null, end: null, leader: null, leaderEpoch: -1, trouble: null };
  return { topic, topicId, partition, start, next: 0n, ...unknown };
}
