import type { z } from "zod";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { MissingPart } from "#lib/contracts/kafka.ts";
import type { getTopicStorage as contract } from "#lib/contracts/segments.ts";
import { missingOffsets } from "../../clusters/missing-offsets.ts";
import { missingSizes, sizesOfAway } from "../../clusters/missing-sizes.ts";
import type { ClusterContext } from "../../context.ts";
import { listOffsets } from "../../kafka/list-offsets.ts";
import { type MetadataTopic, readMetadata } from "../../kafka/read-metadata.ts";
import { topicIn } from "../../topics/find-topic.ts";
import { FenceError } from "../partition-directory.ts";
import { readStored, type StoredReplica } from "../read-stored.ts";
import type { LogBounds } from "../retention.ts";
import { type BrokerSource, readBrokerSource } from "../sources/broker-source.ts";
import { openReplica } from "../sources/open-replica.ts";
import { readPartitionConfig } from "./partition-config.ts";

type Answer = z.input<typeof contract.response>;

/** Whose directories are looked into; of more, the brokers' own sizes are told. */
const MAX_READ = 600;
const AT_A_TIME = 4;

/**
 * A topic's bytes by replica as its brokers tell, and, where this server reads their files, how many segments, how old, and what
 * goes at the next check. Sizes that are asked for again tell how fast the topic grows.
 * @throws {ProblemError} topic-not-found, kafka-forbidden, cluster-unreachable, deadline-exceeded, cancelled
 */
export async function getTopicStorage(ctx: ClusterContext, { params }: ParsedInput<typeof contract>): Promise<Answer> {
  const observedAtMs = Date.now();
  const metadata = await readMetadata(ctx.kafka, [params.topic], ctx.signal);
  const topic = topicIn(metadata, params.topic);
  const up = new Set(metadata.brokers.map(({ id }) => id));
  const brokerIds = [...new Set(topic.partitions.flatMap(({ replicas }) => replicas))].sort((a, b) => a - b);
  const [sources, [earliest, latest], configs] = await Promise.all([
    Promise.all(
      brokerIds.map((id) => readBrokerSource(ctx, metadata.clusterId, id, up.has(id) ? asked(topic, id) : null)),
    ),
    listOffsets(ctx.kafka, [topic], ["earliest", "latest"], ctx.signal),
    readPartitionConfig(ctx, topic.name),
  ]);
  const boundsOf = (partition: number): LogBounds => ({
    logStartOffset: earliest.offsets.get(topic.name)?.[partition] ?? null,
    highWatermark: latest.offsets.get(topic.name)?.[partition] ?? null,
  });
  const rules = configs.config?.tiered ? null : configs.config;
  const read = new ReplicaReader(ctx, topic, (directory, partition) =>
    readStored(directory, ctx.state.segments.described.get, rules, boundsOf(partition), ctx.signal),
  );
  const replicas = await read.all(sources);
  const leaders = replicas.filter(({ leader }) => leader);
  const isWhole = leaders.length === topic.partitions.length && leaders.every(({ sizeBytes }) => sizeBytes !== null);
  const bytes = isWhole ? leaders.reduce((sum, { sizeBytes }) => sum + BigInt(sizeBytes ?? 0), 0n) : null;
  return {
    replicas,
    growthBytesPerSecond: ctx.state.segments.growth.add(topic.name, topic.topicId, bytes, observedAtMs),
    missing: [
      ...missingSizes(sources.flatMap(({ failure }) => failure ?? [])),
      ...sources
        .filter(({ told, failure }) => told === null && failure === null)
        .map(({ brokerId }) => sizesOfAway(brokerId, "down")),
      ...missingOffsets([earliest, latest]),
      ...configs.missing,
      ...notRead(sources),
      ...read.tooMany,
    ],
    observedAtMs,
  };
}

function asked({ name, partitions }: MetadataTopic, brokerId: number) {
  return {
    name,
    partitions: partitions.filter(({ replicas }) => replicas.includes(brokerId)).map(({ partition }) => partition),
  };
}

/** Brokers whose files aren't read here: each once, with what to do. */
function notRead(sources: readonly BrokerSource[]): MissingPart[] {
  return sources.flatMap(({ brokerId, refused }) =>
    refused === null
      ? []
      : [{ part: `segments on broker ${brokerId}`, code: "segments-unreadable", detail: refused.detail, brokerId }],
  );
}

type Directory = Parameters<typeof readStored>[0];

class ReplicaReader {
  readonly tooMany: MissingPart[] = [];
  readonly #ctx: ClusterContext;
  readonly #topic: MetadataTopic;
  readonly #read: (directory: Directory, partition: number) => Promise<StoredReplica>;

  constructor(
    ctx: ClusterContext,
    topic: MetadataTopic,
    read: (directory: Directory, partition: number) => Promise<StoredReplica>,
  ) {
    this.#ctx = ctx;
    this.#topic = topic;
    this.#read = read;
  }

  /** By partition, the leader first. */
  async all(sources: readonly BrokerSource[]): Promise<Answer["replicas"]> {
    const byBroker = new Map(sources.map((source) => [source.brokerId, source]));
    const sizes = new Map(sources.map((source) => [source.brokerId, sizesOf(source)]));
    const replicas = this.#topic.partitions.flatMap(({ partition, leader, replicas: ids }) =>
      ids
        .toSorted((a, b) => Number(b === leader) - Number(a === leader))
        .map((brokerId) => ({ partition, brokerId, leader: brokerId === leader })),
    );
    const answers = new Array<Answer["replicas"][number]>(replicas.length);
    let next = 0;
    const work = async () => {
      for (;;) {
        const index = next++;
        const replica = replicas[index];
        if (replica === undefined) return;
        const source = byBroker.get(replica.brokerId);
        const stored = source === undefined || index >= MAX_READ ? null : await this.#stored(source, replica.partition);
        answers[index] = {
          ...replica,
          sizeBytes: sizes.get(replica.brokerId)?.get(replica.partition)?.toString() ?? null,
          segments: stored?.segments ?? null,
          oldestTimestampMs: stored?.oldestTimestampMs?.toString() ?? null,
          freesBytes: stored?.dueBytes?.toString() ?? null,
        };
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
    if (replicas.length > MAX_READ) {
      const detail = `The files of ${MAX_READ} replicas are looked into at a time; of the others only the sizes are told. Open a partition to see its segments.`;
      this.tooMany.push({ part: `segments of ${replicas.length - MAX_READ} replicas`, code: "not-all", detail });
    }
    return answers;
  }

  async #stored(source: BrokerSource, partition: number): Promise<StoredReplica | null> {
    this.#ctx.signal.throwIfAborted();
    const { name, topicId } = this.#topic;
    const { directory } = await openReplica(source, { topic: name, topicId, partition, future: false });
    if (directory === null) return null;
    try {
      return await this.#read(directory, partition);
    } catch (error) {
      if (error instanceof FenceError) return null;
      throw error;
    }
  }
}

function sizesOf({ told }: BrokerSource): ReadonlyMap<number, bigint> {
  const replicas = (told ?? []).flatMap(({ topics }) => topics.flatMap((topic) => topic.replicas));
  return new Map(
    replicas.filter(({ isFuture }) => !isFuture).map(({ partition, sizeBytes }) => [partition, sizeBytes]),
  );
}
