/**
 * How partitions fall to the members of a group: what Kafka's own assignors would do with other members, worked out without
 * asking anybody. Racks are left out of account (KIP-881): they choose between assignments that are even alike.
 */

/** Names as consumers are configured with them (`partition.assignment.strategy`, `group.remote.assignor`). */
export const assignors = ["range", "roundrobin", "sticky", "cooperative-sticky", "uniform"] as const;
export type Assignor = (typeof assignors)[number];

export interface Place {
  readonly topic: string;
  readonly partition: number;
}

export interface AssignedMember {
  readonly id: string;
  /** `group.instance.id`: static members come first, by it. */
  readonly instanceId: string | null;
  readonly topics: ReadonlySet<string>;
  /** What it holds now; sticky assignors leave it that. */
  readonly owned: readonly Place[];
}

/** By member id; a member without a partition is in it too. */
export type Assignments = ReadonlyMap<string, readonly Place[]>;

/** More moves than this times the partitions, and a sticky assignment is taken as it is. */
const MAX_MOVES_EACH = 10;

/** The assignor by the name that a group reports; kafkajs calls its own differently. Null: one of the user's own. */
export function knownAssignor(name: string): Assignor | null {
  if (name === "RoundRobinAssigner") return "roundrobin";
  return assignors.find((assignor) => assignor === name) ?? null;
}

/** Which member gets which partitions. `partitionCounts`: of each topic that exists. */
export function assignPartitions(
  assignor: Assignor,
  members: readonly AssignedMember[],
  partitionCounts: ReadonlyMap<string, number>,
): Assignments {
  const inOrder = members.toSorted(compareMembers);
  if (assignor === "range") return assignRanges(inOrder, partitionCounts);
  if (assignor === "roundrobin") return assignInTurn(inOrder, partitionCounts);
  return haveSameTopics(inOrder) ? assignEvenly(inOrder, partitionCounts) : assignLevelled(inOrder, partitionCounts);
}

/** `AbstractPartitionAssignor.MemberInfo`: static members first. */
function compareMembers(a: AssignedMember, b: AssignedMember): number {
  if (a.instanceId !== null && b.instanceId !== null) return compareText(a.instanceId, b.instanceId);
  if (a.instanceId !== null) return -1;
  if (b.instanceId !== null) return 1;
  return compareText(a.id, b.id);
}

/** Topic by topic: consecutive partitions, one more for the first members where they don't divide. */
function assignRanges(members: readonly AssignedMember[], counts: ReadonlyMap<string, number>): Assignments {
  const result = nothingAssigned(members);
  for (const [topic, count] of sortedTopics(counts)) {
    const readers = members.filter(({ topics }) => topics.has(topic));
    const each = Math.floor(count / readers.length);
    const extra = count % readers.length;
    let next = 0;
    for (const [index, { id }] of readers.entries()) {
      const end = next + each + (index < extra ? 1 : 0);
      for (; next < end; next++) result.get(id)?.push({ topic, partition: next });
    }
  }
  return result;
}

/** All partitions, by topic, dealt in turn to the members that read the topic. */
function assignInTurn(members: readonly AssignedMember[], counts: ReadonlyMap<string, number>): Assignments {
  const result = nothingAssigned(members);
  const read = topicsOf(members);
  let turn = 0;
  for (const place of placesOf(counts, read)) {
    while (members[turn % members.length]?.topics.has(place.topic) === false) turn++;
    const member = members[turn % members.length];
    if (member !== undefined) result.get(member.id)?.push(place);
    turn++;
  }
  return result;
}

/** Every member reads the same: as even as can be, and as little moved as that allows. */
function assignEvenly(members: readonly AssignedMember[], counts: ReadonlyMap<string, number>): Assignments {
  const result = nothingAssigned(members);
  const places = placesOf(counts, topicsOf(members));
  const each = Math.floor(places.length / members.length);
  let extra = places.length % members.length;
  const free = new Map(places.map((place) => [keyOf(place), place]));
  const keep = (id: string, owned: readonly Place[], most: number) => {
    const list = result.get(id);
    for (const place of owned) {
      if (list === undefined || list.length >= most) return;
      if (free.delete(keyOf(place))) list.push(place);
    }
  };
  for (const { id, owned } of members) {
    const held = owned.filter((place) => free.has(keyOf(place)));
    const more = extra > 0 && held.length > each ? 1 : 0;
    extra -= more;
    keep(id, held, each + more);
  }
  const left = free.values();
  const give = (list: Place[], most: number) => {
    while (list.length < most) {
      const { value } = left.next();
      if (value === undefined) return;
      list.push(value);
    }
  };
  for (const list of result.values()) give(list, each);
  for (const list of result.values()) if (list.length === each) give(list, each + 1);
  return result;
}

/** Members read different topics: a partition goes to the member with the fewest of those that may have it. */
function assignLevelled(members: readonly AssignedMember[], counts: ReadonlyMap<string, number>): Assignments {
  const result = nothingAssigned(members);
  const readers = new Map(
    sortedTopics(counts).map(([topic]) => [topic, members.filter(({ topics }) => topics.has(topic))] as const),
  );
  const places = placesOf(counts, topicsOf(members));
  const owner = new Map<string, string>();
  const known = new Set(places.map(keyOf));
  for (const { id, owned, topics } of members) {
    for (const place of owned) {
      const key = keyOf(place);
      if (!known.has(key) || owner.has(key) || !topics.has(place.topic)) continue;
      owner.set(key, id);
      result.get(id)?.push(place);
    }
  }
  const load = (id: string) => result.get(id)?.length ?? 0;
  const leastLoaded = (topic: string) =>
    (readers.get(topic) ?? []).reduce<AssignedMember | null>(
      (least, member) => (least === null || load(member.id) < load(least.id) ? member : least),
      null,
    );
  const choices = ({ topic }: Place) => readers.get(topic)?.length ?? 0;
  for (const place of places.filter((one) => !owner.has(keyOf(one))).toSorted((a, b) => choices(a) - choices(b))) {
    const member = leastLoaded(place.topic);
    if (member === null) continue;
    owner.set(keyOf(place), member.id);
    result.get(member.id)?.push(place);
  }
  for (let moves = 0, moved = true; moved && moves < places.length * MAX_MOVES_EACH; ) {
    moved = false;
    for (const place of places) {
      const from = owner.get(keyOf(place));
      const to = leastLoaded(place.topic);
      if (from === undefined || to === null || load(to.id) + 1 >= load(from)) continue;
      const list = result.get(from);
      list?.splice(
        list.findIndex((one) => keyOf(one) === keyOf(place)),
        1,
      );
      result.get(to.id)?.push(place);
      owner.set(keyOf(place), to.id);
      moves++;
      moved = true;
    }
  }
  return result;
}

function nothingAssigned(members: readonly AssignedMember[]): Map<string, Place[]> {
  return new Map(members.map(({ id }) => [id, []]));
}

function topicsOf(members: readonly AssignedMember[]): ReadonlySet<string> {
  return new Set(members.flatMap(({ topics }) => [...topics]));
}

function haveSameTopics([first, ...rest]: readonly AssignedMember[]): boolean {
  if (first === undefined) return true;
  return rest.every(
    ({ topics }) => topics.size === first.topics.size && [...topics].every((one) => first.topics.has(one)),
  );
}

function sortedTopics(counts: ReadonlyMap<string, number>): (readonly [string, number])[] {
  return [...counts].toSorted(([a], [b]) => compareText(a, b));
}

function placesOf(counts: ReadonlyMap<string, number>, topics: ReadonlySet<string>): Place[] {
  return sortedTopics(counts)
    .filter(([topic]) => topics.has(topic))
    .flatMap(([topic, count]) => Array.from({ length: count }, (_, partition) => ({ topic, partition })));
}

function keyOf({ topic, partition }: Place): string {
  return `${topic}-${partition}`;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export interface WhatIf {
  /** Those that are there now first, then new ones. */
  readonly members: readonly { readonly id: string; readonly isNew: boolean; readonly places: readonly Place[] }[];
  readonly fewest: number;
  readonly most: number;
  /** Members without a partition. */
  readonly idle: number;
  /** Partitions that would change hands. */
  readonly moved: number;
}

/** Sorts behind ids of clients, which are printable ASCII as a rule. */
const NEW_MEMBER = "\u{ffff}";

/**
 * The same group with `count` members: the first of those it has stay, new ones read all topics that some member reads
 * (all topics, when it has no members).
 */
export function withMembers(
  assignor: Assignor,
  present: readonly AssignedMember[],
  count: number,
  partitionCounts: ReadonlyMap<string, number>,
): WhatIf {
  const staying = present.slice(0, count);
  const topics = present.length === 0 ? new Set(partitionCounts.keys()) : topicsOf(present);
  const joining = Array.from({ length: Math.max(0, count - present.length) }, (_, index) => ({
    id: `${NEW_MEMBER}${String(index).padStart(5, "0")}`,
    instanceId: null,
    topics,
    owned: [],
  }));
  const all = [...staying, ...joining];
  const assigned = assignPartitions(assignor, all, partitionCounts);
  const members = all.map(({ id }, index) => ({
    id,
    isNew: index >= staying.length,
    places: assigned.get(id) ?? [],
  }));
  const sizes = members.map(({ places }) => places.length);
  const before = new Map(present.flatMap(({ id, owned }) => owned.map((place) => [keyOf(place), id])));
  const moved = members.reduce(
    (sum, { id, places }) =>
      sum + places.filter((place) => before.has(keyOf(place)) && before.get(keyOf(place)) !== id).length,
    0,
  );
  return {
    members,
    fewest: sizes.length === 0 ? 0 : Math.min(...sizes),
    most: sizes.length === 0 ? 0 : Math.max(...sizes),
    idle: sizes.filter((size) => size === 0).length,
    moved,
  };
}
