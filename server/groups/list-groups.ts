import type { z } from "zod";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { listGroups as contract } from "#lib/contracts/groups.ts";
import type { ClusterContext } from "../context.ts";
import { topicsOfGroup } from "./group-partitions.ts";
import type { GroupReading, GroupsReading } from "./group-reading.ts";
import { inTurns, type Work } from "./in-turns.ts";
import { notTakenOver } from "./not-taken-over.ts";
import { type GroupGlance, groupGlance } from "./observer/group-glance.ts";
import { groupInsight } from "./observer/group-insight.ts";
import type { GroupObserver } from "./observer/group-observer.ts";
import { unobserved } from "./observer/unobserved.ts";
import { readGroupsOfTopic } from "./topic-groups.ts";

type Answer = z.input<typeof contract.response>;
type GroupSummary = Answer["groups"][number];

const MAX_TOPICS = 20;

/**
 * All groups, or those of one topic, by name. State, members and lag are asked of Kafka each time, viewers who ask at the same moment
 * share one reading; trend, time lag and verdicts come from what this server saw before.
 * @throws {ProblemError} topic-not-found, kafka-forbidden, cluster-unreachable, deadline-exceeded, cancelled
 */
export async function listGroups(ctx: ClusterContext, { query }: ParsedInput<typeof contract>): Promise<Answer> {
  const { state, signal, cluster } = ctx;
  const { topic } = query;
  const { value, observedAtMs } = await (topic === undefined
    ? state.groups.get(signal)
    : readGroupsOfTopic(ctx, topic));
  const groups = await inTurns(summaries(state.groupObserver, value, topic));
  groups.sort((a, b) => (a.group < b.group ? -1 : a.group > b.group ? 1 : 0));
  const before = topic === undefined ? (state.groupObserver.newest?.value ?? null) : null;
  const missing = [
    ...value.missing,
    ...(before === null ? [] : notTakenOver(before, value)),
    ...unobserved(state.groupObserver),
  ];
  if (groups.length === 0 && topic === undefined && cluster.sasl !== null) {
    missing.push(nothingVisible(cluster.sasl.username));
  }
  return { groups, observedSinceMs: state.groupObserver.sinceMs, missing, observedAtMs };
}

function* summaries(observer: GroupObserver, { groups, ends }: GroupsReading, topic?: string): Work<GroupSummary[]> {
  const nowMs = Date.now();
  const told: GroupSummary[] = [];
  for (const reading of groups.values()) {
    yield;
    const glance =
      topic === undefined
        ? groupGlance(observer, reading, ends, nowMs)
        : yield* groupInsight(observer, reading, ends, nowMs, topic);
    told.push(summarise(reading, glance));
  }
  return told;
}

/** Kafka leaves out what a user may not describe, and says nothing. */
function nothingVisible(username: string): Answer["missing"][number] {
  return {
    part: "groups",
    code: "kafka-forbidden",
    detail: `${username} sees no group. If there are some: seeing one needs Describe on Group <name>. Grant it with kafka-acls.sh.`,
  };
}

function summarise(
  reading: GroupReading,
  { lag, partitionCount, lagUnread, uncommitted, timeLag, trend, verdicts }: GroupGlance,
): GroupSummary {
  const { group, type, state, assignor, coordinator, members } = reading;
  const topics = [...topicsOfGroup(reading)].sort();
  return {
    group,
    type,
    state,
    assignor,
    coordinator,
    memberCount: members?.length ?? null,
    topics: topics.slice(0, MAX_TOPICS),
    topicCount: topics.length,
    partitionCount,
    uncommitted,
    lag: lag?.toString() ?? null,
    lagUnread,
    timeLag,
    trend,
    verdicts: [...verdicts],
  };
}
