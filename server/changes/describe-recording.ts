import type { Recording } from "#lib/contracts/changes.ts";
import { ProblemError } from "#lib/problem.ts";
import type { ClusterContext } from "../context.ts";
import { describeTopicConfigValues } from "../kafka/describe-configs.ts";
import { rightsOnTopic } from "../kafka/may-read.ts";
import type { MetadataTopic } from "../kafka/read-metadata.ts";
import { findTopic } from "../topics/find-topic.ts";
import { LOG_PARTITION } from "./read-log.ts";
import { MAX_PART_BYTES } from "./split-record.ts";

type Described = Pick<Recording, "state" | "detail">;
type Asking = Pick<ClusterContext, "cluster" | "kafka">;

const keys = ["cleanup.policy", "retention.ms", "retention.bytes", "min.insync.replicas", "max.message.bytes"] as const;
const DAY_MS = 86_400_000;
/** What a record's own frame adds. */
const FRAME_BYTES = 200;

/**
 * Whether a change that is made now would be recorded: asked of Kafka, without writing anything.
 * @param isForeign the topic holds messages, and none is Tailrace's
 * @throws {ProblemError} cancelled
 */
export async function describeRecording(ctx: Asking, isForeign: boolean, signal: AbortSignal): Promise<Recording> {
  const { audit, changesTopic } = ctx.cluster;
  const told = { audit, topic: changesTopic };
  try {
    const described = await stateOfLog(ctx, isForeign, signal);
    return audit === "off"
      ? { ...told, ...described, detail: `Changes aren't recorded (audit: off), but in this server's own log.` }
      : { ...told, ...described };
  } catch (error) {
    if (signal.aborted || !(error instanceof ProblemError)) throw error;
    return { ...told, state: "unwritable", detail: `${unwritable(ctx, "can't be reached")} ${error.message}` };
  }
}

async function stateOfLog(ctx: Asking, isForeign: boolean, signal: AbortSignal): Promise<Described> {
  const name = ctx.cluster.changesTopic;
  const topic = await topicOrNull(ctx, signal);
  if (topic === null) return { state: "missing", detail: missing(ctx) };
  const [rights, configs] = await Promise.all([
    rightsOnTopic(ctx.kafka, name, signal),
    describeTopicConfigValues(ctx.kafka, null, [name], keys, signal),
  ]);
  const known = configs.get(name);
  const config = (key: (typeof keys)[number]) => (known instanceof Map ? (known.get(key) ?? null) : null);
  const no = (why: string): Described => ({ state: "unwritable", detail: unwritable(ctx, why) });
  const { leader = null, isr = [], replicas = [] } = topic.partitions[LOG_PARTITION] ?? {};
  if (isForeign) {
    return no(
      "holds messages that aren't Tailrace's. Name another topic in the settings (changesTopic), or empty this one.",
    );
  }
  if (!rights.write)
    return no(`may not be written by this user: it needs Write on Topic ${name}. Grant it with kafka-acls.sh.`);
  if (leader === null) return no("has no leader: the brokers that hold it are down. Start one of them.");
  const least = Number(config("min.insync.replicas") ?? 1);
  if (isr.length < least) {
    return no(`has ${isr.length} of at least ${least} replicas in sync (min.insync.replicas). Bring its brokers back.`);
  }
  const largest = Number(config("max.message.bytes") ?? MAX_PART_BYTES + FRAME_BYTES);
  if (largest < MAX_PART_BYTES + FRAME_BYTES) {
    return no(
      `takes no more than ${largest} bytes a message (max.message.bytes), and records have up to ${MAX_PART_BYTES + FRAME_BYTES}. Raise it.`,
    );
  }
  const warnings = [
    ...(rights.read ? [] : [`It can't be read back: this user needs Read on Topic ${name}.`]),
    ...(topic.partitions.length > 1
      ? [`It has ${topic.partitions.length} partitions; only partition ${LOG_PARTITION} is used.`]
      : []),
    ...(replicas.length === 1 ? ["It has one replica: it is lost with its broker."] : []),
    ...(config("cleanup.policy")?.includes("compact") ? ["It is compacted (cleanup.policy): set it to delete."] : []),
    ...limits(config("cleanup.policy"), config("retention.ms"), config("retention.bytes")),
    ...(known instanceof Map ? [] : [`Its configs can't be read: needs DescribeConfigs on Topic ${name}.`]),
  ];
  const kept = warnings.length === 0 ? `, ${replicas.length} replicas, kept for ever` : "";
  return { state: "ready", detail: [`Changes stand in topic ${name}${kept}.`, ...warnings].join(" ") };
}

/** For how long, or how much of it, is kept, when that isn't all. */
function limits(policy: string | null, retentionMs: string | null, retentionBytes: string | null): string[] {
  if (policy !== null && !policy.includes("delete")) return [];
  const told: string[] = [];
  if (retentionMs !== null && retentionMs !== "-1") {
    const days = Number(retentionMs) / DAY_MS;
    const time = days >= 1 ? `${Math.round(days)} days` : `${retentionMs} ms`;
    told.push(`Changes older than ${time} are lost (retention.ms): set it to -1.`);
  }
  if (retentionBytes !== null && retentionBytes !== "-1") {
    told.push(`Of more than ${retentionBytes} bytes the oldest are lost (retention.bytes): set it to -1.`);
  }
  return told;
}

async function topicOrNull(ctx: Asking, signal: AbortSignal): Promise<MetadataTopic | null> {
  try {
    return await findTopic({ kafka: ctx.kafka, signal }, ctx.cluster.changesTopic);
  } catch (error) {
    if (error instanceof ProblemError && error.code === "topic-not-found") return null;
    throw error;
  }
}

function missing({ cluster: { audit, changesTopic } }: Asking): string {
  const then =
    audit === "required"
      ? "Nothing can be changed until there is one"
      : "Changes are made without a record until there is one";
  return `There is no change log yet (topic ${changesTopic}). ${then}.`;
}

function unwritable({ cluster: { audit, changesTopic } }: Asking, why: string): string {
  const then =
    audit === "required" ? "Nothing can be changed meanwhile" : "Changes are made without a record meanwhile";
  return `The change log (topic ${changesTopic}) ${why.replace(/\.$/, "")}. ${then}.`;
}
