import { ProblemError } from "#lib/problem.ts";
import { compileTopicPattern } from "#lib/topic-pattern.ts";
import type { Metadata, MetadataTopic } from "../kafka/read-metadata.ts";
import type { ReadSelection } from "./reader-event.ts";

/** Those of its partitions that are selected, and how many it has. */
export interface SelectedTopic extends MetadataTopic {
  readonly partitionCount: number;
}

/** What of the metadata a selection means; `names` null: all topics have to be asked for. */
export interface TopicSelector {
  readonly names: readonly string[] | null;
  /** Topics that exist, with those of their partitions that are selected. */
  select(metadata: Metadata): readonly SelectedTopic[];
}

/** What was found out about a name is kept: only new ones are matched when topics are looked at again. */
const MAX_REMEMBERED = 100_000;
/** Some patterns take a millisecond or more for each of ten thousand names. */
const MATCHING_MS = 400;

/** @throws {ProblemError} invalid-request when the pattern is none */
export async function topicSelector(selection: ReadSelection): Promise<TopicSelector> {
  if ("pattern" in selection) return byPattern(selection.pattern, selection.internal);
  const names = [...new Set(selection.topics)];
  const wanted = new Set(names);
  const { partitions, asLongAs } = selection;
  return {
    names,
    select: ({ topics }) => {
      const found = topics.filter(({ name, errorCode }) => errorCode === 0 && wanted.has(name)).map(counted);
      if (partitions === null) return found;
      return found.map((topic) => {
        const { topicId, partitionCount } = topic;
        if (asLongAs && (topicId !== asLongAs.topicId || partitionCount !== asLongAs.partitions)) return topic;
        return { ...topic, partitions: topic.partitions.filter(({ partition }) => partitions.includes(partition)) };
      });
    },
  };
}

async function byPattern(pattern: string, internal: boolean): Promise<TopicSelector> {
  const matches = await compile(pattern);
  const known = new Map<string, boolean>();
  return {
    names: null,
    select: ({ topics }) => {
      if (known.size > MAX_REMEMBERED) known.clear();
      const untilMs = performance.now() + MATCHING_MS;
      const found = topics.filter((topic) => {
        if (topic.errorCode !== 0 || (topic.internal && !internal)) return false;
        let matched = known.get(topic.name);
        if (matched === undefined) {
          if (performance.now() > untilMs) throw tooExpensive();
          matched = matches(topic.name);
          known.set(topic.name, matched);
        }
        return matched;
      });
      return found.map(counted);
    },
  };
}

function counted(topic: MetadataTopic): SelectedTopic {
  return { ...topic, partitionCount: topic.partitions.length };
}

/** The engine is loaded by the first pattern. */
async function compile(pattern: string): Promise<(name: string) => boolean> {
  const { RE2JS } = await import("re2js");
  try {
    return compileTopicPattern(pattern, RE2JS);
  } catch (error) {
    if (error instanceof RangeError) throw wrongPattern(error.message);
    throw error;
  }
}

function tooExpensive(): ProblemError {
  return wrongPattern("it takes too long to match against all topics: make it simpler");
}

function wrongPattern(message: string): ProblemError {
  return new ProblemError("invalid-request", `The pattern can't be used: ${message}.`, {
    invalidParams: [{ path: "pattern", message }],
  });
}
