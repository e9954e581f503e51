import type { z } from "zod";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { getGroup as contract, TimeLag } from "#lib/contracts/groups.ts";
import { count, number } from "../clusters/words.ts";
import type { ClusterContext } from "../context.ts";
import type { Assignment, GroupMember, GroupReading } from "./group-reading.ts";
import { idleBecause } from "./idle-because.ts";
import { inTurns, type Work } from "./in-turns.ts";
import { nextOffset } from "./lag.ts";
import { exactTimeLag, type MessageTimes, type WantedTimeLag } from "./observer/exact-time-lag.ts";
import { groupInsight, type InsightRow } from "./observer/group-insight.ts";
import { readGroup } from "./read-group.ts";
import { unreadOf } from "./unread-of.ts";

type Answer = z.input<typeof contract.response>;

/** More rows help nobody, and a member of a classic group may claim to hold any number of partitions. */
const MAX_PARTITIONS = 20_000;
const NOTHING_BEHIND: TimeLag = { ms: 0, how: "exact", atLeast: false };

/**
 * One group: members and commits asked of its coordinator, ends of its leaders, and the age of the messages it would read next of
 * what stores them; all now. Rates, estimates and verdicts come from what this server saw before.
 * @throws {ProblemError} group-not-found, kafka-forbidden, broker-unreachable, cluster-unreachable, deadline-exceeded, cancelled
 */
export async function getGroup(ctx: ClusterContext, { params }: ParsedInput<typeof contract>): Promise<Answer> {
  const observedAtMs = Date.now();
  const { reading, ends, metadata, missing } = await readGroup(ctx, params.group);
  const insight = await inTurns(groupInsight(ctx.state.groupObserver, reading, ends, Date.now()));
  // A share group's positions aren't offsets.
  const nothing = { lag: null, lagUnread: 0, uncommitted: 0, partitionCount: 0, partitions: [] };
  const { lag, lagUnread, uncommitted, partitionCount, partitions: all } = reading.type === "share" ? nothing : insight;
  const rows = all.slice(0, MAX_PARTITIONS);
  const times = await exactTimeLag(ctx, wantedTimes(rows), ctx.signal);
  const nowMs = Date.now();
  const topics = new Map(metadata.topics.map((topic) => [topic.name, topic]));
  const partitionsOf = (topic: string) => {
    const found = topics.get(topic);
    return found === undefined || found.errorCode !== 0 ? null : found.partitions.length;
  };
  const holders = holdersOf(reading);
  const partitions = await inTurns(
    answering(rows, (row) => ({
      ...partitionAnswer(row, times, nowMs),
      leader: topics.get(row.topic)?.partitions[row.partition]?.leader ?? null,
      memberId: holders.get(row.topic)?.get(row.partition) ?? null,
    })),
  );
  return {
    group: reading.group,
    type: reading.type,
    state: reading.state,
    protocolType: reading.protocolType,
    assignor: reading.assignor,
    coordinator: reading.coordinator,
    groupEpoch: reading.groupEpoch,
    members:
      reading.members?.map((member) => memberAnswer(reading, reading.members ?? [], member, partitionsOf)) ?? null,
    partitions,
    lag: lag?.toString() ?? null,
    lagUnread,
    uncommitted,
    timeLag: oldest(partitions.map(({ timeLag }) => timeLag)),
    committedPerSecond: insight.committedPerSecond,
    producedPerSecond: insight.producedPerSecond,
    verdicts: [...insight.verdicts],
    unread: unreadOf(reading, ctx.cluster.bootstrapServers.join(",")),
    observedSinceMs: insight.observedSinceMs,
    missing: [...missing, ...notTold(partitionCount - rows.length)],
    observedAtMs,
  };
}

function notTold(partitions: number): Answer["missing"] {
  if (partitions <= 0) return [];
  const part = count(partitions, "partition");
  const detail = `Of a group with so many partitions the first ${number(MAX_PARTITIONS)} are told, by topic; the sums are of all. kafka-consumer-groups.sh --describe tells each.`;
  return [{ part, code: "too-many", detail }];
}

function* answering<T>(rows: readonly InsightRow[], answer: (row: InsightRow) => T): Work<T[]> {
  const answers: T[] = [];
  for (const row of rows) {
    yield;
    answers.push(answer(row));
  }
  return answers;
}

function wantedTimes(rows: readonly InsightRow[]): WantedTimeLag[] {
  return rows.flatMap(({ topic, partition, lag: one, seen }) => {
    const next = nextOffset(one);
    if (next === null || one.lag === null || one.lag === 0n || seen.nothingReadable === true) return [];
    return [{ topic, partition, committed: next, lag: one.lag }];
  });
}

function partitionAnswer(
  { topic, partition, lag: one, seen }: InsightRow,
  times: MessageTimes,
  nowMs: number,
): Omit<Answer["partitions"][number], "leader" | "memberId"> {
  const writtenMs = times.get(topic)?.get(partition);
  const behind = one.lag !== 0n && seen.nothingReadable !== true;
  const timeLag: TimeLag | null =
    writtenMs === undefined ? seen.timeLag : { ms: Math.max(0, nowMs - writtenMs), how: "exact", atLeast: false };
  return {
    topic,
    partition,
    logStartOffset: one.logStartOffset?.toString() ?? null,
    highWatermark: one.highWatermark?.toString() ?? null,
    lastStableOffset: one.lastStableOffset?.toString() ?? null,
    committedOffset: one.commit?.offset.toString() ?? null,
    committedRead: one.read,
    committedLeaderEpoch: one.commit?.leaderEpoch ?? null,
    committedMetadata: one.commit?.metadata ?? null,
    lag: one.lag?.toString() ?? null,
    stableLag: one.stableLag?.toString() ?? null,
    timeLag: behind ? timeLag : NOTHING_BEHIND,
    nothingReadable: seen.nothingReadable,
    lost: one.lost?.toString() ?? null,
    committedPerSecond: seen.committedPerSecond,
    producedPerSecond: seen.producedPerSecond,
    eta: seen.eta,
    lastMovedMs: seen.lastMovedMs,
  };
}

/** Of the partition that is furthest behind in time. */
function oldest(lags: readonly (TimeLag | null)[]): TimeLag | null {
  let most: TimeLag | null = null;
  for (const one of lags) if (one !== null && (most === null || one.ms > most.ms)) most = one;
  return most;
}

/** By topic, by partition: the member that holds it. */
function holdersOf({ type, members }: GroupReading): ReadonlyMap<string, ReadonlyMap<number, string>> {
  const holders = new Map<string, Map<number, string>>();
  if (type === "share") return holders;
  for (const { memberId, assigned } of members ?? []) {
    for (const [topic, partitions] of assigned) {
      const ofTopic = holders.get(topic) ?? new Map<number, string>();
      for (const partition of partitions) ofTopic.set(partition, memberId);
      holders.set(topic, ofTopic);
    }
  }
  return holders;
}

function memberAnswer(
  group: GroupReading,
  members: readonly GroupMember[],
  member: GroupMember,
  partitionsOf: (topic: string) => number | null,
): NonNullable<Answer["members"]>[number] {
  const { target, assigned } = member;
  return {
    memberId: member.memberId,
    instanceId: member.instanceId,
    clientId: member.clientId,
    host: member.host,
    rackId: member.rackId,
    subscribedTopics: [...new Set(member.subscribedTopics)].sort(),
    subscribedPattern: member.subscribedPattern,
    assigned: assignmentAnswer(assigned),
    target: target === null || sameAssignment(target, assigned) ? null : assignmentAnswer(target),
    memberEpoch: member.memberEpoch,
    idleBecause: idleBecause({ ...group, members }, member, partitionsOf),
  };
}

function assignmentAnswer(assignment: Assignment): { topic: string; partitions: number[] }[] {
  return [...assignment]
    .map(([topic, partitions]) => ({ topic, partitions: [...partitions] }))
    .sort((a, b) => (a.topic < b.topic ? -1 : 1));
}

function sameAssignment(a: Assignment, b: Assignment): boolean {
  if (a.size !== b.size) return false;
  for (const [topic, partitions] of a) {
    const others = b.get(topic);
    if (others?.length !== partitions.length || !partitions.every((partition, at) => partition === others[at]))
      return false;
  }
  return true;
}
