import type { ClusterSettings } from "#server/settings/cluster-settings.ts";
import { testCluster } from "./test-cluster.ts";

/** Settings of the test cluster's plaintext listener, nothing special set, but for what a test wants different. */
export function testClusterSettings(different: Partial<ClusterSettings> = {}): ClusterSettings {
  return {
    name: "test",
    displayName: "Test",
    bootstrapServers: testCluster().bootstrap,
    clientId: "tailrace-test",
    readOnly: false,
    production: false,
    audit: "best-effort",
    changesTopic: "_tailrace_changes",
    logDirs: new Map(),
    local: null,
    tls: null,
    sasl: null,
    ...different,
  };
}
