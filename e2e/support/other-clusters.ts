import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { serverAnswers, serverUrl, startServer } from "#scripts/launcher/server-process.ts";
import { freePorts } from "#scripts/local-kafka/ports.ts";
import { dataDir } from "#scripts/paths.ts";
import { test as base } from "./test.ts";

export { expect } from "./test.ts";

const GRACE_MS = 3_000;
const HOST = "127.0.0.1";

interface OtherClusters {
  /** A second server of the same build, on the clusters of a settings file: its URL. */
  readonly url: string;
}

/** Beside the usual server: clusters that can't be reached, one that is read-only, one whose disks aren't read, and some whose change log doesn't exist yet. */
export const test = base.extend<object, { readonly others: OtherClusters }>({
  others: [
    async ({ topics }, use, worker) => {
      const { testCluster } = await import("#scripts/testing/test-cluster.ts");
      const cluster = testCluster();
      // Nothing listens on a port that was free a moment ago.
      const [port = 0, closed = 0] = await freePorts(2);
      const folder = join(dataDir(), "test");
      mkdirSync(folder, { recursive: true });
      const config = join(folder, `other-clusters-${worker.workerIndex}.yaml`);
      const [secure = ""] = cluster.secureBootstrap;
      writeFileSync(
        config,
        stringify({
          clusters: [
            { name: "closed", displayName: "Closed port", "bootstrap.servers": `${HOST}:${closed}` },
            { name: "nameless", displayName: "No such host", "bootstrap.servers": "kafka-1.nowhere.invalid:9092" },
            {
              name: "locked-out",
              displayName: "Wrong password",
              "bootstrap.servers": secure,
              "security.protocol": "SASL_SSL",
              "sasl.mechanism": "SCRAM-SHA-512",
              "sasl.username": cluster.users.admin ? "admin" : "",
              "sasl.password": "not-the-password",
              "ssl.truststore.location": cluster.caFile,
            },
            // The same brokers with change logs of their own: what is recorded there, no other test sees.
            ...["unlogged", "strict", "logged"].map((name) => ({
              name,
              displayName: name,
              audit: name === "strict" ? "required" : "best-effort",
              changesTopic: topics.name(`changes-${name}`),
              "bootstrap.servers": cluster.bootstrap.join(","),
            })),
            {
              name: "frozen",
              displayName: "Read-only",
              readOnly: true,
              "bootstrap.servers": cluster.bootstrap.join(","),
            },
            {
              name: "diskless",
              displayName: "Without disks",
              logDirs: "off",
              "bootstrap.servers": cluster.bootstrap.join(","),
            },
          ],
        }),
      );
      const { KAFKA_BROKERS: _brokers, TAILRACE_LOCAL_CONTROL: _control, ...env } = process.env;
      delete env.TAILRACE_LOCAL_CONTROL_TOKEN;
      const server = await startServer({
        host: HOST,
        port,
        env: { ...env, TAILRACE_CONFIG: config },
        logFile: join(folder, `other-clusters-${worker.workerIndex}.log`),
      });
      const url = serverUrl(HOST, port);
      try {
        await serverAnswers(server, url, new AbortController().signal);
        await use({ url });
      } finally {
        await server.stop(GRACE_MS);
      }
    },
    { scope: "worker" },
  ],
});
