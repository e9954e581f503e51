import type { MissingPart } from "#lib/contracts/kafka.ts";
import type { Reading } from "../clusters/shared-read.ts";
import { count } from "../clusters/words.ts";
import type { ClusterConnections } from "../kafka/connections.ts";
import type { Metadata, MetadataTopic } from "../kafka/read-metadata.ts";
import { topicsOfGroup } from "./group-partitions.ts";
import type { GroupReading, GroupsReading } from "./group-reading.ts";
import { asListed, type CoordinatorReading, readCoordinator } from "./read-coordinator.ts";
import { readEnds } from "./read-ends.ts";

/** Asks for the metadata of all topics; what is at most `maxAgeMs` old will do. */
type AskMetadata = (signal: AbortSignal, maxAgeMs: number) => Promise<Reading<Metadata>>;

/** Leaders seldom move, and one that moved says so: reading the metadata of a thousand topics takes longer than all groups. */
const RECENT_METADATA_MS = 5_000;
const OFFSETS_TOPIC = "__consumer_offsets";

/**
 * All groups: every broker is asked for those it coordinates, at the same time as the metadata; each one's are described, and their
 * commits fetched, as soon as it has listed them; then the ends of the topics that matter. A broker that doesn't answer costs only
 * its groups.
 * @param last the newest reading there was: a broker that is taking over groups lists none, not even its own
 * @throws {ProblemError} cluster-unreachable, deadline-exceeded, cancelled
 */
export async function readGroups(
  kafka: ClusterConnections,
  askMetadata: AskMetadata,
  last: () => GroupsReading | null,
  signal: AbortSignal,
): Promise<GroupsReading> {
  const startedAtMs = Date.now();
  const asked = new Map<number, Promise<CoordinatorReading>>();
  const ask = (brokerId: number) => {
    if (asked.has(brokerId)) return;
    const reading = readCoordinator(kafka, brokerId, null, () => toldBy(brokerId, last()), signal);
    // Looked at below; not before the metadata is there.
    reading.catch(() => {});
    asked.set(brokerId, reading);
  };
  for (const brokerId of kafka.knownBrokers()) ask(brokerId);
  const metadata = await askMetadata(signal, RECENT_METADATA_MS);
  for (const { id } of metadata.value.brokers) ask(id);
  const up = new Set(metadata.value.brokers.map(({ id }) => id));
  const groups = new Map<string, GroupReading>();
  const missing: MissingPart[] = offlineCoordinators(metadata.value);
  for (const [brokerId, reading] of asked) {
    // One that left the cluster coordinates nothing any more, and may never answer.
    if (!up.has(brokerId)) continue;
    const { groups: coordinated, missing: parts } = await reading;
    for (const group of coordinated) keepBetter(groups, group);
    missing.push(...parts);
  }
  const wanted = new Set<string>();
  for (const group of groups.values()) {
    if (group.type !== "share") for (const topic of topicsOfGroup(group)) wanted.add(topic);
  }
  const among = ({ value }: Reading<Metadata>) => value.topics.filter(({ name }) => wanted.has(name));
  let newest = metadata;
  let topics = among(newest);
  const refresh = async () => {
    newest = await askMetadata(signal, 0);
    topics = among(newest);
  };
  // Made since the metadata was read, or gone, or not for this user to see: only metadata newer than the commits can tell.
  const isOld = () => newest.observedAtMs < startedAtMs;
  if (isOld() && (topics.length < wanted.size || topics.some(hasOfflinePartition))) await refresh();
  let told = await readEnds(kafka, topics, signal);
  if (told.inPart && isOld()) {
    const before = leadersOf(topics);
    await refresh();
    if (leadersOf(topics) !== before) told = await readEnds(kafka, topics, signal);
  }
  return { groups, ends: told.ends, metadata: newest.value, missing: [...missing, ...told.missing] };
}

function toldBy(brokerId: number, reading: GroupsReading | null) {
  if (reading === null) return [];
  return [...reading.groups.values()].filter(({ coordinator }) => coordinator === brokerId).map(asListed);
}

function hasOfflinePartition({ partitions }: MetadataTopic): boolean {
  return partitions.some(({ leader }) => leader === null);
}

/** Who leads what, to be compared. */
function leadersOf(topics: readonly MetadataTopic[]): string {
  return topics.map(({ name, partitions }) => `${name} ${partitions.map(({ leader }) => leader).join(",")}`).join("\n");
}

/** While a group moves, two brokers may tell about it: the one that can describe it is right. */
export function keepBetter(groups: Map<string, GroupReading>, group: GroupReading): void {
  const known = groups.get(group.group);
  if (known === undefined || known.members === null) groups.set(group.group, group);
}

/** The groups that nobody coordinates, since the partitions of the offsets topic that hold them have no leader. */
function offlineCoordinators({ topics }: Metadata): MissingPart[] {
  const partitions = topics.find(({ name }) => name === OFFSETS_TOPIC)?.partitions ?? [];
  const offline = partitions.filter(({ leader }) => leader === null).length;
  if (offline === 0) return [];
  return [
    {
      part: `groups without a coordinator (${count(offline, "partition")} of ${OFFSETS_TOPIC} offline)`,
      code: "broker-unreachable",
      detail: `${count(offline, "partition")} of ${partitions.length} of ${OFFSETS_TOPIC} ${offline === 1 ? "has" : "have"} no leader: groups stored there can neither be read nor commit. Start the brokers that hold their replicas.`,
    },
  ];
}
