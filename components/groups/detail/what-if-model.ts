import { type AssignedMember, type Assignor, assignors, knownAssignor, type WhatIf } from "#lib/assignment-what-if.ts";
import type { GroupDetail } from "#lib/contracts/groups.ts";
import { formatCount, formatRate, plural } from "#lib/format.ts";
import { inNameOrder, memberNames } from "./member-names.ts";

const ASSIGNORS_OF: Partial<Record<GroupDetail["type"], readonly Assignor[]>> = {
  classic: ["range", "roundrobin", "sticky", "cooperative-sticky"],
  consumer: ["uniform", "range"],
};

export interface WhatIfInput {
  /** Those that this type of group can have. */
  readonly choices: readonly Assignor[];
  /** The group's own; null: it has none now, or one of the user's own. */
  readonly own: Assignor | null;
  readonly present: readonly AssignedMember[];
  /** Of every topic that is read; without members, of every topic that was. */
  readonly partitionCounts: ReadonlyMap<string, number>;
}

/** What there is to know of a group before it is asked how it would be with other members. */
export function whatIfInput(group: Pick<GroupDetail, "type" | "assignor" | "members" | "partitions">): WhatIfInput {
  const members = group.members ?? [];
  const present = inNameOrder(members, memberNames(members)).map((member) => ({
    id: member.memberId,
    instanceId: member.instanceId,
    topics: new Set(
      member.subscribedPattern === null && member.subscribedTopics.length > 0
        ? member.subscribedTopics
        : members.flatMap(({ assigned }) => assigned.map(({ topic }) => topic)),
    ),
    owned: member.assigned.flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition }))),
  }));
  const read = new Set(present.flatMap(({ topics }) => [...topics]));
  const partitionCounts = new Map<string, number>();
  for (const { topic, partition } of group.partitions) {
    if (present.length > 0 && !read.has(topic)) continue;
    partitionCounts.set(topic, Math.max(partitionCounts.get(topic) ?? 0, partition + 1));
  }
  return {
    choices: ASSIGNORS_OF[group.type] ?? assignors,
    own: group.assignor === null ? null : knownAssignor(group.assignor),
    present,
    partitionCounts,
  };
}

/** "8 members: 6 get 1 partition each, 2 get none. 3 partitions change hands." */
export function whatIfWords({ members, most, idle, moved }: WhatIf): string {
  const busy = members.length - idle;
  const least = members.reduce(
    (low, { places }) => (places.length > 0 && places.length < low ? places.length : low),
    most,
  );
  const each = least === most ? plural(most, "partition") : `${formatCount(least)} to ${plural(most, "partition")}`;
  const who = plural(busy, "member gets", "members get");
  const none = idle === 0 ? "" : `, ${formatCount(idle)} ${idle === 1 ? "gets" : "get"} none`;
  const moves =
    moved === 0 ? "Nothing changes hands." : `${plural(moved, "partition changes", "partitions change")} hands.`;
  return `${who} ${each}${busy > 1 && least === most ? " each" : ""}${none}. ${moves}`;
}

/** What is written to the partitions of the busiest member, of all; null while some rate is unknown. */
export function busiestWords(
  { members }: WhatIf,
  partitions: readonly Pick<GroupDetail["partitions"][number], "topic" | "partition" | "producedPerSecond">[],
): string | null {
  const rates = new Map(
    partitions.map(({ topic, partition, producedPerSecond }) => [`${topic}-${partition}`, producedPerSecond]),
  );
  let [highest, total] = [0, 0];
  for (const { places } of members) {
    let sum = 0;
    for (const { topic, partition } of places) {
      const rate = rates.get(`${topic}-${partition}`);
      if (rate == null) return null;
      sum += rate;
    }
    highest = Math.max(highest, sum);
    total += sum;
  }
  if (total === 0) return null;
  return `The busiest has ${formatRate(highest)}/s of ${formatRate(total)}/s to read.`;
}
