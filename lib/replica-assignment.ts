/** By partition, from 0: the brokers of its replicas, the preferred leader first. */
export type ReplicaAssignment = readonly (readonly number[])[];

export type ParsedAssignment =
  | { readonly ok: true; readonly assignment: ReplicaAssignment }
  | { readonly ok: false; readonly problem: string };

const MAX_PARTITIONS = 10_000;
const MAX_BROKER_ID = 2_147_483_647;

/**
 * Reads an assignment as `kafka-topics.sh --replica-assignment` writes it, "1:2:3,2:3:1", or as a line a partition;
 * blanks around numbers don't matter. `known` are the cluster's brokers, when they could be read.
 */
export function parseAssignment(text: string, known: ReadonlySet<number> | null): ParsedAssignment {
  const rows = text
    .trim()
    .split(/\s*(?:,|\n)\s*/)
    .filter((row, index, all) => row !== "" || index < all.length - 1);
  if (rows.length === 0) return refused('Write the brokers of each partition: "1:2:3,2:3:1" is two partitions.');
  if (rows.length > MAX_PARTITIONS) return refused(`${rows.length} partitions; at most ${MAX_PARTITIONS}.`);
  const assignment: number[][] = [];
  for (const [partition, row] of rows.entries()) {
    const replicas = row.split(/\s*[:\s]\s*/).map((id) => (/^\d{1,10}$/.test(id) ? Number(id) : Number.NaN));
    const problem = rowProblem(partition, replicas, assignment[0]?.length ?? replicas.length, known);
    if (problem) return refused(problem);
    assignment.push(replicas);
  }
  return { ok: true, assignment };
}

function rowProblem(
  partition: number,
  replicas: readonly number[],
  width: number,
  known: ReadonlySet<number> | null,
): string | null {
  const where = `Partition ${partition}`;
  if (replicas.some((id) => Number.isNaN(id) || id > MAX_BROKER_ID)) {
    return `${where} needs broker ids with ":" between them, such as 1:2:3.`;
  }
  const twice = replicas.find((id, index) => replicas.indexOf(id) !== index);
  if (twice !== undefined) return `${where} names broker ${twice} twice.`;
  const unknown = replicas.find((id) => known !== null && !known.has(id));
  if (unknown !== undefined) return `${where} names broker ${unknown}, which this cluster doesn't have.`;
  if (replicas.length !== width) {
    return `${where} has ${replicas.length} replicas and partition 0 has ${width}; Kafka wants the same for all.`;
  }
  return null;
}

function refused(problem: string): ParsedAssignment {
  return { ok: false, problem };
}

/** As `--replica-assignment` takes it. */
export function assignmentText(assignment: ReplicaAssignment): string {
  return assignment.map((replicas) => replicas.join(":")).join(",");
}
