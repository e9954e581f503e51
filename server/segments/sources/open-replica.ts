import type { ReplicaAccess } from "#lib/contracts/segments.ts";
import { readProperties } from "../checkpoint.ts";
import { FenceError, type LogDirectory, type PartitionDirectory } from "../partition-directory.ts";
import type { BrokerSource, Unreadable } from "./broker-source.ts";

/** A replica's directory, opened; or why it isn't. */
export type OpenedReplica =
  | {
      readonly access: Extract<ReplicaAccess, { state: "readable" }>;
      readonly directory: PartitionDirectory;
      readonly log: LogDirectory;
    }
  | { readonly access: Unreadable; readonly directory: null; readonly log: null };

export interface ReplicaName {
  readonly topic: string;
  /** Null from old brokers: then the name alone tells. */
  readonly topicId: string | null;
  readonly partition: number;
  /** The one that is being filled for a move between log dirs. */
  readonly future: boolean;
}

/** `partition.metadata` is some 50 bytes. */
const MAX_METADATA_BYTES = 4 * 1024;

/** Looks for a replica's directory in all log dirs of its broker that can be read. */
export async function openReplica(source: BrokerSource, name: ReplicaName): Promise<OpenedReplica> {
  if (source.refused !== null) return unreadable(source.refused.reason, source.refused.detail);
  let refusal: OpenedReplica | null = null;
  for (const { log, from, away } of source.readable) {
    try {
      const directory = await log.partition(name.topic, name.partition, name.future);
      const stranger = await ofAnotherTopic(directory, name);
      if (stranger === null) return { access: { state: "readable", from, logDir: log.path, away }, directory, log };
      refusal ??= unreadable("foreign", stranger);
    } catch (error) {
      if (!(error instanceof FenceError)) throw error;
      if (error.reason !== "vanished") refusal ??= ofFence(error);
    }
  }
  const dirs = source.readable.map(({ log }) => log.path).join(" and ");
  return (
    refusal ??
    unreadable(
      "absent",
      `${dirs} holds no directory of ${name.topic}-${name.partition}. If broker ${source.brokerId} has more log dirs, mount and name those too; a replica that is just being made comes in a moment.`,
    )
  );
}

/** A topic that was deleted and made again has a new id; what lies here may be of the one before. */
async function ofAnotherTopic(directory: PartitionDirectory, { topic, topicId }: ReplicaName): Promise<string | null> {
  if (topicId === null) return null;
  try {
    const file = await directory.openFile("partition.metadata");
    try {
      const text = (await file.read(0, Math.min(file.sizeBytes, MAX_METADATA_BYTES))).toString("utf8");
      const stored = readProperties(text).get("topic_id");
      if (stored === undefined || stored === topicId) return null;
      return `${directory.path} is of an earlier topic ${topic} (id ${stored}; the one there is now has ${topicId}). It isn't read: check that what is mounted is the broker's own log dir, not a copy.`;
    } finally {
      await file.close();
    }
  } catch (error) {
    // Without it, as before Kafka 2.8, the name tells.
    if (error instanceof FenceError) return null;
    throw error;
  }
}

function ofFence(error: FenceError): OpenedReplica {
  return error.reason === "forbidden"
    ? unreadable("forbidden", `${error.message} Let that user read it: Tailrace writes nothing there.`)
    : unreadable("foreign", error.message);
}

function unreadable(reason: Unreadable["reason"], detail: string): OpenedReplica {
  return { access: { state: "unreadable", reason, detail }, directory: null, log: null };
}
