import type { OffsetMove } from "#lib/contracts/offset-resets.ts";
import { formatCount } from "#lib/format.ts";
import { ProblemError } from "#lib/problem.ts";
import { sentenceText } from "#lib/sentence.ts";
import { listed } from "../../clusters/words.ts";
import type { ClusterContext } from "../../context.ts";
import type { CommittedOffsets } from "../../kafka/fetch-committed-offsets.ts";
import { listOffsets } from "../../kafka/list-offsets.ts";
import { type MetadataTopic, readMetadata } from "../../kafka/read-metadata.ts";
import { WantedPartitions } from "./wanted-partitions.ts";

/** More partitions than this are counted, not named. */
const MAX_NAMED = 5;

/** @throws {ProblemError} invalid-request: a partition stands among the moves twice */
export function assertEachOnce(moves: readonly OffsetMove[]): void {
  const seen = new Set<string>();
  for (const [index, { topic, partition }] of moves.entries()) {
    const name = `${topic}-${partition}`;
    if (seen.has(name)) {
      const message = `${name} is to be moved twice`;
      throw new ProblemError("invalid-request", `${message}: nothing was changed.`, {
        invalidParams: [{ path: `moves.${index}`, message }],
      });
    }
    seen.add(name);
  }
}

/** @throws {ProblemError} plan-outdated, naming the partitions that the group no longer holds at `from` */
export function assertStillAt(
  committed: CommittedOffsets | null,
  moves: readonly Pick<OffsetMove, "topic" | "partition" | "from">[],
): void {
  const elsewhere = moves.flatMap(({ topic, partition, from }) => {
    const now = committed?.get(topic)?.get(partition)?.offset ?? null;
    if (now === (from === null ? null : BigInt(from))) return [];
    const is = now === null ? "has no commit now" : `is at ${formatCount(now)} now`;
    return [`${topic}-${partition} ${is}, ${from === null ? "and had none" : `not at ${formatCount(from)}`}`];
  });
  if (elsewhere.length === 0) return;
  throw new ProblemError(
    "plan-outdated",
    `The group has moved since the plan was made: ${named(elsewhere)}. Nothing was changed. Plan again, and look at what is different.`,
  );
}

/**
 * Every target lies within its partition as it is now, and names no leader epoch that it never had: Kafka itself would take any number, and
 * consumers would wait for that leader, or take the log for cut off.
 * @returns the topics of all moves
 * @throws {ProblemError} invalid-request (an epoch), offset-out-of-range, topic-not-found, partition-not-found, broker-unreachable (a leader doesn't tell),
 *   kafka-forbidden, cluster-unreachable, deadline-exceeded, cancelled
 */
export async function assertWithinPartitions(
  ctx: ClusterContext,
  moves: readonly OffsetMove[],
): Promise<readonly MetadataTopic[]> {
  const set = moves.flatMap(({ topic, partition, to }) => (to === null ? [] : [{ topic, partition, to: BigInt(to) }]));
  const wanted = new WantedPartitions();
  for (const { topic, partition } of set) wanted.add(topic, [partition]);
  const names = [...new Set(moves.map(({ topic }) => topic))];
  const { topics } = await readMetadata(ctx.kafka, names, ctx.signal);
  if (set.length === 0) return topics;
  const { found, problems } = wanted.among(topics, () => null);
  const [absent] = problems;
  if (absent !== undefined) {
    const code = absent.partition === null ? "topic-not-found" : "partition-not-found";
    throw new ProblemError(code, `${absent.detail} Nothing was changed. Plan again.`);
  }
  assertKnownEpochs(topics, moves);
  const asked = found.map(({ topic }) => topic);
  const [earliest, latest] = await listOffsets(ctx.kafka, asked, ["earliest", "latest"], ctx.signal);
  const unread: string[] = [];
  const outside: string[] = [];
  for (const { topic, partition, to } of set) {
    const start = earliest.offsets.get(topic)?.[partition] ?? null;
    const end = latest.offsets.get(topic)?.[partition] ?? null;
    if (start === null || end === null) unread.push(`${topic}-${partition}`);
    else if (to < start || to > end) {
      const range = `${formatCount(start)} to ${formatCount(end)}`;
      outside.push(`${topic}-${partition} has offsets ${range}, so not ${formatCount(to)}`);
    }
  }
  if (outside.length > 0) {
    throw new ProblemError(
      "offset-out-of-range",
      `Not every target lies within its partition: ${named(outside)}. Nothing was changed. Plan again, and look at what is different.`,
    );
  }
  if (unread.length > 0) {
    throw new ProblemError(
      "broker-unreachable",
      `Nobody tells where ${named(unread)} ${unread.length === 1 ? "begins and ends" : "begin and end"} just now: nothing was changed. Bring their leaders back, or plan again without them.`,
    );
  }
  return topics;
}

/** @throws {ProblemError} invalid-request */
function assertKnownEpochs(topics: readonly MetadataTopic[], moves: readonly OffsetMove[]): void {
  const byName = new Map(topics.map((topic) => [topic.name, topic]));
  for (const [index, { topic, partition, to, toLeaderEpoch }] of moves.entries()) {
    const newest = byName.get(topic)?.partitions[partition]?.leaderEpoch ?? null;
    if (to === null || toLeaderEpoch === null || newest === null || toLeaderEpoch <= newest) continue;
    const message = `${topic}-${partition} has had no leader epoch ${toLeaderEpoch}: it is at ${newest}`;
    throw new ProblemError("invalid-request", `${message}. Nothing was changed. Plan again.`, {
      invalidParams: [{ path: `moves.${index}.toLeaderEpoch`, message }],
    });
  }
}

function named(items: readonly string[]): string {
  return sentenceText(listed(items, MAX_NAMED));
}
