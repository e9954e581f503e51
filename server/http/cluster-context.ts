import "server-only";
import type { Endpoint, ParsedInput } from "#lib/contracts/endpoint.ts";
import { ProblemError } from "#lib/problem.ts";
import { authorise, localActor } from "../access/authorise.ts";
import { assertHostAllowed, assertNotCrossSite, originOf } from "../access/refuse-foreign.ts";
import type { ClusterContext, StreamContext } from "../context.ts";
import { runtime } from "../runtime.ts";
import { readInput } from "./read-input.ts";

export type BaseContext = Pick<ClusterContext, "actor" | "signal" | "requestId">;

/**
 * A request's input, once its sender may be answered at all.
 * @throws {ProblemError} host-not-allowed, cross-site-request, origin-mismatch, and as `readInput`
 */
export async function admit<E extends Endpoint>(endpoint: E, request: Request): Promise<ParsedInput<E>> {
  const origin = originOf(request.headers);
  assertHostAllowed(origin, runtime().settings.listening);
  assertNotCrossSite(origin, endpoint.changes);
  return readInput(endpoint, request);
}

/**
 * What a service of a cluster is given, once the actor may do that there.
 * @throws {ProblemError} cluster-not-found, permission-denied, cluster-read-only
 */
export async function clusterContext<E extends Endpoint>(
  endpoint: E,
  input: ParsedInput<E>,
  { signal, requestId }: Pick<BaseContext, "signal" | "requestId">,
): Promise<ClusterContext & Pick<StreamContext, "tails" | "verifier">> {
  const name = String(input.params.cluster);
  const cluster = await runtime().cluster(name);
  if (cluster === null) {
    throw new ProblemError(
      "cluster-not-found",
      `Tailrace's settings hold no cluster named ${name}. GET /api/clusters lists those they hold.`,
    );
  }
  authorise(localActor, endpoint, cluster.settings);
  const { settings, ...held } = cluster;
  return { ...held, actor: localActor, signal, requestId, cluster: settings };
}
