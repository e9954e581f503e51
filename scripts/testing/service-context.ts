import { readFileSync } from "node:fs";
import { localActor } from "#server/access/authorise.ts";
import { ChangeLog } from "#server/changes/change-log.ts";
import { ClusterState } from "#server/clusters/cluster-state.ts";
import type { ClusterContext } from "#server/context.ts";
import { ClusterConnections } from "#server/kafka/connections.ts";
import { DecoderPool } from "#server/reader/decoder-pool.ts";
import { ReaderConnections } from "#server/reader/reader-connections.ts";
import type { ClusterSettings } from "#server/settings/cluster-settings.ts";
import { testClusterSettings } from "./cluster-settings.ts";
import { testCluster } from "./test-cluster.ts";

/**
 * What a service is given, over connections of its own to the test cluster.
 * @param options `as`: over SASL_SSL as that user, instead of the plaintext listener where everybody may do everything;
 *   `settings`: whatever else a test wants different
 */
export function serviceContext(
  options: { as?: "admin" | "viewer"; settings?: Partial<ClusterSettings>; signal?: AbortSignal } = {},
): { ctx: ClusterContext; close: () => Promise<void> } {
  const { bootstrap, secureBootstrap, caFile, users, control } = testCluster();
  const secure = options.as !== undefined;
  const cluster = testClusterSettings({
    bootstrapServers: secure ? secureBootstrap : bootstrap,
    local: control,
    tls: secure
      ? {
          ca: readFileSync(caFile, "utf8"),
          certificate: null,
          key: null,
          keyPassphrase: null,
          verifyHostname: true,
        }
      : null,
    sasl: options.as ? { mechanism: "SCRAM-SHA-512", username: options.as, password: users[options.as] } : null,
    ...options.settings,
  });
  const kafka = new ClusterConnections(cluster);
  const reading = new ReaderConnections(kafka);
  const decoders = new DecoderPool();
  const state = new ClusterState(kafka);
  const changes = new ChangeLog({ cluster, kafka, reading, decoders });
  const signal = options.signal ?? new AbortController().signal;
  return {
    ctx: { cluster, kafka, reading, decoders, state, changes, actor: localActor, signal, requestId: "test" },
    close: async () => {
      await changes.close();
      reading.close();
      state.close();
      await Promise.all([decoders.close(), kafka.close()]);
    },
  };
}
