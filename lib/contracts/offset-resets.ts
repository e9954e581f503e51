import { z } from "zod";
import { changeId, recording } from "./changes.ts";
import { defineEndpoint } from "./endpoint.ts";
import { groupParams, groupState, groupType, topicPartition } from "./groups.ts";
import { clusterName, groupId, int64, leaderEpoch, offset, partitionId, timestampMs, topicName } from "./kafka.ts";

/** More partitions than this are not moved in one go. */
export const MAX_MOVES = 10_000;
/** Of a CSV file. */
export const MAX_CSV_BYTES = 1024 * 1024;
/** So many partitions by name, or such a file as JSON text. */
const MAX_RESET_BODY_BYTES = 8 * 1024 * 1024;
const MAX_DURATION_MS = 100 * 365 * 24 * 3_600_000;

/** Which partitions are to be moved. */
export const resetScope = z
  .discriminatedUnion("of", [
    /** All that the group has committed or is assigned; and what the file, or the other group, has where that is the target. */
    z.strictObject({ of: z.literal("group") }),
    /** All partitions of these topics, whether the group ever committed to them or not. */
    z.strictObject({ of: z.literal("topics"), topics: z.array(topicName).min(1).max(1_000) }),
    z.strictObject({ of: z.literal("partitions"), partitions: z.array(topicPartition).min(1).max(MAX_MOVES) }),
  ])
  .meta({ id: "ResetScope" });
export type ResetScope = z.output<typeof resetScope>;

/** Where they are to be moved to. */
export const resetTarget = z
  .discriminatedUnion("to", [
    z.strictObject({ to: z.literal("earliest") }),
    z.strictObject({ to: z.literal("latest") }),
    /** The first message whose timestamp is this or later; the high watermark where there is none. */
    z.strictObject({ to: z.literal("timestamp"), timestampMs }),
    /** The same, counted back from when the plan is made. */
    z.strictObject({ to: z.literal("ago"), durationMs: z.int().min(0).max(MAX_DURATION_MS) }),
    z.strictObject({ to: z.literal("offset"), offset: int64 }),
    /** Forward by so many offsets; backward when negative. Partitions without a commit stay without. */
    z.strictObject({ to: z.literal("shift"), by: int64 }),
    /** Where that group is. Partitions it never committed stay as they are. */
    z.strictObject({ to: z.literal("group"), group: groupId }),
    /** Lines `topic,partition,offset`, as kafka-consumer-groups.sh --export writes; the scope narrows it. */
    z.strictObject({ to: z.literal("csv"), csv: z.string().max(MAX_CSV_BYTES, "at most 1 MiB") }),
  ])
  .meta({ id: "ResetTarget" });
export type ResetTarget = z.output<typeof resetTarget>;

/** One partition's target, changed by hand: an offset, or null to leave it where it is. */
export const resetEdit = topicPartition.extend({ offset: int64.nullable() });
export type ResetEdit = z.output<typeof resetEdit>;

const moveFlag = z.enum([
  /** The target lay before the log start offset, and became it. */
  "clamped-to-start",
  /** The target lay beyond the high watermark, and became it. */
  "clamped-to-end",
  /** No message is as young as the asked time: the high watermark. */
  "no-match",
  /** The partition holds no message. */
  "empty",
  /** The group has no commit here. */
  "no-commit",
  /** Committed below the log start offset: those messages are gone already. */
  "past-retention",
  /** Left as it is: the target says nothing about it, or an edit says so. */
  "kept",
  /** Edited by hand. */
  "edited",
  /** An undo: back to what was committed before, so what lies before it was counted as read then and isn't skipped now. */
  "restored",
  /** Its offsets could not be read (the leader is away): it can't be moved now. */
  "unreadable",
]);
export type MoveFlag = z.output<typeof moveFlag>;

/** One partition of a plan. */
const plannedMove = z
  .object({
    topic: z.string(),
    partition: partitionId,
    /** The committed offset that the plan starts from; null: no commit. */
    from: offset.nullable(),
    /** Null: no commit shall be left (only an undo asks for that), or the partition stays without one (flag `kept`). */
    to: offset.nullable(),
    /** What an undo gives back beside the offset. */
    toLeaderEpoch: leaderEpoch.nullable(),
    toMetadata: z.string(),
    /** `none`: it stays. `forget`: its commit is taken away. `restore`: the offset stays, what an undo gives back beside it doesn't. */
    direction: z.enum(["replay", "skip", "first-commit", "forget", "restore", "none"]),
    /** to − from; null without one of them. */
    difference: int64.nullable(),
    logStartOffset: offset.nullable(),
    highWatermark: offset.nullable(),
    /** Of the message at `from` and at `to`; null when there is none, or it could not be read. */
    fromTimestampMs: z.int().nullable(),
    toTimestampMs: z.int().nullable(),
    /** High watermark − `to` (or − `from` when it stays); null: unknown. */
    lagAfter: offset.nullable(),
    flags: z.array(moveFlag),
  })
  .meta({ id: "PlannedMove" });
export type PlannedMove = z.output<typeof plannedMove>;

/** What keeps a plan from being made for a part of what was asked; the rest is planned. */
const planProblem = z.object({
  /** Of the CSV, from 1; null when it isn't about a line. */
  line: z.int().nullable(),
  topic: z.string().nullable(),
  partition: z.int().nullable(),
  /** What is wrong and what to do. */
  detail: z.string(),
});
export type PlanProblem = z.output<typeof planProblem>;

/** Who is in the group, for the refusal. */
const presentMember = z.object({
  memberId: z.string(),
  instanceId: z.string().nullable(),
  clientId: z.string(),
  host: z.string(),
  assigned: z.array(z.object({ topic: z.string(), partitions: z.array(partitionId) })),
});

export const offsetPlan = z
  .object({
    group: groupId,
    /** False: a group that doesn't exist yet; applying makes it (classic, empty). */
    exists: z.boolean(),
    type: groupType,
    state: groupState,
    /** By topic, then partition; those that stay too. */
    moves: z.array(plannedMove),
    problems: z.array(planProblem),
    totals: z.object({
      /** Partitions that `moves` would change. */
      moved: z.int(),
      /** Messages read again. */
      replayed: offset,
      /** Messages never read by this group. */
      skipped: offset,
      /** Null when it is unknown for some partition. */
      lagAfter: offset.nullable(),
    }),
    /** Why it can't be applied now; null when it can. */
    refusal: z
      .object({
        /** kafka-forbidden: this user may not know who is in the group. */
        code: z.enum(["group-not-empty", "group-type-unsupported", "kafka-forbidden"]),
        detail: z.string(),
        /** How long a member that was killed stays; null when unknown. */
        sessionTimeoutMs: z.int().nullable(),
        members: z.array(presentMember),
        /** The command of Kafka's that can, for types that aren't supported here. */
        command: z.string().nullable(),
      })
      .nullable(),
    /** The group commits although it has no members: partitions assigned by hand. Its consumer may overwrite what is applied. */
    mayBeOverwritten: z.boolean(),
    recording,
    observedAtMs: timestampMs,
  })
  .meta({ id: "OffsetPlan" });
export type OffsetPlan = z.output<typeof offsetPlan>;

export const planOffsetReset = defineEndpoint({
  name: "planOffsetReset",
  method: "POST",
  path: "/api/clusters/:cluster/groups/:group/offset-plans",
  summary: "What a reset would move, replay and skip; changes nothing",
  permission: "view",
  changes: false,
  params: groupParams,
  maxBodyBytes: MAX_RESET_BODY_BYTES,
  body: z.strictObject({
    scope: resetScope,
    target: resetTarget,
    edits: z.array(resetEdit).max(MAX_MOVES).default([]),
  }),
  response: offsetPlan,
});

export const planUndo = defineEndpoint({
  name: "planUndo",
  method: "POST",
  path: "/api/clusters/:cluster/changes/:change/undo",
  summary: "A plan that takes a change of offsets back, from what was saved; changes nothing",
  permission: "view",
  changes: false,
  params: z.strictObject({ cluster: clusterName, change: changeId }),
  response: offsetPlan,
});

/** A string of Kafka's protocol; how much of it brokers take, `offset.metadata.max.bytes` says (4,096 unless somebody changed it). */
const MAX_METADATA_BYTES = 32_767;
const commitMetadata = z
  .string()
  .max(MAX_METADATA_BYTES)
  .refine((text) => new TextEncoder().encode(text).length <= MAX_METADATA_BYTES, "at most 32,767 bytes as UTF-8");

/** `from` is null when the group has no commit there; apply refuses when it is no longer what the group holds. */
const offsetMove = topicPartition
  .extend({
    from: offset.nullable(),
    /** Null: the commit is taken away. */
    to: offset.nullable(),
    toLeaderEpoch: leaderEpoch.nullable().default(null),
    toMetadata: commitMetadata.default(""),
  })
  .meta({ id: "OffsetMove" });
export type OffsetMove = z.output<typeof offsetMove>;

const moveOutcome = topicPartition
  .extend({
    /** moved: read back as asked. failed: the coordinator refused it. overwritten: read back as something else. unknown: no answer, and it could not be read back. */
    outcome: z.enum(["moved", "failed", "overwritten", "unknown"]),
    /** Read back afterwards; null: no commit, or not read. */
    committedOffset: offset.nullable(),
    /** Kafka's reason and what to do; null when moved. */
    detail: z.string().nullable(),
  })
  .meta({ id: "MoveOutcome" });
export type MoveOutcome = z.output<typeof moveOutcome>;

export const resetOffsets = defineEndpoint({
  name: "resetOffsets",
  method: "POST",
  path: "/api/clusters/:cluster/groups/:group/offset-resets",
  summary: "Moves a stopped group's committed offsets exactly as reviewed",
  permission: "operate",
  params: groupParams,
  maxBodyBytes: MAX_RESET_BODY_BYTES,
  body: z.strictObject({
    moves: z.array(offsetMove).min(1).max(MAX_MOVES),
    /** What the moves were worked out from, for the record: in the caller's own words, and told as such. */
    target: z.string().max(500).default(""),
    /** The change that this takes back: of this group, and the moves are what its record says that comes to, or a part of it. */
    undoes: changeId.nullable().default(null),
  }),
  response: z.object({
    /** Null when it is on record nowhere but in this server's log. */
    change: changeId.nullable(),
    outcomes: z.array(moveOutcome),
    /** What went wrong with the record; null when it is complete. */
    recordProblem: z.string().nullable(),
  }),
});
export type ResetResult = z.output<typeof resetOffsets.response>;

export const deleteGroup = defineEndpoint({
  name: "deleteGroup",
  method: "DELETE",
  path: "/api/clusters/:cluster/groups/:group",
  summary: "Deletes an empty group and all its committed offsets",
  permission: "operate",
  params: groupParams,
  response: z.object({
    change: changeId.nullable(),
    /** What went wrong with the record, and what isn't in it since this user may not see it; null when it is complete. */
    recordProblem: z.string().nullable(),
  }),
});

export const deleteGroupOffsets = defineEndpoint({
  name: "deleteGroupOffsets",
  method: "DELETE",
  path: "/api/clusters/:cluster/groups/:group/offsets",
  summary: "Deletes a group's committed offsets of one topic, which no member subscribes to",
  permission: "operate",
  params: groupParams,
  query: z.strictObject({ topic: topicName }),
  response: z.object({
    change: changeId.nullable(),
    outcomes: z.array(moveOutcome),
    recordProblem: z.string().nullable(),
  }),
});

export const exportGroupOffsets = defineEndpoint({
  name: "exportGroupOffsets",
  method: "GET",
  path: "/api/clusters/:cluster/groups/:group/offsets.csv",
  summary:
    "A group's committed offsets as CSV: topic,partition,offset, as kafka-consumer-groups.sh --from-file takes it",
  permission: "view",
  answers: "bytes",
  params: groupParams,
  response: z.string(),
});
