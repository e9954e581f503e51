import { connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { testCluster } from "#scripts/testing/test-cluster.ts";
import { readMetadata } from "./read-metadata.ts";

const servers: Server[] = [];
const sockets = new Set<Socket>();
const toClose: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(toClose.splice(0).map((close) => close()));
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  for (const server of servers.splice(0)) server.close();
});

/** A way to broker 1 on which each of its answers takes `ms` longer; null: none ever arrives. */
async function slowWay(ms: number | null): Promise<string> {
  const [, port] = testCluster().bootstrap[0]?.split(":") ?? [];
  const server = createServer((client) => {
    const broker = connect(Number(port), "127.0.0.1");
    for (const socket of [client, broker]) {
      sockets.add(socket);
      socket.on("error", () => {});
    }
    client.pipe(broker);
    broker.on("data", (answer) => {
      if (ms !== null) setTimeout(() => client.writable && client.write(answer), ms);
    });
    client.on("close", () => broker.destroy());
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}

function kafkaAt(bootstrapServers: string[]) {
  const { ctx, close } = serviceContext({ settings: { bootstrapServers } });
  toClose.push(close);
  return ctx;
}

/** Two answers: the versions a broker speaks, then what was asked. */
const SLOW_MS = 1_900;

test("brokers that are slow, not hung, are waited for", async () => {
  const { kafka, signal } = kafkaAt([await slowWay(SLOW_MS), await slowWay(SLOW_MS)]);
  const { brokers } = await readMetadata(kafka, null, signal);
  expect(brokers.map(({ id }) => id).sort()).toEqual([1, 2, 3]);
});

test("a broker that hangs costs a second and a half: another one is asked meanwhile", async () => {
  const { kafka, signal } = kafkaAt([await slowWay(null), await slowWay(0)]);
  const startedAt = performance.now();
  const { brokers } = await readMetadata(kafka, null, signal);
  expect(brokers).toHaveLength(3);
  // The one that hangs alone would take the whole 8 s.
  expect(performance.now() - startedAt).toBeLessThan(6_000);
});
