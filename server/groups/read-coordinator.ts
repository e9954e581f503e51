import type { MissingPart } from "#lib/contracts/kafka.ts";
import { ProblemError } from "#lib/problem.ts";
import { count } from "../clusters/words.ts";
import { type GroupRefusal, isRefusal, type ToldGroups } from "../kafka/ask-about-groups.ts";
import { brokerFailure, missingFrom } from "../kafka/broker-failure.ts";
import type { ClusterConnections } from "../kafka/connections.ts";
import type { ToldGroup } from "../kafka/define-group-description.ts";
import { describeClassicGroups } from "../kafka/describe-classic-groups.ts";
import { describeConsumerGroups } from "../kafka/describe-consumer-groups.ts";
import { describeShareGroups } from "../kafka/describe-share-groups.ts";
import { describeStreamsGroups } from "../kafka/describe-streams-groups.ts";
import { type CommittedOffsets, fetchCommittedOffsets } from "../kafka/fetch-committed-offsets.ts";
import { codeProblem } from "../kafka/kafka-problem.ts";
import { type ListedGroup, listGroupsOf } from "../kafka/list-groups.ts";
import type { GroupReading } from "./group-reading.ts";

/** The groups of one coordinator, and what of them could not be read. */
export interface CoordinatorReading {
  readonly groups: readonly GroupReading[];
  readonly missing: readonly MissingPart[];
}

/** Deleted between the listing and the question, or of a type that this broker can't describe. */
const NO_SUCH_GROUP = 69;
/** A broker that is taking groups over from another lists none at all until it has read them, but describes those that it has. */
const LOADING = 14;
const TOPIC_FORBIDDEN = 29;

const describers = {
  classic: describeClassicGroups,
  consumer: describeConsumerGroups,
  share: describeShareGroups,
  streams: describeStreamsGroups,
} as const;

/**
 * All groups that one broker coordinates: listed, then described by type and their commits fetched, all at once. Of a group whose
 * members or commits can't be read the rest stands. Never throws for the broker.
 * @param only of these groups alone, which are then not listed but described as what they were; null: all
 * @param known those that it told last, for a broker that can't list them just now
 * @throws {ProblemError} cancelled
 */
export async function readCoordinator(
  kafka: ClusterConnections,
  brokerId: number,
  only: readonly ListedGroup[] | null,
  known: () => readonly ListedGroup[],
  signal: AbortSignal,
): Promise<CoordinatorReading> {
  const missing: MissingPart[] = [];
  const failed = (error: unknown, part: string) => {
    if (signal.aborted) throw error;
    missing.push(missingFrom(brokerFailure(brokerId, error), part));
  };
  const listed = only ?? (await listing(kafka, brokerId, known, missing, failed, signal));
  const ids = (type: ListedGroup["type"]) => listed.filter((one) => one.type === type).map(({ group }) => group);
  const described = new Map<string, ToldGroup | GroupRefusal>();
  const describe = async (type: keyof typeof describers) => {
    const groups = ids(type);
    if (groups.length === 0) return;
    try {
      const told: ToldGroups<ToldGroup> = await describers[type](kafka, brokerId, groups, signal);
      for (const [group, one] of told) described.set(group, one);
    } catch (error) {
      // Said of each group by itself.
      if (error instanceof ProblemError && error.code === "not-supported-by-broker") return;
      failed(error, `members of ${count(groups.length, "group")} on broker ${brokerId}`);
    }
  };
  const withOffsets = listed.filter(({ type }) => type !== "share").map(({ group }) => group);
  const fetchCommits = async (): Promise<ToldGroups<CommittedOffsets>> => {
    try {
      return await fetchCommittedOffsets(kafka, brokerId, withOffsets, signal);
    } catch (error) {
      failed(error, `committed offsets of ${count(withOffsets.length, "group")} on broker ${brokerId}`);
      return new Map();
    }
  };
  const [commits] = await Promise.all([
    fetchCommits(),
    ...(["classic", "consumer", "share", "streams"] as const).map(describe),
  ]);
  const refusals = new Refusals(brokerId);
  const groups: GroupReading[] = [];
  for (const one of listed) {
    const told = described.get(one.group);
    if (told !== undefined && isRefusal(told)) {
      if (told.errorCode === NO_SUCH_GROUP) continue;
      refusals.note("members", told.errorCode);
    }
    const committed = commits.get(one.group) ?? null;
    if (committed !== null && isRefusal(committed)) refusals.note("committed offsets", committed.errorCode);
    groups.push({
      ...(told === undefined || isRefusal(told) ? undescribed(one) : told.state === "dead" ? ofUnknownType(one) : told),
      coordinator: brokerId,
      committed: committed === null || isRefusal(committed) ? null : committed,
    });
  }
  return { groups, missing: [...missing, ...refusals.missing()] };
}

async function listing(
  kafka: ClusterConnections,
  brokerId: number,
  known: () => readonly ListedGroup[],
  missing: MissingPart[],
  failed: (error: unknown, part: string) => void,
  signal: AbortSignal,
): Promise<readonly ListedGroup[]> {
  const part = `groups that broker ${brokerId} coordinates`;
  try {
    const { errorCode, groups } = await listGroupsOf(kafka, brokerId, signal);
    const problem = codeProblem(errorCode, null, { what: "its groups", broker: kafka.nameOf(brokerId) });
    if (problem) missing.push(missingFrom({ brokerId, problem }, part));
    return errorCode === LOADING && groups.length === 0 ? known() : groups;
  } catch (error) {
    failed(error, part);
    return [];
  }
}

/** A group as its broker would list it. */
export function asListed({ group, type, state, protocolType }: GroupReading): ListedGroup {
  return { group, type, state, protocolType: protocolType ?? "" };
}

/** What the listing alone tells. */
function undescribed({ group, type, state, protocolType }: ListedGroup): ToldGroup {
  return { group, type, state, protocolType, assignor: null, members: null, groupEpoch: null };
}

/** Brokers before 4.0 call a group dead that is there, but not of the classic type; those before 3.8 don't tell the type. */
function ofUnknownType(listed: ListedGroup): ToldGroup {
  return { ...undescribed(listed), type: "unknown" };
}

/** How many groups a coordinator told nothing about, by reason. */
class Refusals {
  readonly #brokerId: number;
  readonly #groups = new Map<string, { part: string; errorCode: number; groups: number }>();

  constructor(brokerId: number) {
    this.#brokerId = brokerId;
  }

  note(part: string, errorCode: number): void {
    const key = `${part} ${errorCode}`;
    const known = this.#groups.get(key) ?? { part, errorCode, groups: 0 };
    this.#groups.set(key, { ...known, groups: known.groups + 1 });
  }

  missing(): MissingPart[] {
    return [...this.#groups.values()].flatMap(({ part, errorCode, groups }) => {
      const what = `${part} of ${count(groups, "group")} on broker ${this.#brokerId}`;
      const needs = errorCode === TOPIC_FORBIDDEN ? "Describe on every topic of such a group" : "Describe on the group";
      const problem = codeProblem(errorCode, null, { what, needs });
      return problem ? [missingFrom({ brokerId: this.#brokerId, problem }, what)] : [];
    });
  }
}
