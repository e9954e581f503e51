import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type NodeConfig, type SecurityConfig, serverProperties } from "./node-config.ts";
import { freePorts } from "./ports.ts";
import { type KafkaRuntime, runBrokerClass } from "./tools.ts";

/** What a cluster's folder remembers between starts. */
const clusterFile = z.object({
  clusterId: z.string(),
  clientPorts: z.array(z.number()),
  controllerPorts: z.array(z.number()),
});
type ClusterFile = z.output<typeof clusterFile>;

const NODE_IDS = [1, 2, 3];
const RACKS = ["rack-a", "rack-b", "rack-c"];

/** Nodes with the ports of the last start where they are free: a person's own tools keep working. */
export async function planNodes(
  dir: string,
  { preferredPorts, secure }: { preferredPorts: readonly number[]; secure: boolean },
): Promise<{ clusterId: string; nodes: NodeConfig[] }> {
  await mkdir(dir, { recursive: true });
  const before = await readClusterFile(dir);
  const count = NODE_IDS.length;
  const ports = await freePorts(count * 4, [
    ...(before?.clientPorts ?? preferredPorts),
    ...(before?.controllerPorts ?? []),
  ]);
  const clientPorts = ports.slice(0, count);
  const controllerPorts = ports.slice(count, count * 2);
  const clusterId = before?.clusterId ?? newClusterId();
  await writeFile(
    join(dir, "cluster.json"),
    `${JSON.stringify({ clusterId, clientPorts, controllerPorts } satisfies ClusterFile)}\n`,
  );
  const nodes = NODE_IDS.map((id, index) => ({
    id,
    rack: at(RACKS, index),
    dir: join(dir, `node-${id}`),
    ports: {
      client: at(clientPorts, index),
      controller: at(controllerPorts, index),
      secure: secure ? at(ports, count * 2 + index) : null,
      misadvertised: secure ? at(ports, count * 3 + index) : null,
    },
  }));
  return { clusterId, nodes };
}

/** Writes each node's configuration and formats what isn't formatted yet, all nodes at once. */
export async function prepareNodes(
  runtime: KafkaRuntime,
  clusterId: string,
  nodes: readonly NodeConfig[],
  security: SecurityConfig | null,
  signal: AbortSignal,
): Promise<void> {
  await Promise.all(
    nodes.map(async (node) => {
      await mkdir(node.dir, { recursive: true });
      const properties = serverProperties(node, nodes, security);
      await writeFile(join(node.dir, "server.properties"), properties, { mode: 0o600 });
      if (!existsSync(join(node.dir, "data", "meta.properties")))
        await format(runtime, clusterId, node, properties, security, signal);
    }),
  );
}

/** Formatted beside and renamed: a start that is cut off leaves nothing half made. */
async function format(
  runtime: KafkaRuntime,
  clusterId: string,
  node: NodeConfig,
  properties: string,
  security: SecurityConfig | null,
  signal: AbortSignal,
): Promise<void> {
  const part = join(node.dir, "data.part");
  const config = join(node.dir, "format.properties");
  await rm(part, { recursive: true, force: true });
  await writeFile(
    config,
    properties.replace(/^log\.dirs=.*$/m, () => `log.dirs=${part.replaceAll("\\", "\\\\")}`),
    { mode: 0o600 },
  );
  const users = Object.entries(security?.users ?? {}).flatMap(([name, password]) => [
    "--add-scram",
    `SCRAM-SHA-512=[name=${name},password=${password}]`,
  ]);
  const args = ["format", "--cluster-id", clusterId, "--config", config, ...users];
  await runBrokerClass(runtime, "kafka.tools.StorageTool", args, signal);
  await rm(config);
  await rename(part, join(node.dir, "data"));
}

async function readClusterFile(dir: string): Promise<ClusterFile | null> {
  try {
    return clusterFile.parse(JSON.parse(await readFile(join(dir, "cluster.json"), "utf8")));
  } catch {
    return null;
  }
}

/** A Kafka Uuid: 16 bytes as base64url. One that begins with "-" would be taken for an option by StorageTool. */
function newClusterId(): string {
  for (;;) {
    const id = randomBytes(16).toString("base64url");
    if (!id.startsWith("-")) return id;
  }
}

function at<T>(values: readonly T[], index: number): T {
  const value = values[index];
  if (value === undefined) throw new RangeError(`no value at ${index}`);
  return value;
}
