import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { verifySegments as contract } from "#lib/contracts/verifications.ts";
import type { StreamContext } from "../../context.ts";
import { abortProblem } from "../../kafka/deadline.ts";
import { findReadableReplica } from "../sources/find-replicas.ts";
import { unlessFenced } from "./find-segment.ts";
import { VerifyStream } from "./verify-stream.ts";

/** Who has to wait for another verification for longer is told so, and goes on waiting. */
const OPEN_WITHIN_MS = 1_000;

/**
 * Reads all of a replica's segments and checks them, in a thread of its own and no faster than the disk of a busy broker bears;
 * progress and findings as they come. Whoever leaves, ends it.
 * @throws {ProblemError} too-many-verifications, segments-unreadable, segment-not-found, topic-not-found, partition-not-found,
 *   invalid-request, kafka-forbidden, cluster-unreachable, deadline-exceeded, cancelled
 */
export async function verifySegments(
  ctx: StreamContext,
  { params, query }: ParsedInput<typeof contract>,
): Promise<VerifyStream> {
  const { topic, partition } = params;
  const replica = await findReadableReplica(ctx, topic, partition, query.broker);
  const task = { logDir: replica.log.path, topic, partition, future: false };
  const stream = new VerifyStream(replica.brokerId, (signal) => ctx.verifier.verify(task, signal), ctx.viewing);
  try {
    await unlessFenced(replica, () => stream.begin(OPEN_WITHIN_MS));
    if (ctx.signal.aborted) throw abortProblem(ctx.signal);
    return stream;
  } catch (error) {
    await stream.return();
    throw error;
  }
}
