import type { Reading } from "../clusters/shared-read.ts";
import type { ClusterContext } from "../context.ts";
import type { ListedGroup } from "../kafka/list-groups.ts";
import { findTopic } from "../topics/find-topic.ts";
import type { GroupMember, GroupReading, GroupsReading } from "./group-reading.ts";
import { asListed, readCoordinator } from "./read-coordinator.ts";
import { readEnds } from "./read-ends.ts";
import { keepBetter } from "./read-groups.ts";

/** The observer samples every 10 s; a sample may take its time. */
const KNOWN_GROUPS_MAX_AGE_MS = 15_000;

/**
 * The groups that have committed to a topic, or hold partitions of it, each told of that topic alone. Which ones they are is known
 * from the newest reading of all groups, so that only they are asked about; without such a reading all are read once.
 * @throws {ProblemError} topic-not-found, kafka-forbidden, cluster-unreachable, deadline-exceeded, cancelled
 */
export async function readGroupsOfTopic(ctx: ClusterContext, topic: string): Promise<Reading<GroupsReading>> {
  const { state, kafka, signal } = ctx;
  const newest = state.groups.last;
  const known =
    newest !== null && Date.now() - newest.observedAtMs < KNOWN_GROUPS_MAX_AGE_MS
      ? newest
      : await state.groups.get(signal);
  const observedAtMs = Date.now();
  const byCoordinator = new Map<number, ListedGroup[]>();
  for (const reading of known.value.groups.values()) {
    const { coordinator } = reading;
    if (coordinator === null || !holds(reading, topic)) continue;
    const mine = byCoordinator.get(coordinator);
    if (mine === undefined) byCoordinator.set(coordinator, [asListed(reading)]);
    else mine.push(asListed(reading));
  }
  const [found, ...readings] = await Promise.all([
    findTopic(ctx, topic),
    ...[...byCoordinator].map(([brokerId, listed]) => readCoordinator(kafka, brokerId, listed, () => [], signal)),
  ]);
  const groups = new Map<string, GroupReading>();
  for (const reading of readings) {
    for (const group of reading.groups) if (holds(group, topic)) keepBetter(groups, ofTopic(group, topic));
  }
  const { ends, missing } = await readEnds(kafka, [found], signal);
  const value = {
    groups,
    ends,
    metadata: { ...known.value.metadata, topics: [found] },
    missing: [...readings.flatMap((reading) => reading.missing), ...missing],
  };
  return { value, observedAtMs };
}

function holds({ committed, members }: Pick<GroupReading, "committed" | "members">, topic: string): boolean {
  return committed?.has(topic) === true || members?.some(({ assigned }) => assigned.has(topic)) === true;
}

function ofTopic(reading: GroupReading, topic: string): GroupReading {
  const { committed, members } = reading;
  const commits = committed?.get(topic);
  return {
    ...reading,
    committed: committed && new Map(commits === undefined ? [] : [[topic, commits]]),
    members: members?.map((member) => memberOfTopic(member, topic)) ?? null,
  };
}

/** A member stays one of the group also when it holds nothing of this topic. */
function memberOfTopic(member: GroupMember, topic: string): GroupMember {
  const partitions = member.assigned.get(topic);
  const wanted = member.target?.get(topic);
  return {
    ...member,
    assigned: new Map(partitions === undefined ? [] : [[topic, partitions]]),
    target: member.target && new Map(wanted === undefined ? [] : [[topic, wanted]]),
  };
}
