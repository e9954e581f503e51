import { ProblemError } from "#lib/problem.ts";
import type { ClusterContext } from "../../context.ts";
import type { SegmentFiles } from "../describe-segment.ts";
import { listSegmentFiles } from "../list-segment-files.ts";
import { FenceError } from "../partition-directory.ts";
import { findReadableReplica, type ReadableReplica } from "../sources/find-replicas.ts";

interface SegmentParams {
  readonly topic: string;
  readonly partition: number;
  /** Decimal text. */
  readonly baseOffset: string;
}

export interface FoundSegment extends ReadableReplica {
  readonly files: SegmentFiles;
}

/**
 * One segment by its base offset, in a replica that can be read.
 * @throws {ProblemError} segment-not-found, segments-unreadable, topic-not-found, partition-not-found, invalid-request,
 *   kafka-forbidden, cluster-unreachable, deadline-exceeded, cancelled
 */
export async function findSegment(
  ctx: ClusterContext,
  { topic, partition, baseOffset }: SegmentParams,
  brokerId: number | undefined,
): Promise<FoundSegment> {
  const replica = await findReadableReplica(ctx, topic, partition, brokerId);
  const { segments } = await unlessFenced(replica, () => listSegmentFiles(replica.directory));
  const wanted = BigInt(baseOffset);
  const files = segments.find((one) => one.baseOffset === wanted);
  if (files !== undefined) return { ...replica, files };
  throw gone(replica, `has no segment with base offset ${baseOffset} now`);
}

/** What the fence refuses while a replica is read, as a problem. @throws {ProblemError} segment-not-found, segments-unreadable */
export async function unlessFenced<T>(replica: ReadableReplica, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof FenceError)) throw error;
    if (error.reason === "vanished")
      throw gone(replica, "lost the file while it was read: retention or compaction took it");
    throw new ProblemError("segments-unreadable", `${error.message} Choose another replica, or mend that.`, {
      cause: error,
    });
  }
}

function gone({ directory, brokerId }: ReadableReplica, what: string): ProblemError {
  return new ProblemError(
    "segment-not-found",
    `${directory.name} on broker ${brokerId} ${what}. The list of the partition's segments shows those that are there now.`,
  );
}
