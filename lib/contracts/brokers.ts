import { z } from "zod";
import { defineEndpoint } from "./endpoint.ts";
import {
  brokerId,
  brokerIdInPath,
  byteSize,
  clusterName,
  configEntry,
  missingPart,
  offset,
  partitionId,
  timestampMs,
} from "./kafka.ts";

/** The state of the process of a broker of the local sample cluster; null elsewhere. */
const brokerProcess = z.enum(["running", "starting", "stopping", "stopped"]);

export const brokerSummary = z
  .object({
    id: brokerId,
    /** Null when the broker is down and nobody tells its address. */
    host: z.string().nullable(),
    port: z.int().nullable(),
    rack: z.string().nullable(),
    /** fenced: registered, but the controller keeps clients away. down: it holds replicas, or is registered, but isn't in the metadata. */
    state: z.enum(["up", "fenced", "down"]),
    isController: z.boolean(),
    leaderCount: z.int(),
    replicaCount: z.int(),
    /** Replicas it holds that are not in sync. */
    outOfSyncCount: z.int(),
    /** Bytes of all its replicas; null when it didn't answer. */
    sizeBytes: byteSize.nullable(),
    /** Of all its log dirs' volumes (KIP-827, Kafka 3.3+); null when unknown, or when it can't be told which share a volume. */
    diskTotalBytes: byteSize.nullable(),
    diskUsableBytes: byteSize.nullable(),
    /** Of the fullest of these volumes, rounded down; null when none tells. */
    diskUsedPercent: z.int().min(0).max(100).nullable(),
    process: brokerProcess.nullable(),
  })
  .meta({ id: "BrokerSummary" });
export type BrokerSummary = z.output<typeof brokerSummary>;

const clusterParams = z.strictObject({ cluster: clusterName });
const brokerParams = z.strictObject({ cluster: clusterName, brokerId: brokerIdInPath });

export const listBrokers = defineEndpoint({
  name: "listBrokers",
  method: "GET",
  path: "/api/clusters/:cluster/brokers",
  summary: "All brokers, those that are down too",
  permission: "view",
  params: clusterParams,
  response: z.object({
    brokers: z.array(brokerSummary),
    missing: z.array(missingPart),
    /** When sizes were read; null when not yet. */
    sizesObservedAtMs: timestampMs.nullable(),
    observedAtMs: timestampMs,
  }),
});

export const getBroker = defineEndpoint({
  name: "getBroker",
  method: "GET",
  path: "/api/clusters/:cluster/brokers/:brokerId",
  summary: "One broker",
  permission: "view",
  params: brokerParams,
  response: z.object({ broker: brokerSummary, missing: z.array(missingPart), observedAtMs: timestampMs }),
});

export const getBrokerConfigs = defineEndpoint({
  name: "getBrokerConfigs",
  method: "GET",
  path: "/api/clusters/:cluster/brokers/:brokerId/configs",
  summary: "A broker's configs, with source and documentation",
  permission: "view",
  params: brokerParams,
  response: z.object({ configs: z.array(configEntry), observedAtMs: timestampMs }),
});

const logDir = z.object({
  path: z.string(),
  /** The broker's own word for what is wrong with this directory; null when nothing is. */
  error: z.string().nullable(),
  sizeBytes: byteSize,
  totalBytes: byteSize.nullable(),
  usableBytes: byteSize.nullable(),
  topics: z.array(
    z.object({
      topic: z.string(),
      sizeBytes: byteSize,
      replicas: z.array(
        z.object({
          partition: partitionId,
          sizeBytes: byteSize,
          /** Messages behind the leader's high watermark; for a future replica, behind the current one. */
          offsetLag: offset,
          /** True for a replica being moved between log dirs. */
          isFuture: z.boolean(),
        }),
      ),
    }),
  ),
});
export type LogDir = z.output<typeof logDir>;

export const getBrokerLogDirs = defineEndpoint({
  name: "getBrokerLogDirs",
  method: "GET",
  path: "/api/clusters/:cluster/brokers/:brokerId/log-dirs",
  summary: "What lies in a broker's log dirs",
  permission: "view",
  params: brokerParams,
  response: z.object({ logDirs: z.array(logDir), observedAtMs: timestampMs }),
});

export const setBrokerProcess = defineEndpoint({
  name: "setBrokerProcess",
  method: "PUT",
  path: "/api/clusters/:cluster/brokers/:brokerId/process",
  summary: "Stops or starts a broker of the local sample cluster",
  permission: "administer",
  params: brokerParams,
  body: z.strictObject({ state: z.enum(["running", "stopped"]) }),
  response: z.object({ brokerId, state: brokerProcess }),
});
