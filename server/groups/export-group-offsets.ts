import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { exportGroupOffsets as contract } from "#lib/contracts/offset-resets.ts";
import { formatOffsetsCsv } from "#lib/offsets-csv.ts";
import { ProblemError } from "#lib/problem.ts";
import type { ClusterContext } from "../context.ts";
import { readGroup } from "./read-group.ts";

/**
 * What a group has committed, as CSV that a reset takes, here or by Kafka's own tool; by topic, then partition. Partitions without a
 * commit aren't in it, nor those of topics that this user may not describe: Kafka leaves them out unsaid.
 * @throws {ProblemError} group-not-found, group-type-unsupported, kafka-forbidden, broker-unreachable, cluster-unreachable,
 *   deadline-exceeded, cancelled
 */
export async function exportGroupOffsets(
  ctx: ClusterContext,
  { params: { group } }: ParsedInput<typeof contract>,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; fileName: string }> {
  const { committed, type } = (await readGroup(ctx, group)).reading;
  if (committed === null) {
    throw new ProblemError(
      "group-type-unsupported",
      `"${group}" is a ${type} group: it has no committed offsets to export.`,
    );
  }
  const rows = [...committed]
    .flatMap(([topic, partitions]) => [...partitions].map(([partition, { offset }]) => ({ topic, partition, offset })))
    .sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1));
  return { bytes: new TextEncoder().encode(formatOffsetsCsv(rows)), fileName: `${group}-offsets.csv` };
}
