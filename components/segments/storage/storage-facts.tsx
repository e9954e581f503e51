import { type Fact, FactStrip } from "#components/ui/fact-strip.tsx";
import { Bytes, Duration, Unknown } from "#components/ui/quantity.tsx";
import type { Retention } from "#lib/contracts/segments.ts";
import type { TopicStorage } from "#lib/contracts/topic-storage.ts";
import { formatCount, formatDuration, plural } from "#lib/format.ts";
import { deletes } from "../cleanup-policy.ts";
import { growthWords } from "./retention-words.ts";
import type { Storage } from "./storage-model.ts";

interface StorageFactsProps {
  topic: string;
  storage: Storage;
  retention: Retention | null;
  growth: TopicStorage["growth"];
  observedAtMs: number;
}

/** How much, how fast, how old, and what goes next. */
export function StorageFacts({ topic, storage, retention, growth, observedAtMs }: StorageFactsProps) {
  const { once, onDisk, frees, segments, partitions, replicas } = storage;
  const grows = growth && growthWords(growth);
  const facts: Fact[] = [
    {
      label: "Without replicas",
      value: <Bytes value={once.bytes} atLeast={once.isLowerBound && once.bytes !== null} />,
      aside: plural(partitions.length, "partition"),
    },
    {
      label: "With replicas",
      value: <Bytes value={onDisk.bytes} atLeast={onDisk.isLowerBound && onDisk.bytes !== null} />,
      aside: plural(replicas.length, "replica"),
    },
    {
      label: "Growth",
      value: grows?.value ?? <Unknown why="two readings of every leader's size are needed" />,
      aside: grows?.aside ?? "two readings are needed",
    },
    { label: "Oldest message", ...oldestFact(storage, retention, observedAtMs) },
    {
      label: "Next check frees",
      value: <Bytes value={frees.bytes} atLeast={frees.isLowerBound && frees.bytes !== null} />,
      aside: checkAside(frees.bytes, retention),
    },
    {
      label: "Segments",
      value: segments === null ? <Unknown why="no broker's files are read here" /> : formatCount(segments),
      aside: segments === null ? undefined : "without replicas",
    },
  ];
  return <FactStrip label={`Storage of ${topic}`} facts={facts} />;
}

function oldestFact({ oldest, unaged }: Storage, retention: Retention | null, nowMs: number): Omit<Fact, "label"> {
  if (oldest?.oldestMs == null) {
    return unaged === 0 ? { value: "none", aside: "every partition is empty" } : { value: <Unknown /> };
  }
  const ageMs = BigInt(nowMs) - oldest.oldestMs;
  const asides = [
    oldest.oldestIsDeleted === true && "before the log start offset: kept, not readable",
    retention !== null && retentionAside(retention),
    unaged > 0 && `not known of ${plural(unaged, "partition")}`,
  ].filter((aside) => aside !== false);
  return {
    value: ageMs < 0n ? "in the future" : <Duration ms={ageMs} />,
    aside: asides.length === 0 ? undefined : asides.join(" · "),
  };
}

/** Where retention.ms decides. */
function retentionAside(retention: Retention): string | false {
  if (!deletes(retention)) return false;
  const { retentionMs } = retention;
  return BigInt(retentionMs) < 0n ? "retention.ms -1" : `retention.ms ${formatDuration(retentionMs)}`;
}

function checkAside(frees: bigint | null, retention: Retention | null): string | undefined {
  if (frees === null || retention?.checkIntervalMs == null) return undefined;
  return `every ${formatDuration(retention.checkIntervalMs)}, all replicas`;
}
