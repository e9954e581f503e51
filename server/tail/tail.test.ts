import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { problemDetails } from "#lib/problem.ts";
import { OpenedTail } from "#scripts/testing/open-tail.ts";
import { testCluster } from "#scripts/testing/test-cluster.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { runtime } from "#server/runtime.ts";
import { GET, POST } from "../../app/api/clusters/[cluster]/messages/tail/route.ts";

const ORIGIN = "http://localhost:3000";
const topics = new TestTopics();
const open: OpenedTail[] = [];

beforeAll(() => {
  vi.stubEnv("KAFKA_BROKERS", testCluster().bootstrap.join(","));
  vi.stubEnv("TAILRACE_CLUSTER_NAME", "tails");
  vi.stubEnv("TAILRACE_CONFIG", "");
  vi.stubEnv("HOST", "");
});
afterAll(async () => {
  await Promise.all(open.map((tail) => tail.close()));
  await runtime().close();
  await topics.close();
  vi.unstubAllEnvs();
});

type Query = Readonly<Record<string, string>>;

function get(query: Query, headers: Record<string, string> = {}, signal?: AbortSignal): Promise<Response> {
  const url = `${ORIGIN}/api/clusters/tails/messages/tail?${new URLSearchParams(query)}`;
  return GET(new Request(url, { headers: { host: "localhost:3000", ...headers }, ...(signal && { signal }) }));
}

function resume(query: Query, cursor: string): Promise<Response> {
  const url = `${ORIGIN}/api/clusters/tails/messages/tail?${new URLSearchParams(query)}`;
  const headers = { host: "localhost:3000", "content-type": "application/json" };
  return POST(new Request(url, { method: "POST", headers, body: JSON.stringify({ cursor }) }));
}

async function opened(response: Response, options?: { reads: boolean }): Promise<OpenedTail> {
  expect(response.status, response.status === 200 ? "" : await response.clone().text()).toBe(200);
  const tail = new OpenedTail(response, options);
  open.push(tail);
  return tail;
}

async function tailed(query: Query): Promise<OpenedTail> {
  const tail = await opened(await get(query));
  await tail.until("ready", ({ frames }) => frames.length > 0);
  return tail;
}

async function problemOf(response: Response) {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  return problemDetails.parse(await response.json());
}

/** Messages whose values are numbers from `first` on, over all partitions. */
function numbers(first: number, count: number) {
  return Array.from({ length: count }, (_, index) => ({ key: `k${first + index}`, value: `n${first + index}` }));
}

const expected = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `n${from + index}`);
const sorted = (values: readonly unknown[]) =>
  values.map(String).sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));

function expectAddsUp(tail: OpenedTail): void {
  const { stats } = tail;
  const lost = Object.values(stats?.lost ?? {}).reduce((sum, one) => sum + one, 0);
  expect(stats?.matched).toBe((stats?.sent ?? 0) + lost);
  expect(stats?.sent).toBe(tail.messages.length);
  expect(tail.faults).toEqual([]);
}

describe("a tail", () => {
  test("from now: what is produced afterwards, each message once, in order, and exact counts", async () => {
    const topic = await topics.create();
    await topics.send(topic, numbers(0, 50));
    const tail = await tailed({ topics: topic });
    await topics.send(topic, numbers(50, 100));
    await tail.until("all messages", ({ messages }) => messages.length >= 100);
    await tail.until("a heartbeat", ({ stats }) => stats?.sent === 100 && stats.behind === "0");
    expect(sorted(tail.values)).toEqual(expected(50, 150));
    expect(tail.stats).toMatchObject({ in: 100, matched: 100, sent: 100, lost: {}, viewers: 1, waiting: null });
    expectAddsUp(tail);
  });

  test("from earliest goes over into live while messages keep coming: all, once", async () => {
    const topic = await topics.create();
    await topics.send(topic, numbers(0, 5_000));
    let sent = 5_000;
    let producing = true;
    const production = (async () => {
      while (producing) {
        await topics.send(topic, numbers(sent, 100));
        sent += 100;
      }
    })();
    const tail = await tailed({ topics: topic, from: "earliest" });
    await tail.until("more than was there", ({ messages }) => messages.length > 10_000);
    producing = false;
    await production;
    await tail.until("all", ({ messages }) => messages.length >= sent);
    expect(sorted(tail.values)).toEqual(expected(0, sent));
    await tail.until("a heartbeat", ({ stats }) => stats?.sent === sent);
    expectAddsUp(tail);
  });
});

describe("before a tail begins", () => {
  test("what is wrong is a plain problem", async () => {
    expect(await problemOf(await get({ topics: topics.name() }))).toMatchObject({ code: "topic-not-found" });
    expect(await problemOf(await get({ pattern: "(" }))).toMatchObject({ code: "invalid-request" });
    expect(await problemOf(await get({}))).toMatchObject({ code: "invalid-request" });
    expect(await problemOf(await get({ topics: "a" }, { host: "evil.example" }))).toMatchObject({
      code: "host-not-allowed",
    });
    expect(await problemOf(await get({ topics: "a" }, { "sec-fetch-site": "cross-site" }))).toMatchObject({
      code: "cross-site-request",
    });
    expect(await problemOf(await get({ topics: "a" }, { "last-event-id": "x" }))).toMatchObject({
      code: "invalid-request",
    });
    expect(await problemOf(await get({ topics: "a" }, { "last-event-id": "x".repeat(8_193) }))).toMatchObject({
      code: "cursor-too-large",
      status: 431,
    });
  });
});
