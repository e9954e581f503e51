import { topicsOfGroup } from "../group-partitions.ts";
import type { GroupReading, GroupsReading, TopicEnds } from "../group-reading.ts";
import { atOnce, type Work } from "../in-turns.ts";
import { CommitSamples } from "./commit-samples.ts";
import { GroupSamples } from "./group-samples.ts";
import type { Waiting } from "./looks.ts";
import { OwnMoves } from "./own-moves.ts";
import type { Look } from "./readable-look.ts";
import { SampleTimes } from "./sample-times.ts";
import { SampledHistory } from "./sampled-history.ts";
import { TopicSamples } from "./topic-samples.ts";

/** One hour of 10 s steps. */
const MOST_SAMPLES = 360;
/** 6 minutes: the longest window of a verdict, and a little. */
const FEWEST_SAMPLES = 36;
/** Of all groups of all clusters together. */
export const HISTORY_BUDGET_BYTES = 48 * 1_048_576;
/** A group that isn't there any more, or whose coordinator is away, keeps its samples so long: 10 minutes. */
const FORGET_AFTER_SAMPLES = 60;
/** Room is given back at once and taken in large steps: each step copies everything. */
const WORTH_GROWING = 1.25;

interface Size {
  slotBytes: number;
  fixedBytes: number;
}

/**
 * The samples of all groups of a cluster: typed arrays within a budget of bytes. With more partitions the history grows shorter;
 * groups that don't fit even at the shortest are not remembered, and have no history.
 */
export class GroupHistories {
  readonly #budgetBytes: number;
  #times = new SampleTimes(MOST_SAMPLES);
  #sinceMs: number | null = null;
  readonly #topics = new Map<string, TopicSamples>();
  readonly #groups = new Map<string, GroupSamples>();
  /** Commits that are moved here, not by consumers. */
  readonly ownMoves = new OwnMoves();
  #unobserved = 0;

  constructor(budgetBytes = HISTORY_BUDGET_BYTES) {
    this.#budgetBytes = budgetBytes;
  }

  /** The first sample since the server's start, or since its clock jumped. */
  get sinceMs(): number | null {
    return this.#sinceMs;
  }

  /** How many groups of the newest reading didn't fit. */
  get unobserved(): number {
    return this.#unobserved;
  }

  history(group: string): SampledHistory | null {
    const samples = this.#groups.get(group);
    const { newest } = this.#times;
    // One that is new in a sample that is being added.
    if (samples === undefined || newest < 0 || samples.sinceMs > this.#times.at(newest)) return null;
    return new SampledHistory(this.#times, samples);
  }

  /** Null: it has none, or no group reads it. */
  topicId(topic: string): string | null {
    return this.#topics.get(topic)?.topicId ?? null;
  }

  /** Partitions where messages have waited behind an unmoved commit since `atMs` or before, as the newest sample has them. */
  waitingSince(atMs: number): Waiting[] {
    const waiting = new Map<string, Waiting>();
    for (const { topics } of this.#groups.values()) {
      for (const [topic, commits] of topics) {
        for (let partition = 0; partition < commits.partitionCount; partition++) {
          const since = commits.waiting(partition);
          const highWatermark = commits.topic.highWatermark(this.#times.newest, partition);
          if (since === null || since.sinceMs > atMs || highWatermark === null) continue;
          const { committed, from } = since;
          const lastStableOffset = commits.topic.lastStableOffset(partition) ?? highWatermark;
          const { topicId } = commits.topic;
          const one = { topic, topicId, partition, committed, from, highWatermark, lastStableOffset };
          waiting.set(`${topic} ${partition} ${committed}`, one);
        }
      }
    }
    return [...waiting.values()];
  }

  /** As the newest sample that has it; 0: never read, or no group reads it. */
  logStartOffset(topic: string, partition: number): bigint {
    return this.#topics.get(topic)?.logStartOffset(partition) ?? 0n;
  }

  noteLook(
    { topic, partition, committed }: Pick<Waiting, "topic" | "partition" | "committed">,
    look: Look,
    atMs: number,
  ): void {
    for (const { topics } of this.#groups.values()) topics.get(topic)?.noteLook(partition, committed, look, atMs);
  }

  /** What the samples take, in bytes. */
  get bytes(): number {
    const size = this.#sizeOfHeld(new Set(), new Set());
    return size.slotBytes * this.#times.depth + size.fixedBytes;
  }

  /** Forgets all: what was sampled by a clock that has jumped since can't be compared with what is now. */
  clear(): void {
    this.#times = new SampleTimes(MOST_SAMPLES);
    this.#sinceMs = null;
    this.#unobserved = 0;
    this.#topics.clear();
    this.#groups.clear();
    this.ownMoves.clear();
  }

  /** `adding` in one go. */
  add(reading: GroupsReading | null, atMs: number): void {
    atOnce(this.adding(reading, atMs));
  }

  /**
   * Adds a sample. Until that is done, histories end with the sample before it.
   * @param reading null: this time nothing could be read
   */
  *adding(reading: GroupsReading | null, atMs: number): Work<void> {
    if (this.#times.newest >= 0 && atMs <= this.#times.at(this.#times.newest)) return;
    if (reading === null && this.#sinceMs === null) return;
    this.#sinceMs ??= atMs;
    const admitted = reading === null ? [] : yield* this.#admit(reading);
    const sample = this.#times.begin(atMs);
    yield* this.#recordTopics(sample, atMs, reading, admitted);
    const read = new Set<GroupSamples>();
    for (const group of admitted) {
      yield;
      const samples = this.#groups.get(group.group) ?? new GroupSamples(this.#times, atMs, sample);
      this.#groups.set(group.group, samples);
      const own = this.ownMoves.mayShow(group.group, samples.readMs);
      samples.record(sample, atMs, group, reading?.ends ?? new Map(), (topic) => this.#topics.get(topic) ?? null, own);
      read.add(samples);
    }
    for (const [name, samples] of this.#groups) {
      if (read.has(samples)) continue;
      yield;
      if (sample - samples.newest > FORGET_AFTER_SAMPLES) this.#groups.delete(name);
      else samples.recordNothing(sample);
    }
    this.#times.end();
    this.#forgetTopics();
  }

  /** Those known first, then new ones, as many as the budget holds; makes the rings as deep as it allows. */
  *#admit(reading: GroupsReading): Work<GroupReading[]> {
    const counted = new Set<string>();
    const total = this.#sizeOfHeld(new Set(reading.groups.keys()), counted);
    const admitted: GroupReading[] = [];
    const known = [...reading.groups.values()].filter(({ group }) => this.#groups.has(group));
    const added = [...reading.groups.values()].filter(({ group }) => !this.#groups.has(group));
    for (const group of [...known, ...added]) {
      yield;
      const size = sizeOf(group, reading.ends, counted);
      const [slotBytes, fixedBytes] = [total.slotBytes + size.slotBytes, total.fixedBytes + size.fixedBytes];
      if (slotBytes * FEWEST_SAMPLES + fixedBytes > this.#budgetBytes) {
        this.#groups.delete(group.group);
        continue;
      }
      total.slotBytes = slotBytes;
      total.fixedBytes = fixedBytes;
      for (const topic of size.topics) counted.add(topic);
      admitted.push(group);
    }
    this.#unobserved = reading.groups.size - admitted.length;
    this.#fit(total);
    return admitted;
  }

  #fit({ slotBytes, fixedBytes }: Size): void {
    const room = Math.floor((this.#budgetBytes - fixedBytes) / Math.max(slotBytes, 1));
    const depth = Math.min(MOST_SAMPLES, Math.max(FEWEST_SAMPLES, room));
    const old = this.#times.depth;
    if (depth === old || (depth > old && depth < MOST_SAMPLES && depth < old * WORTH_GROWING)) return;
    // The rings read the newest sample's number only: times last would leave them with slots of another depth.
    for (const topic of this.#topics.values()) topic.resize(old, depth);
    for (const group of this.#groups.values()) group.resize(old, depth);
    this.#times.resize(depth);
  }

  /** Of the groups that are held, but for some, and of the topics they read. @param counted those topics are added to it */
  #sizeOfHeld(except: ReadonlySet<string>, counted: Set<string>): Size {
    const size = { slotBytes: 8, fixedBytes: 0 };
    for (const [name, { topics }] of this.#groups) {
      if (except.has(name)) continue;
      addGroup(size);
      for (const [topic, commits] of topics) {
        addCommits(size, commits.partitionCount);
        if (!counted.has(topic)) addTopic(size, commits.topic.partitionCount);
        counted.add(topic);
      }
    }
    return size;
  }

  *#recordTopics(
    sample: number,
    atMs: number,
    reading: GroupsReading | null,
    admitted: readonly GroupReading[],
  ): Work<void> {
    const wanted = new Set<string>();
    for (const group of admitted) for (const topic of topicsOfGroup(group)) wanted.add(topic);
    const ids = new Map(reading?.metadata.topics.map(({ name, topicId }) => [name, topicId]));
    for (const name of wanted) {
      if (reading?.ends.has(name) !== true) continue;
      const topicId = ids.get(name) ?? null;
      const held = this.#topics.get(name);
      const madeAgain = topicId !== null && held?.topicId !== topicId;
      if (held === undefined || madeAgain) this.#topics.set(name, new TopicSamples(this.#times, topicId));
    }
    for (const [name, samples] of this.#topics) {
      yield;
      samples.record(sample, atMs, reading?.ends.get(name) ?? null);
    }
  }

  #forgetTopics(): void {
    const held = new Set<string>();
    for (const { topics } of this.#groups.values()) for (const topic of topics.keys()) held.add(topic);
    for (const topic of this.#topics.keys()) if (!held.has(topic)) this.#topics.delete(topic);
  }
}

function sizeOf(
  group: GroupReading,
  ends: ReadonlyMap<string, TopicEnds>,
  counted: ReadonlySet<string>,
): Size & { readonly topics: readonly string[] } {
  const size = { slotBytes: 0, fixedBytes: 0 };
  const topics: string[] = [];
  addGroup(size);
  for (const topic of topicsOfGroup(group)) {
    const count = ends.get(topic)?.highWatermarks.length ?? 0;
    addCommits(size, count);
    if (!counted.has(topic)) addTopic(size, count);
    topics.push(topic);
  }
  return { ...size, topics };
}

function addGroup(size: Size): void {
  size.slotBytes += GroupSamples.SLOT_BYTES;
  size.fixedBytes += GroupSamples.FIXED_BYTES;
}

function addCommits(size: Size, partitions: number): void {
  size.slotBytes += partitions * CommitSamples.SLOT_BYTES;
  size.fixedBytes += partitions * CommitSamples.FIXED_BYTES;
}

function addTopic(size: Size, partitions: number): void {
  size.slotBytes += partitions * TopicSamples.SLOT_BYTES;
  size.fixedBytes += partitions * TopicSamples.FIXED_BYTES;
}
