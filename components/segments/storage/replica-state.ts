import type { GlyphShape } from "#components/ui/glyph.tsx";
import { formatBytes, formatCount, plural } from "#lib/format.ts";
import type { Replica, StoredPartition } from "./storage-model.ts";

/** What is noteworthy of a replica or a partition's storage; the worst has the highest rank. */
export interface StorageState {
  readonly rank: number;
  readonly glyph: GlyphShape;
  readonly word: string;
  /** The whole of it. */
  readonly sentence: string;
}

/** Less of a difference than both is the grain of batches and segments. */
const DIFFERS_PERCENT = 10n;
const DIFFERS_BYTES = 1024n * 1024n;

const SIZE_UNKNOWN = 4;

/** Null: it is as it should be. */
export function replicaState(replica: Replica, leader: Replica | null, compacts: boolean): StorageState | null {
  const { brokerId, sizeBytes, offsetLag, inSync, futureBytes } = replica;
  if (!inSync && !replica.leader) {
    const behind = offsetLag === null ? "behind" : `${plural(offsetLag, "message")} behind`;
    const sentence = `The replica on broker ${brokerId} is not in sync, ${behind} the leader.`;
    return {
      rank: 5,
      glyph: "triangle",
      word: offsetLag === null ? "not in sync" : `${formatCount(offsetLag)} behind`,
      sentence,
    };
  }
  if (sizeBytes === null) {
    const sentence = `Broker ${brokerId} doesn't tell the size of its replica.`;
    return { rank: SIZE_UNKNOWN, glyph: "dash", word: "size unknown", sentence };
  }
  if (futureBytes !== null) {
    const sentence = `Broker ${brokerId} is moving it to another log dir: ${formatBytes(futureBytes)} are there already, and take room too.`;
    return { rank: 2, glyph: "arrows", word: "moving", sentence };
  }
  const difference = differenceFrom(replica, leader);
  if (difference === null) return null;
  const amount = formatBytes(difference < 0n ? -difference : difference);
  const word = `${amount} ${difference < 0n ? "less" : "more"}`;
  const why = compacts
    ? "each broker compacts by itself, at its own time"
    : "each broker rolls and deletes segments by itself, at its own time";
  const sentence = `The replica on broker ${brokerId} holds ${word} than the leader's, though it is in sync: ${why}.`;
  return { rank: 3, glyph: "note", word, sentence };
}

/** Null: alike, or not known. */
function differenceFrom(replica: Replica, leader: Replica | null): bigint | null {
  if (leader === null || replica.leader || replica.sizeBytes === null || leader.sizeBytes === null) return null;
  const difference = replica.sizeBytes - leader.sizeBytes;
  const size = difference < 0n ? -difference : difference;
  return size < DIFFERS_BYTES || size * 100n < leader.sizeBytes * DIFFERS_PERCENT ? null : difference;
}

/** The worst of its replicas' states, or that it is hot. */
export function partitionStorageState(
  { partition, replicas, leader, sizeBytes }: StoredPartition,
  hot: boolean,
  compacts: boolean,
): StorageState | null {
  if (leader === null) {
    const size = sizeBytes === null ? "its size is unknown until one does" : "its size is that of its largest replica";
    const sentence = `No broker leads partition ${partition}: ${size}.`;
    return { rank: 6, glyph: "octagon", word: "no leader", sentence };
  }
  const states = replicas.flatMap((replica) => replicaState(replica, leader, compacts) ?? []);
  const [worst] = states.toSorted((a, b) => b.rank - a.rank);
  if (worst !== undefined) {
    const sentence = states.map((state) => state.sentence).join(" ");
    // Beside the leader's size, which is known: how many of its replicas' aren't.
    const unsized = leader.sizeBytes === null ? 0 : states.filter(({ rank }) => rank === SIZE_UNKNOWN).length;
    const word = worst.rank === SIZE_UNKNOWN && unsized > 0 ? `${plural(unsized, "size")} unknown` : worst.word;
    return { ...worst, word, sentence };
  }
  if (!hot) return null;
  const sentence = `Partition ${partition} is at least twice as large as the one in the middle.`;
  return { rank: 1, glyph: "note", word: "hot", sentence };
}
