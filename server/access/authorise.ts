import type { Endpoint, Permission } from "#lib/contracts/endpoint.ts";
import { ProblemError } from "#lib/problem.ts";
import type { Actor } from "../context.ts";
import type { ClusterSettings } from "../settings/cluster-settings.ts";

/** Everybody who gets as far as this with `TAILRACE_AUTH=none`, which is on loopback only. */
export const localActor: Actor = { name: "local" };

/** By actor. Whoever isn't named here may do nothing. */
const permissionsByActor = new Map<string, readonly Permission[]>([
  [localActor.name, ["view", "read-messages", "produce", "operate", "administer"]],
]);

/**
 * The one guard between every route and its service.
 * @param cluster null for endpoints that aren't about one cluster
 * @throws {ProblemError} permission-denied, cluster-read-only
 */
export function authorise(
  actor: Actor,
  endpoint: Pick<Endpoint, "permission" | "changes" | "summary">,
  cluster: Pick<ClusterSettings, "displayName" | "readOnly"> | null,
): void {
  if (!permissionsByActor.get(actor.name)?.includes(endpoint.permission)) {
    throw new ProblemError(
      "permission-denied",
      `${actor.name} may not do this: it takes the permission "${endpoint.permission}". Ask whoever runs Tailrace.`,
    );
  }
  if (endpoint.changes && cluster?.readOnly) {
    throw new ProblemError(
      "cluster-read-only",
      `${cluster.displayName} is read-only here. Whoever runs Tailrace can change that with readOnly: false (or TAILRACE_READ_ONLY=false) in its settings.`,
    );
  }
}
