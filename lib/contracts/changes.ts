import { z } from "zod";
import { defineEndpoint } from "./endpoint.ts";
import {
  clusterName,
  groupId,
  leaderEpoch,
  missingPart,
  offset,
  partitionId,
  timestampMs,
  topicName,
} from "./kafka.ts";

const clusterParams = z.strictObject({ cluster: clusterName });

/** Begins with the time at the server that made the change: the order of changes is that of the log, as `listChanges` answers. */
export const changeId = z
  .string()
  .regex(/^[0-9a-z]{9}-[0-9a-z]{12}$/, "a change's id")
  .meta({ id: "ChangeId" });

/** What an answer to a change tells about its record. */
export const recorded = {
  /** Its id in the change log; null when it is on record nowhere but in this server's log. */
  change: changeId.nullable(),
  /** What went wrong with the record; null when it is complete, or none is wanted. */
  recordProblem: z.string().nullable(),
};

/** What happens to the record when a change is made, told before. */
export const recording = z
  .object({
    /** The cluster's setting. */
    audit: z.enum(["required", "best-effort", "off"]),
    /** The topic of the change log. */
    topic: z.string(),
    state: z.enum([
      "ready",
      /** It doesn't exist; nobody has agreed to its creation. */
      "missing",
      /** It exists but can't be written now, or holds messages that aren't Tailrace's. */
      "unwritable",
    ]),
    /** In a sentence: what is recorded, or why not and what to do. */
    detail: z.string(),
  })
  .meta({ id: "Recording" });
export type Recording = z.output<typeof recording>;

export const changeAction = z.enum([
  "create-topic",
  "send-message",
  "start-broker",
  "stop-broker",
  "reset-offsets",
  "delete-group",
  "delete-group-offsets",
  "create-change-log",
]);
export type ChangeAction = z.output<typeof changeAction>;

/** A committed offset, whole: what an undo needs. */
export const savedOffset = z.object({
  offset,
  leaderEpoch: leaderEpoch.nullable(),
  metadata: z.string(),
});

/** Of one partition in a change of offsets; `null`: no commit. */
const changedPartition = z.object({
  topic: z.string(),
  /** Of the topic as it was then: one made anew under its name has another. Null: not on record. */
  topicId: z.string().nullable(),
  partition: partitionId,
  before: savedOffset.nullable(),
  after: savedOffset.nullable(),
  /** Null while no outcome is on record. */
  outcome: z.enum(["moved", "failed", "overwritten", "unknown"]).nullable(),
  detail: z.string().nullable(),
});
export type ChangedPartition = z.output<typeof changedPartition>;

/** One change, put together from its records; everything in it is read back from a topic, where anybody may have written. */
const recordedChange = z
  .object({
    id: changeId,
    /** Null: an action this version doesn't know; its name is in `actionText`. */
    action: changeAction.nullable(),
    actionText: z.string(),
    /** What it was done to. */
    target: z.object({
      topic: z.string().nullable(),
      group: z.string().nullable(),
      partition: z.int().nullable(),
      broker: z.int().nullable(),
    }),
    actor: z.string(),
    requestId: z.string(),
    /** The server that made it, by its own name. */
    instance: z.string(),
    atMs: timestampMs,
    /** intent: no outcome is on record (the server died, or it is under way). partial: some partitions. */
    state: z.enum(["intent", "done", "partial", "failed"]),
    /** When the outcome was written. */
    endedAtMs: timestampMs.nullable(),
    /** Why it failed. */
    failure: z.string().nullable(),
    /** For changes of offsets: how many partitions. */
    partitionCount: z.int(),
    /** What the moves were worked out from, in the words of whoever asked: "to 2026-11-21T02:20:00.000Z". */
    targetText: z.string(),
    /** The change that this one takes back, and the one that took this one back. */
    undoes: changeId.nullable(),
    undoneBy: changeId.nullable(),
    /** Why it can't be undone; null when it can. */
    notUndoable: z.string().nullable(),
    /** Parts of its record are missing. */
    incomplete: z.boolean(),
  })
  .meta({ id: "RecordedChange" });
export type RecordedChange = z.output<typeof recordedChange>;

export const listChanges = defineEndpoint({
  name: "listChanges",
  method: "GET",
  path: "/api/clusters/:cluster/changes",
  summary: "The changes made through Tailrace, newest first",
  permission: "view",
  params: clusterParams,
  query: z.strictObject({
    /** Older than this one. */
    before: changeId.optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
    group: groupId.optional(),
    topic: topicName.optional(),
  }),
  response: z.object({
    recording,
    changes: z.array(recordedChange),
    /** Older changes exist. */
    more: z.boolean(),
    /** Records in the topic that are no changes of Tailrace's, or damaged; they are left out. */
    unreadable: z.int(),
    missing: z.array(missingPart),
    observedAtMs: timestampMs,
  }),
});
export type ChangeList = z.output<typeof listChanges.response>;

export const getChange = defineEndpoint({
  name: "getChange",
  method: "GET",
  path: "/api/clusters/:cluster/changes/:change",
  summary: "One change with all its partitions, before and after",
  permission: "view",
  params: clusterParams.extend({ change: changeId }),
  response: recordedChange.extend({
    partitions: z.array(changedPartition),
    /** As recorded, for changes that aren't about offsets; JSON text. */
    before: z.string().nullable(),
    after: z.string().nullable(),
    outcome: z.string().nullable(),
  }),
});
export type ChangeDetail = z.output<typeof getChange.response>;

export const createChangeLog = defineEndpoint({
  name: "createChangeLog",
  method: "POST",
  path: "/api/clusters/:cluster/change-log",
  summary: "Creates the topic of the change log: one partition, up to three replicas, kept for ever",
  permission: "operate",
  params: clusterParams,
  response: recording,
});

export const getRecording = defineEndpoint({
  name: "getRecording",
  method: "GET",
  path: "/api/clusters/:cluster/change-log",
  summary: "Whether changes are recorded now, and where",
  permission: "view",
  params: clusterParams,
  response: recording,
});
