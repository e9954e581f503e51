import { ProblemError } from "#lib/problem.ts";
import type { ClusterContext } from "../context.ts";
import { listOffsets } from "../kafka/list-offsets.ts";
import type { Decoder } from "../reader/decoder-pool.ts";
import { fetchOnce } from "../reader/fetch-once.ts";
import { PartitionTable } from "../reader/partition-table.ts";
import { findTopic } from "../topics/find-topic.ts";
import { type KeyHash, keyHashes, partitionOfKey } from "./key-hash.ts";

/** More partitions than that are not sampled: reading them all is then no more work than asking each. */
const MAX_PARTITIONS = 300;
const AT_ONCE = 12;
const SAMPLE_RECORDS = 40;
const SAMPLE_BYTES = 65_536;
const DEADLINE_MS = 3_000;
/** The chance that keys of other producers all lie where a hash would put them, at most. */
const CHANCE = 1e-6;

/** A key that was found in a partition. */
interface KeyFound {
  readonly partition: number;
  readonly key: Uint8Array;
}

/**
 * The one partition that holds a key's messages, when the keys of the newest and of the oldest records of every partition
 * lie where murmur2 or CRC32 puts them: the oldest tell of partitions that were added later, which strands old keys.
 * Null whenever that isn't as good as certain: foreign producers, few keys, one partition, or no answer in time.
 * @throws {ProblemError} topic-not-found, cancelled
 */
export async function findKeyPartition(
  ctx: Pick<ClusterContext, "kafka" | "reading" | "decoders" | "signal">,
  name: string,
  key: Uint8Array,
): Promise<{ readonly hash: KeyHash; readonly partition: number } | null> {
  const topic = await findTopic(ctx, name);
  const count = topic.partitions.length;
  if (count === 1 || count > MAX_PARTITIONS) return null;
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  const signal = AbortSignal.any([ctx.signal, deadline]);
  const decoder = ctx.decoders.lease();
  try {
    const [earliest, latest] = await listOffsets(ctx.kafka, [topic], ["earliest", "latest"], signal);
    const places = topic.partitions.flatMap(({ partition }) => {
      const first = earliest.offsets.get(name)?.[partition] ?? null;
      const end = latest.offsets.get(name)?.[partition] ?? null;
      if (first === null || end === null) throw new ProblemError("broker-unreachable", "A partition can't be sampled.");
      if (first === end) return [];
      const newest = end - BigInt(SAMPLE_RECORDS);
      return newest <= first
        ? [{ partition, offset: first }]
        : [
            { partition, offset: first },
            { partition, offset: newest },
          ];
    });
    const found: KeyFound[] = [];
    while (places.length > 0) {
      const some = places.splice(0, AT_ONCE);
      const keys = await Promise.all(some.map((place) => keysAt({ ...ctx, signal }, decoder, name, place)));
      found.push(...keys.flat());
    }
    const hash = hashOf(found, count);
    const partition = hash === null ? null : partitionOfKey(hash, key, count);
    return hash === null || partition === null ? null : { hash, partition };
  } catch (error) {
    // All partitions are read then, and whatever is wrong will be told by that.
    if (!ctx.signal.aborted && (deadline.aborted || error instanceof ProblemError)) return null;
    throw error;
  } finally {
    decoder.release();
  }
}

async function keysAt(
  ctx: Pick<ClusterContext, "reading" | "signal">,
  decoder: Decoder,
  topic: string,
  { partition, offset }: { partition: number; offset: bigint },
): Promise<KeyFound[]> {
  const table = new PartitionTable();
  const asked = { topic, partition, offset, maxBytes: SAMPLE_BYTES, isolation: "uncommitted" } as const;
  const chunk = await fetchOnce(ctx.reading, asked, table, ctx.signal);
  const sample = { place: 0, from: offset, limit: SAMPLE_RECORDS, maxBytes: SAMPLE_BYTES };
  const records = await decoder.extract(chunk, sample, ctx.signal);
  return records.flatMap(({ key }) => (key === null ? [] : [{ partition, key }]));
}

/** The hash that explains where all of the keys lie; null when none does, or when so few keys might lie there by chance. */
export function hashOf(found: readonly KeyFound[], partitions: number): KeyHash | null {
  for (const hash of keyHashes) {
    const told = found.map(({ partition, key }) => ({
      key,
      partition,
      expected: partitionOfKey(hash, key, partitions),
    }));
    if (told.some(({ partition, expected }) => expected !== null && expected !== partition)) continue;
    const different = new Set(
      told.filter(({ expected }) => expected !== null).map(({ key }) => Buffer.from(key).toString("latin1")),
    );
    if (different.size * Math.log(partitions) >= -Math.log(CHANCE)) return hash;
  }
  return null;
}
