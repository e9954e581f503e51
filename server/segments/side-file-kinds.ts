import type { SideFile } from "#lib/contracts/segments.ts";
import { readLeaderEpochs, readPartitionCheckpoint, readProperties } from "./checkpoint.ts";

/** What a side file is, and how what it says about a partition is read. */
export interface SideFileKind {
  readonly kind: SideFile["kind"];
  readonly meaning: string;
  /** Its facts of a partition; undefined when it isn't in the form that it should be. Without it, it isn't read. */
  readonly factsOf?: (text: string, topic: string, partition: number) => [string, string][] | undefined;
}

/** Epochs of a log that changed its leader often: the newest tell. */
const MAX_EPOCHS = 50;

const checkpointOf =
  (fact: string) =>
  (text: string, topic: string, partition: number): [string, string][] | undefined => {
    const offset = readPartitionCheckpoint(text, topic, partition);
    if (offset === undefined) return undefined;
    return offset === null ? [] : [[fact, String(offset)]];
  };

/** In a partition's directory. */
export const partitionSideFiles: ReadonlyMap<string, SideFileKind> = new Map<string, SideFileKind>([
  [
    "leader-epoch-checkpoint",
    {
      kind: "leader-epochs",
      meaning:
        "From which offset on each leader wrote: after a change of leaders, a follower cuts its log back to where both agree.",
      factsOf: (text) => {
        const epochs = readLeaderEpochs(text);
        return epochs?.slice(-MAX_EPOCHS).map(({ epoch, startOffset }) => [`epoch ${epoch} from`, String(startOffset)]);
      },
    },
  ],
  [
    "partition.metadata",
    {
      kind: "partition-metadata",
      meaning: "Which topic this is: one that was deleted and made anew under the same name has another id.",
      factsOf: (text) => {
        const id = readProperties(text).get("topic_id");
        return id === undefined ? undefined : [["topic id", id]];
      },
    },
  ],
]);

/** In the log dir itself, for all partitions in it. */
export const logDirSideFiles: ReadonlyMap<string, SideFileKind> = new Map<string, SideFileKind>([
  [
    "meta.properties",
    {
      kind: "meta-properties",
      meaning: "Whose log dir this is: a broker refuses to start with another's.",
      factsOf: (text) => {
        const properties = readProperties(text);
        const facts = ["cluster.id", "node.id", "broker.id", "directory.id", "version"].flatMap(
          (key): [string, string][] => {
            const value = properties.get(key);
            return value === undefined ? [] : [[key, value]];
          },
        );
        return facts.length === 0 ? undefined : facts;
      },
    },
  ],
  [
    "cleaner-offset-checkpoint",
    {
      kind: "cleaner-checkpoint",
      meaning: "Up to which offset compaction has been. Only compacted topics are in it.",
      factsOf: checkpointOf("compacted up to"),
    },
  ],
  [
    "recovery-point-offset-checkpoint",
    {
      kind: "recovery-point",
      meaning: "What is before it is on the disk for certain (fsync): after a crash only what follows is checked.",
      factsOf: checkpointOf("recovery point"),
    },
  ],
  [
    "replication-offset-checkpoint",
    {
      kind: "high-watermark-checkpoint",
      meaning: "The high watermark as of some seconds ago (replica.high.watermark.checkpoint.interval.ms).",
      factsOf: checkpointOf("high watermark"),
    },
  ],
  [
    "log-start-offset-checkpoint",
    {
      kind: "log-start-checkpoint",
      meaning:
        "Where the log starts, for those that start within their first segment: records before it were deleted by request.",
      factsOf: checkpointOf("log start offset"),
    },
  ],
  [
    ".kafka_cleanshutdown",
    {
      kind: "clean-shutdown",
      meaning: "Written when a broker stops in order, and taken away when it starts: it then needs no recovery.",
    },
  ],
  [
    ".lock",
    { kind: "lock", meaning: "Held by the broker as long as it runs, so that no second one uses this log dir." },
  ],
]);

/** Files of a segment's that are on their way, by how their names end. */
export const inPassingKinds: readonly (SideFileKind & { readonly ending: string })[] = [
  {
    ending: ".deleted",
    kind: "deleted",
    meaning: "Deleted already: it is kept for file.delete.delay.ms, as somebody may still be reading it.",
  },
  {
    ending: ".cleaned",
    kind: "in-work",
    meaning: "Being written by compaction. Left over from a crash, it is deleted when the broker starts.",
  },
  {
    ending: ".swap",
    kind: "in-work",
    meaning: "Written by compaction, about to take the place of the segments that it was made from.",
  },
];

export const snapshotKind: SideFileKind = {
  kind: "producer-snapshot",
  meaning:
    "The state of idempotent producers at the log's end, written when the broker stopped or rolled: with it, sequences needn't be read anew.",
};

export const orphanedKind: SideFileKind = {
  kind: "unknown",
  meaning: "A segment's file whose log isn't there: Kafka deletes it when the broker next starts.",
};

export const unknownKind: SideFileKind = {
  kind: "unknown",
  meaning: "Kafka writes no file of this name here. It wasn't opened.",
};
