import { z } from "zod";
import { defineEndpoint } from "./endpoint.ts";
import {
  brokerId,
  clusterName,
  groupId,
  groupIdInPath,
  missingPart,
  offset,
  partitionId,
  sentence,
  timestampMs,
  topicName,
} from "./kafka.ts";

const clusterParams = z.strictObject({ cluster: clusterName });
export const groupParams = z.strictObject({ cluster: clusterName, group: groupIdInPath });

/** classic: the protocol of Kafka 0.9 to 4.x. consumer: KIP-848. share: KIP-932. streams: KIP-1071. */
export const groupType = z.enum(["classic", "consumer", "share", "streams", "unknown"]).meta({ id: "GroupType" });
export type GroupType = z.output<typeof groupType>;

/** Kafka's states of all types of groups, in our spelling: "PreparingRebalance" is preparing-rebalance. */
export const groupState = z
  .enum([
    "stable",
    "empty",
    "preparing-rebalance",
    "completing-rebalance",
    "assigning",
    "reconciling",
    "not-ready",
    "dead",
    "unknown",
  ])
  .meta({ id: "GroupState" });
export type GroupState = z.output<typeof groupState>;

export const topicPartition = z.object({ topic: topicName, partition: partitionId }).meta({ id: "TopicPartition" });

export const verdictKind = z.enum([
  /** Readable messages left, has members, commits frozen. */
  "stuck",
  /** No members, no commits, lag growing. */
  "abandoned",
  /** The committed offset lies below the log start offset: messages are lost to it already, or may be, which its evidence tells. */
  "past-retention",
  /** The last stable offset is below the high watermark and does not move. */
  "open-transaction",
  /** Rebalances over and over. */
  "rebalancing",
  /** Commits, but slower than its producers write. */
  "too-slow",
  /** One partition holds most of the lag. */
  "hot-partition",
  /** More members than partitions. */
  "idle-members",
  /** No members, but commits move: partitions are assigned by hand, as Flink and Spark do. */
  "manual-assignment",
  /** Has members, messages come in, but it never committed anything: whether it reads them, Kafka isn't told. */
  "never-commits",
]);
export type VerdictKind = z.output<typeof verdictKind>;

/** Why a group lags, or what is odd about it; worst first wherever there are several. */
export const groupVerdict = z
  .object({
    kind: verdictKind,
    severity: z.enum(["critical", "warning", "info"]),
    /** One sentence: what was seen. */
    evidence: sentence,
    /** What to look at or to do next. */
    advice: sentence,
    /** The partitions it is about, worst first, at most 20. */
    partitions: z.array(topicPartition),
    /** The member it is about. */
    memberId: z.string().nullable(),
    /** Since when this server has seen it so; it may be older. */
    sinceMs: timestampMs.nullable(),
  })
  .meta({ id: "GroupVerdict" });
export type GroupVerdict = z.output<typeof groupVerdict>;

/** How old the oldest message is that a group has not committed past. */
const timeLag = z
  .object({
    ms: z.int().min(0),
    /** exact: the timestamp of the message at the committed offset. interpolated: from samples of the high watermark, shown with ≈. */
    how: z.enum(["exact", "interpolated"]),
    /** True when samples don't reach back so far: it is this, or more. */
    atLeast: z.boolean(),
  })
  .meta({ id: "TimeLag" });
export type TimeLag = z.output<typeof timeLag>;

/** Of a group's lag over the hour that is sampled. */
const lagTrend = z.object({
  /** For a small drawing: the total lag, oldest first, each in 0–100 of `highest`; null where it wasn't read. At most 30. */
  points: z.array(z.int().min(0).max(100).nullable()),
  highest: offset,
  /** Over the last 5 minutes; null until there are two samples. */
  direction: z.enum(["growing", "shrinking", "steady"]).nullable(),
});

const groupSummary = z
  .object({
    group: groupId,
    type: groupType,
    state: groupState,
    /** The assignor in use ("range", "uniform"); null without members, or where it can't be read. */
    assignor: z.string().nullable(),
    coordinator: brokerId.nullable(),
    /** Null where members can't be read. */
    memberCount: z.int().nullable(),
    /** Committed or assigned, by name; at most 20 of `topicCount`. */
    topics: z.array(z.string()),
    topicCount: z.int(),
    /** Partitions it has committed or is assigned. */
    partitionCount: z.int(),
    /** Of them, those it never committed; each counts in `lag` with all its messages. */
    uncommitted: z.int(),
    /**
     * Σ high watermark − committed offset; null when nothing of it could be read, when it has neither commits nor an assignment
     * (`partitionCount` is 0), or for types whose positions aren't offsets.
     */
    lag: offset.nullable(),
    /** Partitions that are missing in `lag` because their offsets could not be read: then it is "at least". */
    lagUnread: z.int(),
    timeLag: timeLag.nullable(),
    /** Null until there are samples. */
    trend: lagTrend.nullable(),
    verdicts: z.array(groupVerdict),
  })
  .meta({ id: "GroupSummary" });
export type GroupSummary = z.output<typeof groupSummary>;

export const listGroups = defineEndpoint({
  name: "listGroups",
  method: "GET",
  path: "/api/clusters/:cluster/groups",
  summary: "All groups: state, members, lag, verdicts",
  permission: "view",
  params: clusterParams,
  query: z.strictObject({
    /** Only groups that have committed to, or are assigned, this topic; their numbers are those of this topic alone. */
    topic: topicName.optional(),
  }),
  response: z.object({
    groups: z.array(groupSummary),
    /** Since when this server samples lag: verdicts and trends look no further back. Null before the first sample. */
    observedSinceMs: timestampMs.nullable(),
    missing: z.array(missingPart),
    observedAtMs: timestampMs,
  }),
});
export type GroupList = z.output<typeof listGroups.response>;

/** Partitions of one topic. */
const topicPartitions = z.object({ topic: z.string(), partitions: z.array(partitionId) });

const groupMember = z
  .object({
    memberId: z.string(),
    /** `group.instance.id` of a static member (KIP-345). */
    instanceId: z.string().nullable(),
    clientId: z.string(),
    /** As the broker tells it, without its leading slash. */
    host: z.string(),
    rackId: z.string().nullable(),
    subscribedTopics: z.array(z.string()),
    /** KIP-848: a pattern that the broker evaluates (RE2/J). */
    subscribedPattern: z.string().nullable(),
    assigned: z.array(topicPartitions),
    /** KIP-848, while it is being given or taken partitions: what it shall have; null when it has that. */
    target: z.array(topicPartitions).nullable(),
    memberEpoch: z.int().nullable(),
    /** Why it has no partition; null when it has one. */
    idleBecause: z.string().nullable(),
  })
  .meta({ id: "GroupMember" });
export type GroupMember = z.output<typeof groupMember>;

const eta = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("caught-up") }),
    z.object({ kind: z.literal("in"), ms: z.int() }),
    /** Its producers are as fast or faster. */
    z.object({ kind: z.literal("never") }),
    /** Not enough samples yet. */
    z.object({ kind: z.literal("unknown") }),
  ])
  .meta({ id: "Eta" });
export type Eta = z.output<typeof eta>;

const groupPartition = z
  .object({
    topic: z.string(),
    partition: partitionId,
    /** The member that holds it; null when none does. */
    memberId: z.string().nullable(),
    leader: brokerId.nullable(),
    logStartOffset: offset.nullable(),
    highWatermark: offset.nullable(),
    lastStableOffset: offset.nullable(),
    /** Null: no commit (see `committedRead`). */
    committedOffset: offset.nullable(),
    /** False: the commit could not be read, and `committedOffset` says nothing. */
    committedRead: z.boolean(),
    /** Of the message before the committed offset (KIP-320). */
    committedLeaderEpoch: z.int().nullable(),
    /** What the consumer stored with its commit. */
    committedMetadata: z.string().nullable(),
    /** High watermark − committed offset, as Kafka's own tool counts, never below 0; without a commit the whole partition. Null: unknown. */
    lag: offset.nullable(),
    /** The same to the last stable offset: what a read_committed consumer can read. */
    stableLag: offset.nullable(),
    timeLag: timeLag.nullable(),
    /** True: what is left are markers and aborted messages, which no reader will see. Null: not looked into. */
    nothingReadable: z.boolean().nullable(),
    /** Messages that retention deleted before the group read them: log start − committed offset where that is above 0. */
    lost: offset.nullable(),
    /** Messages a second over the last minute; null until there are samples. */
    committedPerSecond: z.number().nullable(),
    producedPerSecond: z.number().nullable(),
    eta,
    /** When this server last saw the committed offset move; null when it hasn't since `observedSinceMs`. */
    lastMovedMs: timestampMs.nullable(),
  })
  .meta({ id: "GroupPartition" });
export type GroupPartition = z.output<typeof groupPartition>;

export const getGroup = defineEndpoint({
  name: "getGroup",
  method: "GET",
  path: "/api/clusters/:cluster/groups/:group",
  summary: "One group: members, assignment, lag by partition, verdicts",
  permission: "view",
  params: groupParams,
  response: z.object({
    group: groupId,
    type: groupType,
    state: groupState,
    /** Of a classic group: "consumer" for consumers, "connect" for Kafka Connect; empty for groups that only commit. */
    protocolType: z.string().nullable(),
    assignor: z.string().nullable(),
    coordinator: brokerId.nullable(),
    /** KIP-848: grows with every change of members or subscriptions; null for classic groups. */
    groupEpoch: z.int().nullable(),
    /** Null where members can't be read (see `unread`). */
    members: z.array(groupMember).nullable(),
    /** By topic, then partition. Empty for types whose positions aren't offsets. */
    partitions: z.array(groupPartition),
    /** Σ of the partitions', as in the list. */
    lag: offset.nullable(),
    lagUnread: z.int(),
    uncommitted: z.int(),
    timeLag: timeLag.nullable(),
    committedPerSecond: z.number().nullable(),
    producedPerSecond: z.number().nullable(),
    verdicts: z.array(groupVerdict),
    /** What can't be read of a group of this type, in a sentence, with the command that can; null when all can. */
    unread: z.object({ detail: z.string(), command: z.string().nullable() }).nullable(),
    observedSinceMs: timestampMs.nullable(),
    missing: z.array(missingPart),
    observedAtMs: timestampMs,
  }),
});
export type GroupDetail = z.output<typeof getGroup.response>;

/** More lines than this are no chart. */
export const MAX_LAG_SERIES = 12;

export const getGroupLag = defineEndpoint({
  name: "getGroupLag",
  method: "GET",
  path: "/api/clusters/:cluster/groups/:group/lag",
  summary: "A group's lag over the hour that is sampled, in all and by partition",
  permission: "view",
  params: groupParams,
  query: z.strictObject({
    /** Only this topic's partitions; with `partition`, only that one. Otherwise those that lag most. */
    topic: topicName.optional(),
    partition: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
  }),
  response: z.object({
    stepMs: z.int(),
    /** Oldest first, at most 360. */
    atMs: z.array(timestampMs),
    /** total[i] is at atMs[i]; null where it was not read, or not of every partition. */
    total: z.array(offset.nullable()),
    /** At most 12, those that lag most now first. */
    partitions: z.array(topicPartition.extend({ lag: z.array(offset.nullable()) })),
    /** How many more partitions there are. */
    omitted: z.int(),
    observedSinceMs: timestampMs.nullable(),
    observedAtMs: timestampMs,
  }),
});
export type GroupLag = z.output<typeof getGroupLag.response>;
