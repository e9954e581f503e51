import type { z } from "zod";
import type { MissingPart } from "#lib/contracts/kafka.ts";
import type { getTopicStorage as contract } from "#lib/contracts/topic-storage.ts";
import { count } from "../../clusters/words.ts";
import type { MetadataTopic } from "../../kafka/read-metadata.ts";
import { FenceError, type PartitionDirectory } from "../partition-directory.ts";
import type { StoredFiles } from "../read-stored.ts";
import type { BrokerSource } from "../sources/broker-source.ts";
import { openReplica } from "../sources/open-replica.ts";
import { storedBytes } from "../stored-bytes.ts";

type Answer = z.input<typeof contract.response>;
type Replica = Answer["replicas"][number];
type Told = Pick<Replica, "sizeBytes" | "futureBytes" | "offsetLag">;
type Read = (directory: PartitionDirectory, partition: number) => Promise<StoredFiles>;

/** Whose directories are looked into; of more, the brokers' own sizes are told. */
const MAX_READ = 600;
const AT_A_TIME = 4;
const UNTOLD: Told = { sizeBytes: null, futureBytes: null, offsetLag: null };
const UNREAD = {
  segments: null,
  oldestTimestampMs: null,
  oldestIsDeleted: null,
  freesBytes: null,
  nextGoesAtMs: null,
} as const;

/**
 * Every replica of a topic: what its broker tells of it, and what its files do where they can be read; while the broker doesn't
 * tell, its size too. Of too many, leaders are looked into before their followers.
 * @returns by partition, the leader first
 * @throws the signal's reason
 */
export async function storedReplicas(
  topic: MetadataTopic,
  sources: readonly BrokerSource[],
  read: Read,
  signal: AbortSignal,
): Promise<{ readonly replicas: Answer["replicas"]; readonly missing: readonly MissingPart[] }> {
  const told = new Map(sources.map((source) => [source.brokerId, { source, sizes: sizesOf(source) }]));
  const replicas = topic.partitions.flatMap(({ partition, leader, replicas: ids, isr }) =>
    ids
      .toSorted((a, b) => Number(b === leader) - Number(a === leader))
      .map((brokerId): Replica => {
        const sizes = told.get(brokerId)?.sizes.get(partition) ?? UNTOLD;
        const isLeader = brokerId === leader;
        return { partition, brokerId, leader: isLeader, inSync: isr.includes(brokerId), ...sizes, ...UNREAD };
      }),
  );
  const wanted = replicas
    .map((replica, index) => ({ ...replica, index }))
    .filter(({ brokerId }) => told.get(brokerId)?.source.refused === null)
    .sort((a, b) => Number(b.leader) - Number(a.leader));
  const unreadable = new Unreadable();
  const work = wanted.slice(0, MAX_READ).values();
  const reader = async () => {
    for (const { index, ...replica } of work) {
      signal.throwIfAborted();
      const source = told.get(replica.brokerId)?.source;
      if (source === undefined) continue;
      const stored = await readReplica(topic, source, replica, read, signal);
      if (typeof stored === "string") unreadable.add(replica.brokerId, stored);
      else replicas[index] = { ...replica, ...stored };
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, reader));
  return { replicas, missing: [...unreadable.parts(), ...tooMany(wanted.length)] };
}

/** @returns a sentence: why it can't be read */
async function readReplica(
  topic: MetadataTopic,
  source: BrokerSource,
  { partition, sizeBytes }: Pick<Replica, "partition" | "sizeBytes">,
  read: Read,
  signal: AbortSignal,
) {
  const { name, topicId } = topic;
  const { access, directory } = await openReplica(source, { topic: name, topicId, partition, future: false });
  if (directory === null) return access.detail;
  try {
    const { segments, oldestTimestampMs, oldestIsDeleted, dueBytes, nextGoesAtMs } = await read(directory, partition);
    return {
      sizeBytes: sizeBytes ?? (await storedBytes(directory, signal))?.toString() ?? null,
      segments,
      oldestTimestampMs: oldestTimestampMs?.toString() ?? null,
      oldestIsDeleted,
      freesBytes: dueBytes?.toString() ?? null,
      nextGoesAtMs,
    };
  } catch (error) {
    if (error instanceof FenceError) return error.message;
    throw error;
  }
}

/** Replicas whose directory can't be read though their broker's log dirs can: each broker once, with one reason. */
class Unreadable {
  readonly #byBroker = new Map<number, { replicas: number; readonly detail: string }>();

  add(brokerId: number, detail: string): void {
    const seen = this.#byBroker.get(brokerId);
    if (seen === undefined) this.#byBroker.set(brokerId, { replicas: 1, detail });
    else seen.replicas++;
  }

  parts(): MissingPart[] {
    return [...this.#byBroker].map(([brokerId, { replicas, detail }]) => ({
      part: `segments of ${count(replicas, "replica")} on broker ${brokerId}`,
      code: "segments-unreadable",
      detail,
      brokerId,
    }));
  }
}

function tooMany(readable: number): MissingPart[] {
  if (readable <= MAX_READ) return [];
  const detail = `The files of ${MAX_READ} replicas are looked into at a time, the leaders' first; of the others only the sizes are told. Open a partition to see its segments.`;
  return [{ part: `segments of ${count(readable - MAX_READ, "replica")}`, code: "not-all", detail }];
}

function sizesOf({ told }: BrokerSource): ReadonlyMap<number, Told> {
  const sizes = new Map<number, Told>();
  for (const { topics } of told ?? []) {
    for (const { partition, sizeBytes, offsetLag, isFuture } of topics.flatMap(({ replicas }) => replicas)) {
      const before = sizes.get(partition) ?? UNTOLD;
      sizes.set(
        partition,
        isFuture
          ? { ...before, futureBytes: sizeBytes.toString() }
          : { ...before, sizeBytes: sizeBytes.toString(), offsetLag: offsetLag < 0n ? null : offsetLag.toString() },
      );
    }
  }
  return sizes;
}
