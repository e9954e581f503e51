import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { diagnoseConnection as contract, type Diagnosis } from "#lib/contracts/clusters.ts";
import { testClusterSettings } from "#scripts/testing/cluster-settings.ts";
import { testCluster } from "#scripts/testing/test-cluster.ts";
import type { ClusterSettings } from "../settings/cluster-settings.ts";
import { diagnoseConnection } from "./diagnose-connection.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const input = { params: { cluster: "test" }, query: {}, body: undefined };

async function diagnose(settings: Partial<ClusterSettings>): Promise<Diagnosis> {
  const ctx = { cluster: testClusterSettings(settings), signal: new AbortController().signal };
  return contract.response.parse(await diagnoseConnection(ctx, input));
}

/** The first chain, as "link outcome". */
function firstChain({ chains }: Diagnosis): string[] {
  return (chains[0]?.steps ?? []).map(({ link, outcome }) => `${link} ${outcome}`);
}

function failed({ chains }: Diagnosis) {
  const step = chains[0]?.steps.find(({ outcome }) => outcome === "failed");
  if (step === undefined) throw new Error("no link of the first chain failed");
  return { link: step.link, detail: step.detail, remedy: step.remedy ?? "" };
}

const tls = (ca: boolean) => ({
  ca: ca ? readFileSync(testCluster().caFile, "utf8") : null,
  certificate: null,
  key: null,
  keyPassphrase: null,
  verifyHostname: true,
});
const scram = () => ({ mechanism: "SCRAM-SHA-512" as const, username: "admin", password: testCluster().users.admin });
const secureServer = () => testCluster().secureBootstrap.slice(0, 1);
const plainServer = () => testCluster().bootstrap.slice(0, 1);

/** A free port of this machine, with whatever listens there. */
async function listen(server: Server, host = "127.0.0.1"): Promise<string> {
  closers.push(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  return `${host}:${typeof address === "object" ? address?.port : ""}`;
}

describe("a cluster that lets us in", () => {
  test("every link holds, to each bootstrap server and each advertised listener", async () => {
    const diagnosis = await diagnose({});
    expect(diagnosis).toMatchObject({ healthy: true, verdict: expect.stringContaining("Every link holds") });
    expect(diagnosis.chains.map(({ role }) => role)).toEqual([
      ...Array(3).fill("bootstrap"),
      ...Array(3).fill("advertised"),
    ]);
    expect(diagnosis.chains.slice(3).map(({ brokerId }) => brokerId)).toEqual([1, 2, 3]);
    expect(firstChain(diagnosis)).toEqual([
      "settings ok",
      "dns not-used",
      "tcp ok",
      "tls not-used",
      "sasl ok",
      "api-versions ok",
      "metadata ok",
    ]);
  });

  test("by SCRAM over TLS: what the certificate says is shown, the password isn't", async () => {
    const diagnosis = await diagnose({
      bootstrapServers: testCluster().secureBootstrap,
      tls: tls(true),
      sasl: scram(),
    });
    expect(diagnosis.healthy).toBe(true);
    const steps = diagnosis.chains[0]?.steps ?? [];
    expect(steps.find(({ link }) => link === "tls")?.detail).toMatch(
      /^TLSv1\.[23], certificate for localhost .* issued by/,
    );
    expect(steps.find(({ link }) => link === "sasl")?.subject).toBe("SCRAM-SHA-512 as admin");
    expect(JSON.stringify(diagnosis)).not.toContain(testCluster().users.admin);
  });

  test("one bootstrap server that is down is named, and the cluster is said to be usable", async () => {
    const diagnosis = await diagnose({ bootstrapServers: ["127.0.0.1:1", ...testCluster().bootstrap] });
    expect(diagnosis.healthy).toBe(false);
    expect(diagnosis.verdict).toMatch(
      /^The cluster can be used, but the bootstrap server 127\.0\.0\.1:1 doesn't answer/,
    );
  });

  test("a listener advertised under a name that this host can't resolve", async () => {
    const diagnosis = await diagnose({ bootstrapServers: testCluster().misadvertised });
    expect(diagnosis.healthy).toBe(false);
    expect(diagnosis.verdict).toMatch(
      /^The bootstrap answers, but broker 2 advertises kafka-2\.invalid:\d+, which this host can't resolve\. .*advertised\.listeners of broker 2/,
    );
    const broken = diagnosis.chains.filter(({ steps }) => steps.some(({ outcome }) => outcome === "failed"));
    expect(broken.map(({ role, brokerId }) => [role, brokerId])).toEqual([["advertised", 2]]);
  });
});

describe("a wrong setting is found at its own link", () => {
  test.each([
    [
      "a wrong password",
      () => ({ bootstrapServers: secureServer(), tls: tls(true), sasl: { ...scram(), password: "wr0ng-secret" } }),
      "sasl",
      "refuses admin",
      "password",
    ],
    [
      "a mechanism that isn't enabled: those that are, are listed",
      () => ({
        bootstrapServers: secureServer(),
        tls: tls(true),
        sasl: { ...scram(), mechanism: "SCRAM-SHA-256" as const },
      }),
      "sasl",
      "SCRAM-SHA-512, PLAIN",
      "sasl.enabled.mechanisms",
    ],
    [
      "no login where one is wanted",
      () => ({ bootstrapServers: secureServer(), tls: tls(true) }),
      "sasl",
      "wants a login",
      "KAFKA_SASL_USERNAME",
    ],
    [
      "a login where none is wanted",
      () => ({ bootstrapServers: plainServer(), sasl: scram() }),
      "sasl",
      "wants no login",
      "PLAINTEXT",
    ],
    [
      "plaintext to a TLS listener",
      () => ({ bootstrapServers: secureServer() }),
      "tls",
      "speaks TLS",
      "KAFKA_SSL=true",
    ],
    [
      "TLS to a plaintext listener",
      () => ({ bootstrapServers: plainServer(), tls: tls(true) }),
      "tls",
      "in plaintext",
      "KAFKA_SSL=false",
    ],
    [
      "a certificate that nobody here trusts",
      () => ({ bootstrapServers: secureServer(), tls: tls(false), sasl: scram() }),
      "tls",
      "issued by Tailrace test CA",
      "KAFKA_SSL_CA",
    ],
  ] as const)("%s", async (_, settings, link, detail, remedy) => {
    const diagnosis = await diagnose(settings());
    expect(failed(diagnosis)).toEqual({
      link,
      detail: expect.stringContaining(detail),
      remedy: expect.stringContaining(remedy),
    });
    expect(diagnosis.verdict).toContain(detail);
    expect(JSON.stringify(diagnosis)).not.toMatch(/wr0ng-secret|admin-secret/);
  });

  test("a certificate for another name: the names it is for are shown", async () => {
    const port = Number(secureServer()[0]?.split(":")[1]);
    const forward = await listen(
      createServer((socket) => {
        const onward = connect(port, "127.0.0.1");
        socket.pipe(onward).pipe(socket);
        for (const one of [socket, onward]) one.on("error", () => {});
      }),
      "127.0.0.2",
    );
    const diagnosis = await diagnose({ bootstrapServers: [forward], tls: tls(true), sasl: scram() });
    expect(failed(diagnosis)).toEqual({
      link: "tls",
      detail: expect.stringMatching(/is for another name\..*\(localhost, 127\.0\.0\.1\)/),
      remedy: expect.stringContaining("ssl.endpoint.identification.algorithm"),
    });
    const unchecked = await diagnose({
      bootstrapServers: [forward],
      tls: { ...tls(true), verifyHostname: false },
      sasl: scram(),
    });
    expect(unchecked.healthy).toBe(true);
  });
});

describe("an address that is wrong", () => {
  test("a name that doesn't resolve", async () => {
    const diagnosis = await diagnose({ bootstrapServers: ["nowhere.invalid:9092"] });
    expect(failed(diagnosis)).toMatchObject({
      link: "dns",
      detail: expect.stringContaining("can't resolve the name nowhere.invalid"),
    });
    expect(diagnosis.chains).toHaveLength(1);
  });

  test("a port where nothing listens", async () => {
    const diagnosis = await diagnose({ bootstrapServers: ["127.0.0.1:1"] });
    expect(failed(diagnosis)).toMatchObject({ link: "tcp", detail: expect.stringContaining("refuses connections") });
    expect(firstChain(diagnosis).slice(4)).toEqual([
      "sasl not-reached",
      "api-versions not-reached",
      "metadata not-reached",
    ]);
  });

  test("something that isn't Kafka", async () => {
    const web = await listen(createHttpServer((_, response) => response.end("hello")));
    const diagnosis = await diagnose({ bootstrapServers: [web] });
    expect(failed(diagnosis)).toMatchObject({
      link: "api-versions",
      detail: expect.stringContaining("doesn't answer as a Kafka broker does"),
    });
  });

  test("something that takes connections and is silent: known within the time of a diagnosis", async () => {
    const silent = await listen(createServer((socket) => socket.on("error", () => {})));
    const start = performance.now();
    const diagnosis = await diagnose({ bootstrapServers: [silent] });
    expect(failed(diagnosis).link).toBe("api-versions");
    // 6 s; a request that nobody cuts short ends after 10 s.
    expect(performance.now() - start).toBeLessThan(9_000);
  });

  test("something that swallows packets, as a firewall does", async () => {
    const diagnosis = await diagnose({ bootstrapServers: [await blackHole()] });
    expect(failed(diagnosis)).toEqual({
      link: "tcp",
      detail: expect.stringContaining("No answer within 2 s"),
      remedy: expect.stringContaining("firewall"),
    });
  });

  test("a viewer who leaves ends the diagnosis", async () => {
    const silent = await listen(createServer((socket) => socket.on("error", () => {})));
    const leaving = new AbortController();
    const cluster = testClusterSettings({ bootstrapServers: [silent] });
    const diagnosis = diagnoseConnection({ cluster, signal: leaving.signal }, input);
    leaving.abort();
    await expect(diagnosis).rejects.toMatchObject({ code: "cancelled" });
  });
});

/** A process that listens but is stopped, its queue full: the kernel drops what else comes. */
async function blackHole(): Promise<string> {
  const code = `require("node:net").createServer().listen({ port: 0, host: "127.0.0.1", backlog: 1 }, function () { console.log(this.address().port); });`;
  const child: ChildProcess = spawn(process.execPath, ["-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  closers.push(() => child.kill("SIGKILL"));
  const port = await new Promise<number>((resolve) => child.stdout?.once("data", (text) => resolve(Number(text))));
  child.kill("SIGSTOP");
  const queue: { socket: Socket; sinceMs: number }[] = [];
  closers.push(() => {
    for (const { socket } of queue) socket.destroy();
  });
  const isFull = () => {
    const waiting = queue.find(({ socket }) => socket.connecting);
    if (waiting !== undefined) return performance.now() - waiting.sinceMs > 300;
    queue.push({ socket: connect(port, "127.0.0.1").on("error", () => {}), sinceMs: performance.now() });
    return false;
  };
  await expect.poll(isFull, { interval: 20, timeout: 5_000 }).toBe(true);
  return `127.0.0.1:${port}`;
}
