import type { ClusterSummary } from "#lib/contracts/clusters.ts";
import type { ClusterSettings } from "../settings/cluster-settings.ts";

/** What the settings say about a cluster, without a secret in it. */
export function summarizeCluster(settings: ClusterSettings): ClusterSummary {
  const { name, displayName, production, readOnly, local, bootstrapServers, tls, sasl } = settings;
  return {
    name,
    displayName,
    production,
    readOnly,
    local: local !== null,
    bootstrap: bootstrapServers[0] ?? "",
    security: {
      protocol: `${sasl === null ? "" : "SASL_"}${tls === null ? "PLAINTEXT" : "SSL"}`,
      saslMechanism: sasl?.mechanism ?? null,
    },
  };
}
