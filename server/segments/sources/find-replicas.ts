import type { MissingPart } from "#lib/contracts/kafka.ts";
import { ProblemError } from "#lib/problem.ts";
import { missingSizes, sizesOfAway } from "../../clusters/missing-sizes.ts";
import type { ClusterContext } from "../../context.ts";
import { type MetadataPartition, type MetadataTopic, readMetadata } from "../../kafka/read-metadata.ts";
import { assertPartition } from "../../topics/assert-partition.ts";
import { topicIn } from "../../topics/find-topic.ts";
import { type BrokerSource, readBrokerSource } from "./broker-source.ts";
import { type OpenedReplica, openReplica } from "./open-replica.ts";

type Reading = Pick<ClusterContext, "kafka" | "cluster" | "state" | "signal">;

/** A replica: what its broker tells of it, and its files when they can be read. */
export type Replica = OpenedReplica & {
  readonly brokerId: number;
  readonly role: "leader" | "follower" | "future";
  readonly inSync: boolean;
  /** Null, here and below: the broker doesn't tell. */
  readonly sizeBytes: bigint | null;
  readonly offsetLag: bigint | null;
};

export interface FoundReplicas {
  readonly topic: MetadataTopic;
  /** The leader first. */
  readonly replicas: readonly Replica[];
  readonly missing: readonly MissingPart[];
}

/**
 * All replicas of a partition, and those that are being filled for a move between log dirs.
 * @throws {ProblemError} topic-not-found, partition-not-found, kafka-forbidden, cluster-unreachable, deadline-exceeded, cancelled
 */
export async function findReplicas(ctx: Reading, topic: string, partition: number): Promise<FoundReplicas> {
  const found = await findPartition(ctx, topic, partition);
  const sources = await Promise.all(found.brokerIds.map((brokerId) => found.sourceOf(brokerId)));
  const replicas = (await Promise.all(sources.map((source) => replicasOf(source, found)))).flat();
  // What a broker doesn't tell, its files do.
  const unread = new Set(replicas.filter(({ directory }) => directory === null).map(({ brokerId }) => brokerId));
  return { topic: found.topic, replicas, missing: untoldSizes(sources, (brokerId) => unread.has(brokerId)) };
}

/**
 * Brokers whose sizes aren't known: of those that didn't answer or are down, the ones that `isMissing` names. A right that is
 * missing is told all the same. Where it isn't known either where the files would be, that is one story (`tellsOfBoth`).
 */
export function untoldSizes(
  sources: readonly BrokerSource[],
  isMissing: (brokerId: number) => boolean,
): readonly MissingPart[] {
  const failures = sources.flatMap(({ failure }) => failure ?? []);
  const parts = [
    ...missingSizes(
      failures.filter(({ brokerId, problem }) => problem.code === "kafka-forbidden" || isMissing(brokerId)),
    ),
    ...sources
      .filter(({ brokerId, told, failure }) => told === null && failure === null && isMissing(brokerId))
      .map(({ brokerId }) => sizesOfAway(brokerId, "down")),
  ];
  return parts.map((part) => {
    const source = sources.find(({ brokerId }) => brokerId === part.brokerId);
    if (source === undefined || !tellsOfBoth(source)) return part;
    const { brokerId, refused } = source;
    return { ...part, part: `sizes and segments on broker ${brokerId}`, detail: refused?.detail ?? part.detail };
  });
}

/** Neither sizes nor the place of its files: the broker is away, and was never heard. */
export function tellsOfBoth({ refused, failure }: BrokerSource): boolean {
  return refused?.reason === "broker-away" && failure?.problem.code !== "kafka-forbidden";
}

export type ReadableReplica = Extract<OpenedReplica, { access: { state: "readable" } }> & {
  readonly brokerId: number;
  readonly topic: MetadataTopic;
};

/**
 * One replica whose files can be read: of the broker that was asked for, else the leader's, else any.
 * @throws {ProblemError} segments-unreadable, saying why and what to do; invalid-request (that broker has no replica);
 *   and as `findReplicas`
 */
export async function findReadableReplica(
  ctx: Reading,
  topic: string,
  partition: number,
  brokerId: number | undefined,
): Promise<ReadableReplica> {
  const found = await findPartition(ctx, topic, partition);
  if (brokerId !== undefined && !found.brokerIds.includes(brokerId)) {
    const message = `broker ${brokerId} holds no replica of ${topic}-${partition}: ${found.brokerIds.join(", ")} do`;
    throw new ProblemError("invalid-request", `broker: ${message}.`, { invalidParams: [{ path: "broker", message }] });
  }
  const details: string[] = [];
  for (const id of brokerId === undefined ? found.brokerIds : [brokerId]) {
    const source = await found.sourceOf(id);
    const opened = await openReplica(source, found.nameOf(false));
    if (opened.directory !== null) return { ...opened, brokerId: id, topic: found.topic };
    details.push(opened.access.detail);
  }
  throw new ProblemError(
    "segments-unreadable",
    `The files of ${topic}-${partition} can't be read from here. ${details[0] ?? "It has no replica."}`,
  );
}

async function findPartition(ctx: Reading, name: string, partition: number) {
  const metadata = await readMetadata(ctx.kafka, [name], ctx.signal);
  const topic = topicIn(metadata, name);
  assertPartition(topic, partition);
  const placed = topic.partitions[partition];
  const up = new Set(metadata.brokers.map(({ id }) => id));
  return {
    topic,
    placed,
    brokerIds: leaderFirst(placed),
    sourceOf: (brokerId: number) =>
      readBrokerSource(ctx, metadata.clusterId, brokerId, up.has(brokerId) ? { name, partitions: [partition] } : null),
    nameOf: (future: boolean) => ({ topic: name, topicId: topic.topicId, partition, future }),
  };
}

function leaderFirst(placed: MetadataPartition | undefined): readonly number[] {
  if (placed === undefined) return [];
  const { leader, replicas } = placed;
  return leader === null ? replicas : [leader, ...replicas.filter((id) => id !== leader)];
}

async function replicasOf(
  source: BrokerSource,
  { placed, nameOf }: Awaited<ReturnType<typeof findPartition>>,
): Promise<readonly Replica[]> {
  const { brokerId } = source;
  const partition = nameOf(false).partition;
  const told = (source.told ?? [])
    .flatMap(({ topics }) => topics.flatMap(({ replicas }) => replicas))
    .filter((one) => one.partition === partition);
  const replica = async (future: boolean): Promise<Replica> => {
    const one = told.find(({ isFuture }) => isFuture === future);
    return {
      ...(await openReplica(source, nameOf(future))),
      brokerId,
      role: future ? "future" : placed?.leader === brokerId ? "leader" : "follower",
      inSync: !future && placed?.isr.includes(brokerId) === true,
      sizeBytes: one?.sizeBytes ?? null,
      offsetLag: one?.offsetLag ?? null,
    };
  };
  const current = await replica(false);
  return told.some(({ isFuture }) => isFuture) ? [current, await replica(true)] : [current];
}
