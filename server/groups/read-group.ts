import { setTimeout as delay } from "node:timers/promises";
import { type MissingPart, topicName } from "#lib/contracts/kafka.ts";
import { ProblemError } from "#lib/problem.ts";
import type { ClusterContext } from "../context.ts";
import { type GroupRefusal, isRefusal, type ToldGroups } from "../kafka/ask-about-groups.ts";
import type { ClusterConnections } from "../kafka/connections.ts";
import { abortProblem } from "../kafka/deadline.ts";
import { describeClassicGroups } from "../kafka/describe-classic-groups.ts";
import { describeConsumerGroups } from "../kafka/describe-consumer-groups.ts";
import { describeShareGroups } from "../kafka/describe-share-groups.ts";
import { describeStreamsGroups } from "../kafka/describe-streams-groups.ts";
import { fetchCommittedOffsets } from "../kafka/fetch-committed-offsets.ts";
import { findCoordinators } from "../kafka/find-coordinators.ts";
import { codeProblem } from "../kafka/kafka-problem.ts";
import { type Metadata, readMetadata } from "../kafka/read-metadata.ts";
import { topicsOfGroup } from "./group-partitions.ts";
import type { DescribedGroup, GroupReading, TopicEnds } from "./group-reading.ts";
import { readEnds } from "./read-ends.ts";

export interface ReadGroup {
  readonly reading: GroupReading;
  /** Of every topic that it has committed or is assigned; none for share groups, whose positions aren't offsets. */
  readonly ends: ReadonlyMap<string, TopicEnds>;
  /** Of those topics, and of those that its members subscribe to. */
  readonly metadata: Metadata;
  readonly missing: readonly MissingPart[];
}

/** A coordinator that moved is known to all brokers, and has loaded a small group, within this. */
const SECOND_TRY_AFTER_MS = 400;
/** Members of classic groups may claim to hold or want whatever they like. */
const MAX_TOPICS = 10_000;
/** COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR */
const MOVING = new Set([14, 15, 16]);
const NO_SUCH_GROUP = 69;
/** An id that no group can have, or only one that does nothing but commit. */
const INVALID_GROUP_ID = 24;
/** A string of Kafka's protocol holds 32,767 bytes: beyond them a broker hangs up, and shortly before it fails over its own message. */
const MAX_ID_BYTES = 32_700;
const TOPIC_FORBIDDEN = 29;

/**
 * One group as its coordinator has it now: described, then what it committed, then the ends of those partitions. While its
 * coordinator moves it is asked a second time.
 * @throws {ProblemError} group-not-found, kafka-forbidden, broker-unreachable, cluster-unreachable, deadline-exceeded, cancelled
 */
export async function readGroup(
  { kafka, signal }: Pick<ClusterContext, "kafka" | "signal">,
  group: string,
): Promise<ReadGroup> {
  if (!group.isWellFormed() || Buffer.byteLength(group) > MAX_ID_BYTES) throw groupNotFound(group);
  const reading = await twice(signal, () => readFromCoordinator(kafka, group, signal));
  const held = topicsOfGroup(reading);
  const subscribed = (reading.members ?? []).flatMap(({ subscribedTopics }) => subscribedTopics);
  const wanted = [...new Set([...held, ...subscribed])].filter(isTopicName);
  const metadata = await readMetadata(kafka, wanted.slice(0, MAX_TOPICS), signal);
  const withEnds = reading.type === "share" ? [] : metadata.topics.filter(({ name }) => held.has(name));
  const { ends, missing } = await readEnds(kafka, withEnds, signal);
  return { reading, ends, metadata, missing: [...missing, ...hiddenTopics(metadata)] };
}

function isTopicName(name: string): boolean {
  return topicName.safeParse(name).success;
}

async function twice<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ProblemError && error.code === "broker-unreachable")) throw error;
    await delay(SECOND_TRY_AFTER_MS, null, { signal }).catch(() => {
      throw abortProblem(signal);
    });
    return ask();
  }
}

async function readFromCoordinator(
  kafka: ClusterConnections,
  group: string,
  signal: AbortSignal,
): Promise<GroupReading> {
  const found = (await findCoordinators(kafka, [group], signal)).get(group);
  if (found === undefined || "errorCode" in found) throw refused(group, found?.errorCode ?? NO_SUCH_GROUP, null);
  const coordinator = found.brokerId;
  const [described, committed] = await Promise.all([
    describeInAnyWay(kafka, coordinator, group, signal),
    fetchCommittedOffsets(kafka, coordinator, [group], signal).then((told) => told.get(group) ?? null),
  ]);
  if (committed !== null && isRefusal(committed)) throw refused(group, committed.errorCode, coordinator);
  if (described === null) {
    // Brokers before 4.0 call a group of a type that they can't describe dead, but know its commits.
    if (committed === null || committed.size === 0) throw refused(group, NO_SUCH_GROUP, coordinator);
    return { ...undescribed(group, coordinator), committed };
  }
  return { ...described, coordinator, committed: described.type === "share" ? null : committed };
}

type Describe = (
  kafka: ClusterConnections,
  coordinator: number,
  groups: readonly string[],
  signal: AbortSignal,
) => Promise<ToldGroups<Omit<DescribedGroup, "coordinator">>>;

const ways: readonly Describe[] = [
  describeClassicGroups,
  describeConsumerGroups,
  describeShareGroups,
  describeStreamsGroups,
];

/** Which type it is, only the answers tell: a coordinator is asked in every way it knows, in one round trip. */
async function describeInAnyWay(
  kafka: ClusterConnections,
  coordinator: number,
  group: string,
  signal: AbortSignal,
): Promise<Omit<DescribedGroup, "coordinator"> | null> {
  const told = await Promise.all(
    ways.map((way) => way(kafka, coordinator, [group], signal).then((answer) => answer.get(group), ifUnsupported)),
  );
  const refusals: GroupRefusal[] = [];
  for (const one of told) {
    if (one === undefined) continue;
    if (isRefusal(one)) refusals.push(one);
    else if (one.state !== "dead") return one;
  }
  const reason = refusals.find(({ errorCode }) => errorCode !== NO_SUCH_GROUP && errorCode !== INVALID_GROUP_ID);
  if (reason !== undefined) throw refused(group, reason.errorCode, coordinator);
  return null;
}

function ifUnsupported(error: unknown): undefined {
  if (error instanceof ProblemError && error.code === "not-supported-by-broker") return undefined;
  throw error;
}

function undescribed(group: string, coordinator: number): DescribedGroup {
  return {
    group,
    type: "unknown",
    state: "unknown",
    protocolType: null,
    assignor: null,
    coordinator,
    members: null,
    groupEpoch: null,
  };
}

function refused(group: string, errorCode: number, coordinator: number | null): ProblemError {
  if (errorCode === NO_SUCH_GROUP || errorCode === INVALID_GROUP_ID) return groupNotFound(group);
  if (MOVING.has(errorCode)) {
    return new ProblemError(
      "broker-unreachable",
      `The coordinator of group "${group}" is moving or loading. Try again in a few seconds; if it stays, look at the partitions of __consumer_offsets and at their leaders.`,
    );
  }
  const needs = errorCode === TOPIC_FORBIDDEN ? "Describe on every topic of the group" : `Describe on Group ${group}`;
  const asking = {
    what: `group ${shortened(group)}`,
    broker: coordinator === null ? null : `broker ${coordinator}`,
    needs,
  };
  return codeProblem(errorCode, null, asking) ?? groupNotFound(group);
}

export function groupNotFound(group: string): ProblemError {
  return new ProblemError(
    "group-not-found",
    `There is no group "${shortened(group)}" on this cluster. Kafka forgets a group without members once its commits are older than offsets.retention.minutes; check the spelling, upper and lower case too.`,
  );
}

const MAX_SHOWN = 300;

function shortened(group: string): string {
  return group.length > MAX_SHOWN ? `${group.slice(0, MAX_SHOWN)}…` : group;
}

/** Topics that members hold and this user may not see. */
function hiddenTopics({ topics }: Metadata): MissingPart[] {
  return topics
    .filter(({ errorCode }) => errorCode === TOPIC_FORBIDDEN)
    .map(({ name }) => ({
      part: `offsets of ${name}`,
      code: "kafka-forbidden",
      detail: `Kafka refuses this user the offsets of ${name}: it needs Describe on Topic ${name}. Grant it with kafka-acls.sh.`,
    }));
}
