import { MAX_MOVES, type PlanProblem } from "#lib/contracts/offset-resets.ts";
import { formatCount } from "#lib/format.ts";
import { ProblemError } from "#lib/problem.ts";
import type { MetadataTopic } from "../../kafka/read-metadata.ts";

/** Partitions by topic, before it is known whether they are there. */
export class WantedPartitions {
  readonly #topics = new Map<string, Set<number> | "all">();

  get topics(): readonly string[] {
    return [...this.#topics.keys()];
  }

  /** All partitions that the topic turns out to have. */
  addTopic(topic: string): void {
    this.#topics.set(topic, "all");
  }

  add(topic: string, partitions: Iterable<number>): void {
    const known = this.#topics.get(topic);
    if (known === "all") return;
    if (known === undefined) this.#topics.set(topic, new Set(partitions));
    else for (const partition of partitions) known.add(partition);
  }

  has(topic: string, partition: number): boolean {
    const known = this.#topics.get(topic);
    return known === "all" || known?.has(partition) === true;
  }

  /**
   * Those that are there: each topic with its partitions, of which those that aren't wanted have no leader, so that nobody is asked
   * about them.
   * @param lineOf where a partition is named, in a file
   * @throws {ProblemError} invalid-request, more of them than can be moved in one go
   */
  among(
    topics: readonly MetadataTopic[],
    lineOf: (topic: string, partition: number) => number | null,
  ): { readonly found: readonly FoundTopic[]; readonly problems: readonly PlanProblem[] } {
    const found: FoundTopic[] = [];
    const problems: PlanProblem[] = [];
    const byName = new Map(topics.map((topic) => [topic.name, topic]));
    let count = 0;
    for (const [name, wanted] of [...this.#topics].sort(byNameOfTopic)) {
      const topic = byName.get(name);
      if (topic === undefined || topic.errorCode !== 0) {
        problems.push(...absentTopic(name, wanted, topic?.errorCode ?? 0, lineOf));
        continue;
      }
      const there = topic.partitions.length;
      const partitions =
        wanted === "all" ? topic.partitions.map(({ partition }) => partition) : [...wanted].sort(byNumber);
      for (const partition of partitions) {
        if (partition >= there) problems.push(absentPartition(name, partition, there, lineOf(name, partition)));
      }
      const within = partitions.filter((partition) => partition < there);
      count += within.length;
      found.push({ topic: onlyThese(topic, new Set(within)), partitions: within });
    }
    if (count > MAX_MOVES) {
      throw new ProblemError(
        "invalid-request",
        `These are ${formatCount(count)} partitions, and at most ${formatCount(MAX_MOVES)} are moved in one go. Choose some topics, or some partitions, and do the others afterwards.`,
        { invalidParams: [{ path: "scope", message: `at most ${formatCount(MAX_MOVES)} partitions` }] },
      );
    }
    return { found, problems };
  }
}

export interface FoundTopic {
  readonly topic: MetadataTopic;
  /** In order. */
  readonly partitions: readonly number[];
}

const TOPIC_FORBIDDEN = 29;

function absentTopic(
  name: string,
  wanted: ReadonlySet<number> | "all",
  errorCode: number,
  lineOf: (topic: string, partition: number) => number | null,
): PlanProblem[] {
  const detail =
    errorCode === TOPIC_FORBIDDEN
      ? `Kafka refuses this user topic ${name}: it needs Describe on Topic ${name}. Grant it with kafka-acls.sh.`
      : `There is no topic "${name}" on this cluster: nothing of it is moved. It may have been deleted; check the spelling, upper and lower case too.`;
  const lines = wanted === "all" ? [] : [...wanted].map((partition) => ({ partition, line: lineOf(name, partition) }));
  const named = lines.filter(({ line }) => line !== null);
  if (named.length === 0) return [{ line: null, topic: name, partition: null, detail }];
  return named.map(({ line, partition }) => ({ line, topic: name, partition, detail }));
}

function absentPartition(topic: string, partition: number, there: number, line: number | null): PlanProblem {
  const those = there === 1 ? "its only partition is 0" : `its partitions are 0 to ${there - 1}`;
  return { line, topic, partition, detail: `${topic} has no partition ${partition}: ${those}.` };
}

function onlyThese(topic: MetadataTopic, wanted: ReadonlySet<number>): MetadataTopic {
  if (wanted.size === topic.partitions.length) return topic;
  const partitions = topic.partitions.map((one) => (wanted.has(one.partition) ? one : { ...one, leader: null }));
  return { ...topic, partitions };
}

function byNameOfTopic([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function byNumber(a: number, b: number): number {
  return a - b;
}
