import { ProblemError } from "#lib/problem.ts";
import { commitOffsets, type OffsetToCommit, type PartitionAnswer } from "../../kafka/commit-offsets.ts";
import type { ClusterConnections } from "../../kafka/connections.ts";
import { deleteOffsets } from "../../kafka/delete-offsets.ts";
import { atCoordinator, isAway, isMoving, MOVED } from "./at-coordinator.ts";

/** One partition's commit as it is to be, exactly. */
export interface Move {
  readonly topic: string;
  readonly partition: number;
  /** Null: its commit is taken away. */
  readonly to: Omit<OffsetToCommit, "topic" | "partition"> | null;
}

/**
 * What the coordinator said to one move: Kafka's error code, 0 done; or why it said nothing, then it may be done or not. `null`: it was not
 * sent, since those before it were not answered.
 */
export type CoordinatorAnswer = { readonly errorCode: number } | { readonly silence: ProblemError } | null;

/**
 * A coordinator stores all commits of a request as one batch, which has to fit into `max.message.bytes` of the offsets topic (1 MiB
 * unless somebody changed it).
 */
const MAX_REQUEST_BYTES = 256 * 1024;
/** Beside group, topic and metadata: keys and values of the offsets topic are small. */
const COMMIT_BYTES = 80;

/**
 * Sends moves to the group's coordinator, in as few requests as its log takes, one after the other. Those that a moving coordinator
 * refused are sent to its successor; those that nobody answered are not sent again: they may have been stored.
 * @returns what was said to each, in the order of the moves
 * @throws {ProblemError} broker-unreachable, kafka-forbidden: nothing was stored
 */
export async function commitMoves(
  kafka: ClusterConnections,
  group: string,
  moves: readonly Move[],
  signal: AbortSignal,
): Promise<readonly CoordinatorAnswer[]> {
  const answers = new Map<Move, CoordinatorAnswer>();
  for (const chunk of chunksOf(group, moves)) {
    const said = await sendChunk(kafka, group, chunk, answers.size > 0, signal);
    if (said instanceof NotSent) {
      if (answers.size === 0) throw said.why;
      break;
    }
    if ("silence" in said) {
      for (const move of chunk) answers.set(move, said);
      break;
    }
    const told = new Map(said.map((answer) => [keyOf(answer), answer]));
    for (const move of chunk) answers.set(move, told.get(keyOf(move)) ?? null);
  }
  return moves.map((move) => answers.get(move) ?? null);
}

/** Requests hold either commits or deletions. */
function* chunksOf(group: string, moves: readonly Move[]): Generator<readonly Move[]> {
  const groupBytes = Buffer.byteLength(group);
  let chunk: Move[] = [];
  let bytes = 0;
  for (const move of [...moves.filter(({ to }) => to !== null), ...moves.filter(({ to }) => to === null)]) {
    const size = COMMIT_BYTES + groupBytes + move.topic.length + Buffer.byteLength(move.to?.metadata ?? "");
    const other = chunk.length > 0 && (chunk[0]?.to === null) !== (move.to === null);
    if (chunk.length > 0 && (other || bytes + size > MAX_REQUEST_BYTES)) {
      yield chunk;
      [chunk, bytes] = [[], 0];
    }
    chunk.push(move);
    bytes += size;
  }
  if (chunk.length > 0) yield chunk;
}

class NotSent {
  readonly why: ProblemError;
  constructor(why: ProblemError) {
    this.why = why;
  }
}

type Said = readonly PartitionAnswer[] | { readonly silence: ProblemError } | NotSent;

async function sendChunk(
  kafka: ClusterConnections,
  group: string,
  chunk: readonly Move[],
  begun: boolean,
  signal: AbortSignal,
): Promise<Said> {
  let state: "not-sent" | "sent" | readonly PartitionAnswer[] = "not-sent";
  try {
    return await atCoordinator(kafka, group, signal, async (coordinator) => {
      state = "sent";
      const told = await ask(kafka, coordinator, group, chunk, signal);
      if (!told.every(({ errorCode }) => isMoving(errorCode))) return told;
      state = told;
      return MOVED;
    });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (!isAway(error) && !signal.aborted) {
      // Where some are stored already, what is refused now is an outcome of the others, not of the change.
      if (begun) return { silence: error };
      throw error;
    }
    // Assigned inside the callback, which TypeScript doesn't follow.
    const reached = state as "not-sent" | "sent" | readonly PartitionAnswer[];
    if (reached === "not-sent") return new NotSent(error);
    return reached === "sent" ? { silence: error } : reached;
  }
}

async function ask(
  kafka: ClusterConnections,
  coordinator: number,
  group: string,
  chunk: readonly Move[],
  signal: AbortSignal,
): Promise<readonly PartitionAnswer[]> {
  const commits = chunk.flatMap(({ topic, partition, to }) => (to === null ? [] : [{ topic, partition, ...to }]));
  if (commits.length > 0) return commitOffsets(kafka, coordinator, group, commits, signal);
  const { errorCode, partitions } = await deleteOffsets(kafka, coordinator, group, chunk, signal);
  return errorCode === 0 ? partitions : chunk.map(({ topic, partition }) => ({ topic, partition, errorCode }));
}

function keyOf({ topic, partition }: { readonly topic: string; readonly partition: number }): string {
  return `${topic}:${partition}`;
}
