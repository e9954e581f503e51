import type { z } from "zod";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { MissingPart } from "#lib/contracts/kafka.ts";
import type { getTopicStorage as contract } from "#lib/contracts/topic-storage.ts";
import { missingOffsets } from "../../clusters/missing-offsets.ts";
import type { ClusterContext } from "../../context.ts";
import { errorName } from "../../kafka/error-name.ts";
import { listOffsets } from "../../kafka/list-offsets.ts";
import { type MetadataTopic, readMetadata } from "../../kafka/read-metadata.ts";
import { topicIn } from "../../topics/find-topic.ts";
import { readStored } from "../read-stored.ts";
import type { LogBounds } from "../retention.ts";
import { type BrokerSource, readBrokerSource } from "../sources/broker-source.ts";
import { tellsOfBoth, untoldSizes } from "../sources/find-replicas.ts";
import { readCheckInterval, readPartitionConfig } from "./partition-config.ts";
import { storedReplicas } from "./stored-replicas.ts";
import { retentionOnWire } from "./wire.ts";

type Answer = z.input<typeof contract.response>;

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
  const [sources, [earliest, latest], configs, checkIntervalMs] = await Promise.all([
    Promise.all(
      brokerIds.map((id) => readBrokerSource(ctx, metadata.clusterId, id, up.has(id) ? asked(topic, id) : null)),
    ),
    listOffsets(ctx.kafka, [topic], ["earliest", "latest"], ctx.signal),
    readPartitionConfig(ctx, topic.name),
    readCheckInterval(ctx, brokerIds.find((id) => up.has(id)) ?? null),
  ]);
  const boundsOf = (partition: number): LogBounds => ({
    logStartOffset: earliest.offsets.get(topic.name)?.[partition] ?? null,
    highWatermark: latest.offsets.get(topic.name)?.[partition] ?? null,
  });
  const { config } = configs;
  const rules = config?.tiered ? null : config;
  const stored = await storedReplicas(
    topic,
    sources,
    (directory, partition) =>
      readStored(directory, ctx.state.segments.described.get, rules, boundsOf(partition), ctx.signal),
    ctx.signal,
  );
  const unsized = untoldSizes(sources, (id) =>
    stored.replicas.some(({ brokerId, sizeBytes }) => brokerId === id && sizeBytes === null),
  );
  const bytes = bytesOfLeaders(topic, stored.replicas);
  return {
    replicas: stored.replicas,
    retention: config && retentionOnWire(config, checkIntervalMs),
    growth: ctx.state.segments.growth.add(topic.name, topic.topicId, bytes, observedAtMs),
    away: sources.flatMap(({ brokerId, readable }) =>
      readable.flatMap(({ away }) => (away === null ? [] : [{ brokerId, ...away }])).slice(0, 1),
    ),
    missing: [
      ...unsized,
      ...failedLogDirs(sources),
      ...missingOffsets([earliest, latest]),
      ...configs.missing,
      ...notRead(sources.filter((source) => !tellsOfBoth(source))),
      ...stored.missing,
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

/** Null: not all of them are known. */
function bytesOfLeaders({ partitions }: MetadataTopic, replicas: Answer["replicas"]): bigint | null {
  const leaders = replicas.filter(({ leader }) => leader);
  let sum = 0n;
  for (const { sizeBytes } of leaders) {
    if (sizeBytes === null) return null;
    sum += BigInt(sizeBytes);
  }
  return leaders.length === partitions.length ? sum : null;
}

/** What lies in a directory that its broker can't use, the broker doesn't tell. */
function failedLogDirs(sources: readonly BrokerSource[]): MissingPart[] {
  return sources.flatMap(({ brokerId, told }) =>
    (told ?? [])
      .filter(({ errorCode }) => errorCode !== 0)
      .map(({ path, errorCode }) => ({
        part: `sizes in ${path} on broker ${brokerId}`,
        code: "broker-unreachable",
        detail: `The broker can't use that directory (${errorName(errorCode)}). Look at the volume and the broker's log; the replicas in it are offline until it is mended and the broker restarted.`,
        brokerId,
      })),
  );
}

/** Brokers whose files aren't read here: each once, with what to do. */
function notRead(sources: readonly BrokerSource[]): MissingPart[] {
  const off = sources.find(({ refused }) => refused?.reason === "switched-off")?.refused;
  // An operator's choice for the whole cluster is told once.
  if (off) return [{ part: "segments", code: "segments-unreadable", detail: off.detail }];
  return sources.flatMap(({ brokerId, refused }) =>
    refused === null
      ? []
      : [{ part: `segments on broker ${brokerId}`, code: "segments-unreadable", detail: refused.detail, brokerId }],
  );
}
