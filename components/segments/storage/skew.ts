import { formatCount, plural } from "#lib/format.ts";
import { type Replica, type StoredPartition, type Sum, sumOf } from "./storage-model.ts";

/** What one broker holds of a topic. */
export interface BrokerShare {
  readonly brokerId: number;
  readonly held: Sum;
  readonly replicas: number;
  readonly leaders: number;
  /** Of what each would hold if all held alike, in hundredths: 180 is 1.8 ×. Null: unknown, or nothing is held at all. */
  readonly ofEvenPercent: bigint | null;
}

export interface BrokerSkew {
  /** Fullest first. */
  readonly brokers: readonly BrokerShare[];
  /** What each would hold if all held alike; null: unknown, or nothing is held. */
  readonly evenBytes: bigint | null;
}

/** From here on a share is called uneven, and up to there: between them it is the grain of partitions. */
const HIGH_PERCENT = 125n;
const LOW_PERCENT = 75n;
/** A partition so many times as large as the one in the middle is hot. */
const HOT_TIMES = 2n;
/** Smaller ones are alike or not by chance. */
const LEAST_BYTES = 1024n * 1024n;
/** More brokers than these are counted. */
const MAX_NAMED = 3;

/** A topic's bytes by broker, against the even share of all that hold a replica of it. */
export function brokerSkew(replicas: readonly Replica[]): BrokerSkew {
  const byBroker = Map.groupBy(replicas, ({ brokerId }) => brokerId);
  const held = [...byBroker].map(([brokerId, own]) => ({
    brokerId,
    held: sumOf(own.map(({ sizeBytes }) => sizeBytes)),
    replicas: own.length,
    leaders: own.filter(({ leader }) => leader).length,
  }));
  const known = held.flatMap((one) => (one.held.bytes === null ? [] : [one.held.bytes]));
  const total = known.reduce((sum, bytes) => sum + bytes, 0n);
  const brokers = BigInt(known.length);
  const evenBytes = total === 0n ? null : total / brokers;
  const shares = held.map((one) => ({
    ...one,
    ofEvenPercent: one.held.bytes === null || total === 0n ? null : (one.held.bytes * brokers * 100n) / total,
  }));
  return { brokers: shares.toSorted(fullestFirst), evenBytes };
}

function fullestFirst(a: BrokerShare, b: BrokerShare): number {
  const [left, right] = [a.held.bytes ?? -1n, b.held.bytes ?? -1n];
  return left === right ? a.brokerId - b.brokerId : left > right ? -1 : 1;
}

/** Spread evenly or not, and why, in a sentence. */
export function brokerSkewSentence({ brokers }: BrokerSkew, replicas: readonly Replica[]): string {
  const [fullest] = brokers;
  if (fullest === undefined) return "No broker holds a replica of it.";
  if (fullest.held.bytes === null) return "What brokers hold isn't known.";
  if (fullest.held.bytes === 0n) return "Nothing is stored yet.";
  if (brokers.length === 1) return `Broker ${fullest.brokerId} holds all of it.`;
  const known = brokers.filter(({ held }) => held.bytes !== null);
  const untold = untoldSentence(brokers);
  const { ofEvenPercent } = fullest;
  const least = brokers.findLast(({ held }) => held.bytes !== null);
  const leastPercent = least?.ofEvenPercent ?? 100n;
  if (
    ofEvenPercent === null ||
    fullest.held.bytes < LEAST_BYTES ||
    (ofEvenPercent < HIGH_PERCENT && leastPercent > LOW_PERCENT)
  ) {
    const most = ofEvenPercent ?? 100n;
    if (known.length === 1) return `Broker ${fullest.brokerId} holds all that is known.${untold}`;
    const over = `${known.length === brokers.length ? "" : `${formatCount(known.length)} of `}${plural(brokers.length, "broker")}`;
    const each = leastPercent === most ? times(most) : `${times(leastPercent)} to ${times(most)}`;
    return `Spread evenly over ${over}: each holds ${each} the even share.${untold}`;
  }
  if (ofEvenPercent >= HIGH_PERCENT) {
    return `Broker ${fullest.brokerId} holds ${times(ofEvenPercent)} its even share: ${whyFull(fullest, brokers, replicas)}.${untold}`;
  }
  return `Broker ${least?.brokerId} holds only ${times(leastPercent)} its even share: ${formatCount(least?.replicas)} of ${plural(replicas.length, "replica")} lie there.${untold}`;
}

/** Brokers that took no part in the share, or with only some of their replicas. */
function untoldSentence(brokers: readonly BrokerShare[]): string {
  const ids = brokers.filter(({ held }) => held.isLowerBound).map(({ brokerId }) => brokerId);
  if (ids.length === 0) return "";
  const partly = brokers.some(({ held }) => held.isLowerBound && held.bytes !== null);
  const first = ids.slice(0, MAX_NAMED).join(", ");
  const more = ids.length > MAX_NAMED ? ` and ${formatCount(ids.length - MAX_NAMED)} more` : "";
  return ` What ${ids.length === 1 ? "broker" : "brokers"} ${first}${more} ${ids.length === 1 ? "holds" : "hold"} isn't${partly ? " wholly" : ""} known.`;
}

/** More replicas than others, or larger ones. */
function whyFull(fullest: BrokerShare, brokers: readonly BrokerShare[], replicas: readonly Replica[]): string {
  const evenReplicas = (100n * BigInt(fullest.replicas) * BigInt(brokers.length)) / BigInt(replicas.length);
  if (evenReplicas >= HIGH_PERCENT) {
    return `${formatCount(fullest.replicas)} of ${plural(replicas.length, "replica")} lie there`;
  }
  const own = replicas.filter(({ brokerId, sizeBytes }) => brokerId === fullest.brokerId && sizeBytes !== null);
  const largest = own.toSorted((a, b) => ((a.sizeBytes ?? 0n) > (b.sizeBytes ?? 0n) ? -1 : 1))[0];
  if (largest === undefined) return "its replicas are larger";
  const percent = ((largest.sizeBytes ?? 0n) * 100n) / (fullest.held.bytes || 1n);
  return `partition ${largest.partition} is ${percent}% of what lies there`;
}

export interface PartitionSkew {
  /** By their leader's replica, or, without one, the largest; largest first; those of unknown size aren't in it. */
  readonly sizes: readonly { readonly partition: number; readonly bytes: bigint }[];
  readonly medianBytes: bigint | null;
  /** Of unknown size: no leader, or its broker doesn't tell. */
  readonly unknown: number;
  /** Much larger than the one in the middle. */
  readonly hot: ReadonlySet<number>;
}

export function partitionSkew(partitions: readonly StoredPartition[]): PartitionSkew {
  const sizes = partitions
    .flatMap(({ partition, sizeBytes }) => (sizeBytes === null ? [] : [{ partition, bytes: sizeBytes }]))
    .sort((a, b) => (a.bytes === b.bytes ? a.partition - b.partition : a.bytes > b.bytes ? -1 : 1));
  const medianBytes = medianOf(sizes.map(({ bytes }) => bytes));
  const base = sizes.length === 2 ? (sizes[1]?.bytes ?? 0n) : (medianBytes ?? 0n);
  const hot = sizes.filter(({ bytes }) => sizes.length > 1 && bytes >= LEAST_BYTES && bytes >= base * HOT_TIMES);
  return {
    sizes,
    medianBytes,
    unknown: partitions.length - sizes.length,
    hot: new Set(hot.map(({ partition }) => partition)),
  };
}

/** The lower of two in the middle: a size that one of them has. */
function medianOf(largestFirst: readonly bigint[]): bigint | null {
  return largestFirst[Math.floor(largestFirst.length / 2)] ?? null;
}

/** Alike or not, in a sentence or two. */
export function partitionSkewSentence({ sizes, medianBytes, unknown, hot }: PartitionSkew): string {
  const [largest, smallest] = [sizes[0], sizes.at(-1)];
  const told = unknown === 0 ? "" : ` The size of ${plural(unknown, "partition")} isn't known.`;
  if (largest === undefined || smallest === undefined) return `No partition's size is known.`;
  if (largest.bytes === 0n) return `Nothing is stored yet.${told}`;
  if (sizes.length === 1) return unknown === 0 ? "There is one partition." : told.trimStart();
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0n);
  const percent = (largest.bytes * 100n) / total;
  const empty = sizes.filter(({ bytes }) => bytes === 0n).length;
  const overMedian = medianBytes === null || medianBytes === 0n ? null : (largest.bytes * 100n) / medianBytes;
  const overSmallest = smallest.bytes === 0n ? null : (largest.bytes * 100n) / smallest.bytes;
  const against =
    sizes.length === 2
      ? overSmallest && `${times(overSmallest)} the other`
      : overMedian &&
        `${times(overMedian)} the median${overSmallest === null ? "" : ` and ${times(overSmallest)} the smallest`}`;
  const ofEmpty =
    empty === 0
      ? ""
      : ` ${formatCount(empty)} of ${plural(sizes.length, "partition")} ${empty === 1 ? "is" : "are"} empty.`;
  if (hot.has(largest.partition)) {
    const others =
      hot.size === 1
        ? "A few keys may get most of what is sent."
        : `${formatCount(hot.size)} partitions are at least twice as large as the median.`;
    return `Partition ${largest.partition} holds ${percent}% of the data${against ? `, ${against}` : ""}. ${others}${ofEmpty}${told}`;
  }
  if (!against) return `The largest, partition ${largest.partition}, holds ${percent}% of the data.${ofEmpty}${told}`;
  const alike = overSmallest !== null && overSmallest < HIGH_PERCENT;
  return alike
    ? `Partitions are alike: the largest, partition ${largest.partition}, is ${against}.${told}`
    : `The largest, partition ${largest.partition}, is ${against}.${ofEmpty}${told}`;
}

/** 180 → "1.8 ×", 101 → "1.01 ×", 1240 → "12 ×". */
export function times(percent: bigint): string {
  const [whole, hundredths] = [percent / 100n, percent % 100n];
  if (whole >= 10n) return `${formatCount((percent + 50n) / 100n)}\u00a0×`;
  const decimals = hundredths % 10n === 0n || whole >= 2n ? `${hundredths / 10n}` : `${hundredths}`.padStart(2, "0");
  return `${whole}.${decimals}\u00a0×`;
}
