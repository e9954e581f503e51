"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useServerTime } from "#components/ui/now.tsx";
import type { BrokerSummary } from "#lib/contracts/brokers.ts";
import type { NewTopic } from "#lib/contracts/topics.ts";
import { possiblePlacement } from "#lib/placement.ts";
import { ProblemError } from "#lib/problem.ts";
import { brokersQuery } from "#lib/queries/brokers.ts";
import { topicConfigDefinitionsQuery, topicDryRunQuery } from "#lib/queries/topics.ts";
import type { CheckState } from "./plan-panel.tsx";
import type { PlannedTopic } from "./topic-consequences.ts";

const noBrokers: readonly BrokerSummary[] = [];

interface TopicPlanInput {
  cluster: string;
  /** As the form has it now. */
  topic: NewTopic;
  /** As it was once typing paused: what the controller is asked about. */
  settled: NewTopic;
  /** Both are the same. */
  isSettled: boolean;
  /** Why it isn't asked: a field that needs a correction, a read-only cluster. Null: it is. */
  blocked: string | null;
}

/** All that is known before a topic is created: the controller's check, the numbers in force, where it could lie. */
export function useTopicPlan({ cluster, topic, settled, isSettled, blocked }: TopicPlanInput) {
  const brokers = useQuery(brokersQuery(cluster)).data?.brokers ?? noBrokers;
  const definitions = useQuery(topicConfigDefinitionsQuery(cluster));
  const dryRun = useQuery({ ...topicDryRunQuery(cluster, settled), enabled: isSettled && blocked === null });
  const checkedAtMs = useServerTime(dryRun.dataUpdatedAt);
  const current = isSettled && blocked === null;
  const accepted = current ? dryRun.data : undefined;

  const inForce = (name: string): string | null =>
    topic.configs[name] ??
    accepted?.configs.find((config) => config.name === name)?.value ??
    definitions.data?.definitions.find((definition) => definition.name === name)?.value ??
    null;
  const { assignment } = topic;
  const planned: PlannedTopic = {
    partitions:
      assignment?.length ??
      countOr(topic.partitions, accepted?.partitions ?? definitions.data?.defaultPartitions ?? null),
    replicationFactor:
      assignment?.[0]?.length ??
      countOr(
        topic.replicationFactor,
        accepted?.replicationFactor ?? definitions.data?.defaultReplicationFactor ?? null,
      ),
    assignment: assignment ?? null,
    minInsyncReplicas: numberOrNull(inForce("min.insync.replicas")),
    cleanupPolicy: inForce("cleanup.policy"),
    retentionMs: bigintOrNull(inForce("retention.ms")),
    retentionBytes: bigintOrNull(inForce("retention.bytes")),
  };
  const { partitions, replicationFactor } = planned;
  // Up to 10,000 partitions: not again with every key that changes something else.
  const placement = useMemo(
    () => placementOf({ partitions, replicationFactor }, assignment, brokers),
    [partitions, replicationFactor, assignment, brokers],
  );
  return {
    brokers,
    definitions: definitions.data,
    definitionsError: definitions.error,
    planned,
    placement,
    check: checkState(blocked, current, dryRun, checkedAtMs),
    refusal: current ? dryRun.error : null,
  };
}

function placementOf(
  { partitions, replicationFactor }: Pick<PlannedTopic, "partitions" | "replicationFactor">,
  assignment: NewTopic["assignment"],
  brokers: readonly BrokerSummary[],
) {
  if (assignment) return { rows: assignment, possible: false };
  if (partitions === null || replicationFactor === null) return null;
  const rows = possiblePlacement(
    brokers.map(({ id, rack, state }) => ({ id, rack, up: state === "up" })),
    partitions,
    replicationFactor,
  );
  return rows && { rows, possible: true };
}

function checkState(
  blocked: string | null,
  current: boolean,
  dryRun: { data: unknown; error: unknown; isPending: boolean; isFetching: boolean },
  checkedAtMs: number,
): CheckState {
  if (blocked !== null) return { kind: "waiting", why: blocked };
  if (!current || dryRun.isPending || (dryRun.isFetching && !dryRun.data)) return { kind: "checking" };
  if (dryRun.error === null) return { kind: "accepted", atMs: checkedAtMs };
  if (!(dryRun.error instanceof ProblemError)) return { kind: "failed", reason: "An unexpected error." };
  return refusals.has(dryRun.error.code)
    ? { kind: "refused", reason: dryRun.error.message }
    : { kind: "failed", reason: dryRun.error.message };
}

const refusals: ReadonlySet<string> = new Set(["topic-refused", "topic-exists", "kafka-refused"]);

function countOr(count: number, fallback: number | null): number | null {
  return count === -1 ? fallback : count;
}

function numberOrNull(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function bigintOrNull(text: string | null): bigint | null {
  return text !== null && /^-?\d{1,19}$/.test(text) ? BigInt(text) : null;
}
