import type { MissingPart } from "#lib/contracts/kafka.ts";
import { missingOffsets } from "../clusters/missing-offsets.ts";
import type { ClusterConnections } from "../kafka/connections.ts";
import { listOffsets } from "../kafka/list-offsets.ts";
import type { MetadataTopic } from "../kafka/read-metadata.ts";
import type { TopicEnds } from "./group-reading.ts";

export interface ReadEnds {
  /** By name; topics that the metadata tells nothing about aren't among them. */
  readonly ends: ReadonlyMap<string, TopicEnds>;
  readonly missing: readonly MissingPart[];
  /** Some leader told nothing, or nothing about some of its partitions: they may have another by now. */
  readonly inPart: boolean;
}

/**
 * Where the partitions of these topics begin and end now: one request for each of the three kinds to each leader, all at once.
 * Ask after the committed offsets were read: then no group has committed beyond what is told here.
 * @throws {ProblemError} cancelled
 */
export async function readEnds(
  kafka: ClusterConnections,
  topics: readonly MetadataTopic[],
  signal: AbortSignal,
): Promise<ReadEnds> {
  const [earliest, latest, stable] = await listOffsets(kafka, topics, ["earliest", "latest", "stable"], signal);
  const ends = new Map<string, TopicEnds>();
  for (const { name, errorCode } of topics) {
    if (errorCode !== 0) continue;
    ends.set(name, {
      logStartOffsets: earliest.offsets.get(name) ?? [],
      highWatermarks: latest.offsets.get(name) ?? [],
      lastStableOffsets: stable.offsets.get(name) ?? [],
    });
  }
  const readings = [earliest, latest, stable];
  const inPart = readings.some(({ failures, refused }) => failures.length > 0 || refused.size > 0);
  return { ends, missing: missingOffsets(readings), inPart };
}
