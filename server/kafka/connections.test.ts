import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { connect, createServer, type Server } from "node:net";
import { metadataV12 } from "@platformatic/kafka";
import type { Admin } from "kafkajs";
import { afterEach, describe, expect, test } from "vitest";
import { testClusterSettings } from "#scripts/testing/cluster-settings.ts";
import { testCluster } from "#scripts/testing/test-cluster.ts";
import type { ClusterSettings } from "../settings/cluster-settings.ts";
import { ClusterConnections } from "./connections.ts";
import { calmKafkajs } from "./kafkajs-idle.ts";

const signal = new AbortController().signal;
const opened: ClusterConnections[] = [];
const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
  for (const server of servers.splice(0)) server.close();
});

function connectionsTo(settings: Partial<ClusterSettings>): ClusterConnections {
  const connections = new ClusterConnections(testClusterSettings(settings));
  opened.push(connections);
  return connections;
}

function secure(sasl: Partial<NonNullable<ClusterSettings["sasl"]>> = {}, trusted = true): Partial<ClusterSettings> {
  const { secureBootstrap, caFile, users } = testCluster();
  const ca = trusted ? readFileSync(caFile, "utf8") : null;
  return {
    bootstrapServers: secureBootstrap,
    tls: { ca, certificate: null, key: null, keyPassphrase: null, verifyHostname: true },
    sasl: { mechanism: "SCRAM-SHA-512", username: "admin", password: users.admin, ...sasl },
  };
}

async function brokersByBoth(connections: ClusterConnections): Promise<{ raw: number[]; kafkajs: number[] }> {
  const raw = await connections.askAnyBroker({ what: "the brokers" }, signal, (connection) =>
    metadataV12.api.async(connection, [], false, false),
  );
  const kafkajs = await connections.askKafkajs({ what: "the brokers" }, signal, (admin) => admin.describeCluster());
  const sorted = (ids: number[]) => ids.sort((a, b) => a - b);
  return {
    raw: sorted(raw.brokers.map(({ nodeId }) => nodeId)),
    kafkajs: sorted(kafkajs.brokers.map(({ nodeId }) => nodeId)),
  };
}

/** A server that takes connections and never says a word. */
async function silentServer(): Promise<string> {
  const server = createServer(() => {});
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}

describe("both clients see the same brokers", () => {
  test("over plaintext", async () => {
    expect(await brokersByBoth(connectionsTo({}))).toEqual({ raw: [1, 2, 3], kafkajs: [1, 2, 3] });
  });

  test("with SCRAM over TLS", async () => {
    expect(await brokersByBoth(connectionsTo(secure()))).toEqual({ raw: [1, 2, 3], kafkajs: [1, 2, 3] });
  });

  test("by an IPv6 bootstrap address", async () => {
    const port = Number(testCluster().bootstrap[0]?.split(":")[1]);
    const forward = createServer((socket) => {
      const onward = connect(port, "127.0.0.1");
      socket.pipe(onward).pipe(socket);
      for (const one of [socket, onward]) one.on("error", () => {});
    });
    servers.push(forward);
    await new Promise<void>((resolve) => forward.listen(0, "::1", resolve));
    const address = forward.address();
    const server = `[::1]:${typeof address === "object" ? address?.port : ""}`;
    expect(await brokersByBoth(connectionsTo({ bootstrapServers: [server] }))).toEqual({
      raw: [1, 2, 3],
      kafkajs: [1, 2, 3],
    });
  });

  test("with PLAIN over TLS", async () => {
    const settings = secure({ mechanism: "PLAIN" });
    expect(await brokersByBoth(connectionsTo(settings))).toEqual({ raw: [1, 2, 3], kafkajs: [1, 2, 3] });
  });
});

describe("both clients say the same of a cluster that lets nobody in", () => {
  test.each([
    ["a wrong password", () => secure({ password: "wrong-secret" }), "kafka-login-failed"],
    ["a mechanism it doesn't enable", () => secure({ mechanism: "SCRAM-SHA-256" }), "kafka-login-failed"],
    ["a certificate nobody here trusts", () => secure({}, false), "cluster-unreachable"],
    ["a closed port", () => ({ bootstrapServers: ["127.0.0.1:1"] }), "cluster-unreachable"],
    ["a name that doesn't resolve", () => ({ bootstrapServers: ["nowhere.invalid:9092"] }), "cluster-unreachable"],
  ])("%s", async (_, settings, code) => {
    const connections = connectionsTo(settings());
    const ask = { what: "the brokers", deadlineMs: 4_500 };
    const raw = connections.askAnyBroker(ask, signal, async () => {});
    await expect(raw).rejects.toMatchObject({ code, message: expect.not.stringContaining("wrong-secret") });
    const kafkajs = connections.askKafkajs(ask, signal, (admin) => admin.describeCluster());
    await expect(kafkajs).rejects.toMatchObject({ code, message: expect.not.stringContaining("wrong-secret") });
  });
});

test("both clients name the address that didn't let us in", async () => {
  const connections = connectionsTo({ bootstrapServers: ["127.0.0.1:1", "[::1]:1"] });
  const raw = connections.askAnyBroker({ what: "the brokers" }, signal, async () => {});
  await expect(raw).rejects.toThrow(/^127\.0\.0\.1:1 refuses connections: .* can't reach \[::1\]:1 either/);
  const kafkajs = connections.askKafkajs({ what: "the brokers" }, signal, (admin) => admin.describeCluster());
  await expect(kafkajs).rejects.toThrow(/^\S+:1 refuses connections/);
});

test("a bootstrap server that is silent holds nobody up while another answers", async () => {
  const connections = connectionsTo({
    bootstrapServers: [await silentServer(), "127.0.0.1:1", ...testCluster().bootstrap],
  });
  // The silent one takes the TCP connection: it is only found out by its deadline, after which another is asked.
  const ask = () =>
    connections.askAnyBroker({ what: "the brokers", deadlineMs: 500 }, signal, (connection) =>
      metadataV12.api.async(connection, [], false, false),
    );
  await expect(ask()).rejects.toMatchObject({ code: "deadline-exceeded" });
  await expect(ask()).resolves.toMatchObject({ brokers: expect.any(Array) });
});

test("one broker by its id, and an id that nobody has", async () => {
  const connections = connectionsTo({});
  const answer = await connections.askBroker(2, { what: "its metadata" }, signal, (connection) =>
    metadataV12.api.async(connection, [], false, false),
  );
  expect(answer.brokers).toHaveLength(3);
  expect(connections.nameOf(2)).toMatch(/^broker 2 \(127\.0\.0\.1:\d+\)$/);
  await expect(connections.askBroker(99, { what: "its metadata" }, signal, async () => {})).rejects.toMatchObject({
    code: "broker-unreachable",
    message: expect.stringContaining("Broker 99"),
  });
});

test("a connection that was lost is opened anew", async () => {
  const connections = connectionsTo({});
  const ask = () =>
    connections.askAnyBroker({ what: "the brokers" }, signal, async (connection) => {
      await metadataV12.api.async(connection, [], false, false);
      return connection;
    });
  const first = await ask();
  first.socket.destroy(new Error("cable cut"));
  await expect.poll(() => first.isConnected()).toBe(false);
  expect((await ask()).instanceId).not.toBe(first.instanceId);
});

test("a viewer who leaves takes nobody else's kafkajs admin away", async () => {
  const connections = connectionsTo({});
  const ask = (viewer: AbortSignal, fn: (admin: Admin) => Promise<unknown> = async () => {}) =>
    connections.askKafkajs({ what: "the brokers" }, viewer, async (admin) => {
      await fn(admin);
      return admin;
    });
  const first = await ask(signal);
  const leaving = new AbortController();
  const left = ask(leaving.signal, () => new Promise(() => {}));
  leaving.abort();
  await expect(left).rejects.toMatchObject({ code: "cancelled" });
  expect(await ask(signal, (admin) => admin.describeCluster())).toBe(first);
});

test("nor is a kafkajs admin that can't connect kept, though nobody waits for it any more", async () => {
  const connections = connectionsTo({ bootstrapServers: ["127.0.0.1:1"] });
  const leaving = new AbortController();
  const left = connections.askKafkajs({ what: "the brokers" }, leaving.signal, async () => {});
  leaving.abort();
  await expect(left).rejects.toMatchObject({ code: "cancelled" });
  await expect(connections.askKafkajs({ what: "the brokers" }, signal, async () => {})).rejects.toMatchObject({
    code: "cluster-unreachable",
  });
});

test("closed connections refuse, and a viewer who has left is not served", async () => {
  const connections = connectionsTo({});
  await expect(
    connections.askAnyBroker({ what: "the brokers" }, AbortSignal.abort(), async () => {}),
  ).rejects.toMatchObject({ code: "cancelled" });
  await connections.close();
  await expect(connections.askAnyBroker({ what: "the brokers" }, signal, async () => {})).rejects.toMatchObject({
    code: "shutting-down",
  });
  await expect(connections.askKafkajs({ what: "the brokers" }, signal, async () => {})).rejects.toMatchObject({
    code: "shutting-down",
  });
});

test("the patch of kafkajs' idle timer is for the version that is installed, and still applies", () => {
  const require = createRequire(import.meta.url);
  expect(require("kafkajs/package.json")).toMatchObject({ version: "2.2.4" });
  calmKafkajs();
  const RequestQueue = require("kafkajs/src/network/requestQueue");
  const queue = new RequestQueue({ maxInFlightRequests: null, logger: { debug: () => {} } });
  queue.scheduleCheckPendingRequests();
  expect(queue.throttleCheckTimeoutId).toBeNull();
  queue.pending.push({});
  queue.scheduleCheckPendingRequests();
  expect(queue.throttleCheckTimeoutId).not.toBeNull();
  queue.destroy();
});
