import { createServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import { listClusters as contract } from "#lib/contracts/clusters.ts";
import { testClusterSettings } from "#scripts/testing/cluster-settings.ts";
import { localActor } from "../access/authorise.ts";
import { Runtime } from "../runtime.ts";
import type { ClusterSettings } from "../settings/cluster-settings.ts";
import { listClusters } from "./list-clusters.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

function clusterNamed(name: string, settings: Partial<ClusterSettings>): ClusterSettings {
  return testClusterSettings({ name, displayName: name.toUpperCase(), ...settings });
}

test("each cluster says whether it answers; one that is silent holds the others up for 2 s at most", async () => {
  const silent = createServer((socket) => socket.on("error", () => {}));
  closers.push(() => silent.close());
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const address = silent.address();
  const runtime = new Runtime({
    listening: { host: "127.0.0.1", port: 3000, allowedHosts: [], auth: "none" },
    clusters: [
      clusterNamed("up", { production: true }),
      clusterNamed("down", { bootstrapServers: ["127.0.0.1:1"], readOnly: true }),
      clusterNamed("silent", { bootstrapServers: [`127.0.0.1:${typeof address === "object" ? address?.port : ""}`] }),
    ],
  });
  closers.push(() => runtime.close());
  const start = performance.now();
  const ctx = { runtime, actor: localActor, signal: new AbortController().signal, requestId: "test" };
  const { clusters } = contract.response.parse(await listClusters(ctx, { params: {}, query: {}, body: undefined }));
  // It waits for 2 s; a question to a broker that is silent ends after 8 s.
  expect(performance.now() - start).toBeLessThan(6_000);
  expect(clusters).toMatchObject([
    { name: "up", displayName: "UP", production: true, answers: true, detail: null, brokersUp: 3 },
    {
      name: "down",
      readOnly: true,
      answers: false,
      detail: expect.stringContaining("refuses connections"),
      brokersUp: null,
    },
    { name: "silent", answers: false, detail: expect.stringContaining("2 s"), brokersUp: null },
  ]);
});
