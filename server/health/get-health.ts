import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { getHealth as contract } from "#lib/contracts/server.ts";
import packageJson from "../../package.json" with { type: "json" };
import type { ServerContext } from "../context.ts";

/** Liveness and readiness of this server; asks no Kafka, so that a broken cluster never restarts a healthy dashboard. */
export async function getHealth({ runtime }: ServerContext, _input: ParsedInput<typeof contract>) {
  return {
    ready: runtime.openRequests.accepting,
    version: packageJson.version,
    uptimeSeconds: (Date.now() - runtime.startedAtMs) / 1000,
    clusters: runtime.settings.clusters.length,
    openRequests: runtime.openRequests.count - 1,
  };
}
