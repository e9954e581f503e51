import { setTimeout as delay } from "node:timers/promises";
import type { GroupType } from "#lib/contracts/groups.ts";
import { type MissingPart, topicName } from "#lib/contracts/kafka.ts";
import { ProblemError } from "#lib/problem.ts";
import type { ClusterContext } from "../context.ts";
import { type GroupRefusal, isRefusal } from "../kafka/ask-about-groups.ts";
import type { ClusterConnections } from "../kafka/connections.ts";
import { abortProblem } from "../kafka/deadline.ts";
import type { DescribeGroups, ToldGroup } from "../kafka/define-group-description.ts";
import { describeClassicGroups } from "../kafka/describe-classic-groups.ts";
import { describeConsumerGroups } from "../kafka/describe-consumer-groups.ts";
import { describeShareGroups } from "../kafka/describe-share-groups.ts";
import { describeStreamsGroups } from "../kafka/describe-streams-groups.ts";
import { fetchCommittedOffsets } from "../kafka/fetch-committed-offsets.ts";
import { findCoordinators } from "../kafka/find-coordinators.ts";
import { codeProblem } from "../kafka/kafka-problem.ts";
import { listGroupsOf } from "../kafka/list-groups.ts";
import { type Metadata, readMetadata } from "../kafka/read-metadata.ts";
import { topicsOfGroup } from "./group-partitions.ts";
import type { GroupReading, TopicEnds } from "./group-reading.ts";
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
  const { reading, hidden } = await twice(signal, () => readFromCoordinator(kafka, group, signal));
  const held = topicsOfGroup(reading);
  const subscribed = (reading.members ?? []).flatMap(({ subscribedTopics }) => subscribedTopics);
  const wanted = [...new Set([...held, ...subscribed])].filter(isTopicName);
  const metadata = await readMetadata(kafka, wanted.slice(0, MAX_TOPICS), signal);
  const withEnds = reading.type === "share" ? [] : metadata.topics.filter(({ name }) => held.has(name));
  const { ends, missing } = await readEnds(kafka, withEnds, signal);
  return { reading, ends, metadata, missing: [...hidden, ...missing, ...hiddenTopics(metadata)] };
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

interface FromCoordinator {
  readonly reading: GroupReading;
  /** What of it this user may not see. */
  readonly hidden: readonly MissingPart[];
}

async function readFromCoordinator(
  kafka: ClusterConnections,
  group: string,
  signal: AbortSignal,
): Promise<FromCoordinator> {
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
    return { reading: { ...undescribed(group), coordinator, committed }, hidden: [] };
  }
  if ("refusal" in described) {
    const { type, refusal } = described;
    if (refusal.errorCode !== TOPIC_FORBIDDEN) throw refused(group, refusal.errorCode, coordinator);
    // The listing still tells its state.
    const { groups } = await listGroupsOf(kafka, coordinator, signal);
    const state = groups.find((one) => one.group === group)?.state ?? "unknown";
    const known = { ...undescribed(group), type, state, coordinator };
    return { reading: { ...known, committed: type === "share" ? null : committed }, hidden: [hiddenMembers(group)] };
  }
  return {
    reading: { ...described, coordinator, committed: described.type === "share" ? null : committed },
    hidden: [],
  };
}

/** One of the group's topics is out of this user's sight: then Kafka tells nothing of its members. */
function hiddenMembers(group: string): MissingPart {
  const detail = `Kafka refuses this user the members of ${shortened(group)}: of such a group that needs Describe on every topic. Commits to topics out of sight are left out too. Grant it with kafka-acls.sh.`;
  return { part: "members of the group", code: "kafka-forbidden", detail };
}

const ways: readonly { readonly type: GroupType; readonly ask: DescribeGroups }[] = [
  { type: "classic", ask: describeClassicGroups },
  { type: "consumer", ask: describeConsumerGroups },
  { type: "share", ask: describeShareGroups },
  { type: "streams", ask: describeStreamsGroups },
];

interface Refused {
  readonly type: GroupType;
  readonly refusal: GroupRefusal;
}

/**
 * Which type it is, only the answers tell: a coordinator is asked in every way it knows, in one round trip.
 * @returns null: there is no group that it can describe
 */
async function describeInAnyWay(
  kafka: ClusterConnections,
  coordinator: number,
  group: string,
  signal: AbortSignal,
): Promise<ToldGroup | Refused | null> {
  const told = await Promise.all(
    ways.map(async ({ type, ask }) => {
      const answer = await ask(kafka, coordinator, [group], signal).catch(ifUnsupported);
      return { type, one: answer?.get(group) };
    }),
  );
  const refusals: Refused[] = [];
  for (const { type, one } of told) {
    if (one === undefined) continue;
    if (isRefusal(one)) refusals.push({ type, refusal: one });
    else if (one.state !== "dead") return one;
  }
  const noReason = new Set([NO_SUCH_GROUP, INVALID_GROUP_ID]);
  return refusals.find(({ refusal }) => !noReason.has(refusal.errorCode)) ?? null;
}

function ifUnsupported(error: unknown): undefined {
  if (error instanceof ProblemError && error.code === "not-supported-by-broker") return undefined;
  throw error;
}

function undescribed(group: string): ToldGroup {
  return {
    group,
    type: "unknown",
    state: "unknown",
    protocolType: null,
    assignor: null,
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
  const asking = {
    what: `group ${shortened(group)}`,
    broker: coordinator === null ? null : `broker ${coordinator}`,
    needs: `Describe on Group ${group}`,
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
