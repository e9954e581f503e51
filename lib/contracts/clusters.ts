import { z } from "zod";
import { brokerSummary } from "./brokers.ts";
import { defineEndpoint } from "./endpoint.ts";
import { brokerId, clusterName, int64, missingPart, partitionHealth, sentence, timestampMs } from "./kafka.ts";

const clusterSummary = z
  .object({
    name: clusterName,
    displayName: z.string(),
    /** Shown with a coloured band. */
    production: z.boolean(),
    /** Every change is refused. */
    readOnly: z.boolean(),
    /** Tailrace's own sample cluster, whose brokers may be stopped and started from here. */
    local: z.boolean(),
    /** Host and port of the first bootstrap server, for commands to copy. */
    bootstrap: z.string(),
    /** How clients are let in, for the same commands; never a secret. */
    security: z.object({
      protocol: z.enum(["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"]),
      saslMechanism: z.string().nullable(),
    }),
  })
  .meta({ id: "ClusterSummary" });
export type ClusterSummary = z.output<typeof clusterSummary>;

export const listClusters = defineEndpoint({
  name: "listClusters",
  method: "GET",
  path: "/api/clusters",
  summary: "The configured clusters, and whether each answers",
  permission: "view",
  params: z.strictObject({}),
  response: z.object({
    clusters: z.array(
      clusterSummary.extend({
        answers: z.boolean(),
        /** Why it doesn't answer; null when it does. */
        detail: z.string().nullable(),
        brokersUp: z.int().nullable(),
      }),
    ),
    observedAtMs: timestampMs,
  }),
});

/** KRaft's quorum as its leader sees it (DescribeQuorum, KIP-595). */
const quorum = z.object({
  leaderId: brokerId,
  leaderEpoch: z.int(),
  highWatermark: int64,
  voters: z.array(
    z.object({
      id: brokerId,
      /** Records behind the leader's log end. */
      lag: int64.nullable(),
      /** By the leader's clock; its own is when it answered. Null when it never fetched, or before Kafka 3.3. */
      lastFetchMs: timestampMs.nullable(),
    }),
  ),
});

/** One thing wrong, in plain words, with its cause. Worst first. */
export const problemFinding = z.object({
  /** Tells the same problem from one answer to the next, whatever its numbers have become. */
  key: z.string(),
  kind: z.enum([
    "broker-down",
    "offline",
    "under-min-isr",
    "under-replicated",
    "controller",
    "disk",
    "log-dir",
    "group",
    "unread",
  ]),
  severity: z.enum(["critical", "warning", "info"]),
  title: sentence,
  detail: sentence,
  /** When this server first saw it; it may be older. */
  sinceMs: timestampMs.nullable(),
  target: z
    .union([
      z.object({ broker: brokerId }),
      z.object({ topicsWithHealth: z.enum(["offline", "under-min-isr", "under-replicated"]) }),
      z.object({ topic: z.string() }),
      z.object({ group: z.string() }),
    ])
    .nullable(),
});
export type ProblemFinding = z.output<typeof problemFinding>;

export const getOverview = defineEndpoint({
  name: "getOverview",
  method: "GET",
  path: "/api/clusters/:cluster",
  summary: "Is this cluster all right?",
  permission: "view",
  params: z.strictObject({ cluster: clusterName }),
  response: z.object({
    cluster: clusterSummary,
    clusterId: z.string().nullable(),
    /** From the finalized metadata.version feature, such as "4.3"; null when brokers don't tell (before 3.3, or ZooKeeper). */
    kafkaVersion: z.string().nullable(),
    /** The active controller; null when unknown. */
    controllerId: brokerId.nullable(),
    quorum: quorum.nullable(),
    verdict: z.object({ severity: z.enum(["ok", "info", "warning", "critical"]), title: sentence, detail: sentence }),
    problems: z.array(problemFinding),
    brokers: z.array(brokerSummary),
    brokersUp: z.int(),
    brokersExpected: z.int(),
    topicCount: z.int(),
    partitions: partitionHealth,
    /** Groups, and how many are worst off; null while they could not be read. `warned`: those that have warnings, but none that is among the problems. */
    groups: z.object({ total: z.int(), stuck: z.int(), abandoned: z.int(), warned: z.int() }).nullable(),
    /** Messages written a second, all topics, oldest first; empty until two samples are there. */
    messagesIn: z.array(z.object({ atMs: timestampMs, perSecond: z.number() })),
    /** Of every part: when it was read. Null: not read yet, or never readable (see `missing`). */
    ages: z.array(
      z.object({
        part: z.enum(["metadata", "quorum", "sizes", "configs", "offsets", "groups"]),
        observedAtMs: timestampMs.nullable(),
      }),
    ),
    missing: z.array(missingPart),
    observedAtMs: timestampMs,
  }),
});
export type Overview = z.output<typeof getOverview.response>;

/** One link of the chain from here to a broker. */
const diagnosisStep = z.object({
  link: z.enum(["settings", "dns", "tcp", "tls", "sasl", "api-versions", "metadata", "listener"]),
  /** What was tried: "kafka-2:9092", "SCRAM-SHA-512 as ops". */
  subject: z.string(),
  outcome: z.enum(["ok", "failed", "not-used", "not-reached"]),
  /** What was seen: "resolves to 10.0.0.7", the error in words. Never a secret. */
  detail: z.string(),
  /** What to do; null unless it failed. */
  remedy: z.string().nullable(),
  tookMs: z.number().nullable(),
});

export const diagnoseConnection = defineEndpoint({
  name: "diagnoseConnection",
  method: "GET",
  path: "/api/clusters/:cluster/diagnosis",
  summary: "Walks the chain from this server to each broker and names the link that fails",
  permission: "view",
  params: z.strictObject({ cluster: clusterName }),
  response: z.object({
    healthy: z.boolean(),
    /** One sentence: the first failing link and its fix. */
    verdict: z.string(),
    /** One chain per bootstrap server, then one per advertised listener. */
    chains: z.array(
      z.object({
        target: z.string(),
        role: z.enum(["bootstrap", "advertised"]),
        brokerId: brokerId.nullable(),
        steps: z.array(diagnosisStep),
      }),
    ),
    observedAtMs: timestampMs,
  }),
});
export type Diagnosis = z.output<typeof diagnoseConnection.response>;
