import { askAnyBroker, askBroker, defineRequest } from "./broker-request.ts";
import type { ClusterConnections } from "./connections.ts";

export interface MetadataBroker {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
}

export interface MetadataPartition {
  readonly partition: number;
  /** Null: no leader, the partition is offline. */
  readonly leader: number | null;
  readonly leaderEpoch: number | null;
  /** The first is the preferred leader. */
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  readonly offlineReplicas: readonly number[];
}

export interface MetadataTopic {
  readonly name: string;
  /** As Kafka's tools print it (base64url); null from brokers before 2.8's format. */
  readonly topicId: string | null;
  readonly internal: boolean;
  /** 0, or why the broker doesn't tell about this topic: 3 unknown, 29 not authorized. */
  readonly errorCode: number;
  /** By partition, from 0. */
  readonly partitions: readonly MetadataPartition[];
}

export interface Metadata {
  readonly clusterId: string | null;
  /** Where requests for the controller go. In KRaft this is any live broker, which forwards them: not the controller itself. */
  readonly controllerProxy: number | null;
  readonly brokers: readonly MetadataBroker[];
  readonly topics: readonly MetadataTopic[];
}

interface MetadataInput {
  /** Null: all that this user may describe. */
  readonly topics: readonly string[] | null;
}

const metadataRequest = defineRequest<MetadataInput, Metadata>({
  key: 3,
  versions: [12],
  since: "Kafka 3.1",
  write: (writer, { topics }) => {
    writer.structs(topics, (name) => writer.zeroUuid().string(name));
    writer.boolean(false).boolean(false);
  },
  read: (reader) => {
    reader.int32();
    const brokers = reader.structs((r) => ({
      id: r.int32(),
      host: r.string(),
      port: r.int32(),
      rack: r.nullableString(),
    }));
    const clusterId = reader.nullableString();
    const controllerProxy = idOrNull(reader.int32());
    const topics = reader.structs((r) => {
      const errorCode = r.int16();
      const name = r.string();
      const topicId = r.uuid();
      const internal = r.boolean();
      const partitions = r.structs((p) => {
        // The code only repeats what leader and replicas already say (5: no leader, 9: a replica is down).
        p.int16();
        const partition = p.int32();
        const leader = idOrNull(p.int32());
        const leaderEpoch = idOrNull(p.int32());
        const replicas = p.int32s();
        const isr = p.int32s();
        const offlineReplicas = p.int32s();
        // Nearly always the same list: kept once.
        return { partition, leader, leaderEpoch, replicas, isr: same(isr, replicas) ? replicas : isr, offlineReplicas };
      });
      r.int32();
      return { name, topicId, internal, errorCode, partitions: inOrder(partitions) };
    });
    return { clusterId, controllerProxy, brokers, topics };
  },
});

/** Brokers list partitions in the order of a hash map. */
function inOrder(partitions: MetadataPartition[]): MetadataPartition[] {
  const sorted = partitions.every(({ partition }, index) => partition === index);
  return sorted ? partitions : partitions.sort((a, b) => a.partition - b.partition);
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

function idOrNull(id: number): number | null {
  return id < 0 ? null : id;
}

/**
 * Brokers, topics, partitions, leaders, ISR, as one broker knows them (Metadata, KIP-4). Nothing is created by asking.
 * @param topics names, or null for all that this user may describe; an unknown one comes back with its `errorCode`
 * @throws {ProblemError} cluster-unreachable, deadline-exceeded, cancelled
 */
export async function readMetadata(
  kafka: ClusterConnections,
  topics: readonly string[] | null,
  signal: AbortSignal,
): Promise<Metadata> {
  const what = topics === null ? "the metadata of all topics" : `the metadata of ${namesOf(topics)}`;
  const metadata = await askAnyBroker(kafka, metadataRequest, { topics }, { what }, signal);
  kafka.learnBrokers(metadata.brokers.map(({ id, host, port }) => ({ nodeId: id, host, port })));
  return metadata;
}

/** More than these are counted, not named. */
const MAX_NAMED = 3;

function namesOf(topics: readonly string[]): string {
  if (topics.length === 0) return "the brokers";
  return topics.length > MAX_NAMED ? `${topics.length} topics` : topics.join(", ");
}

/** The same as one particular broker knows it: brokers learn of a change one after another. */
export function readMetadataFrom(
  kafka: ClusterConnections,
  brokerId: number,
  topics: readonly string[],
  signal: AbortSignal,
): Promise<Metadata> {
  return askBroker(kafka, brokerId, metadataRequest, { topics }, { what: "its metadata" }, signal);
}
