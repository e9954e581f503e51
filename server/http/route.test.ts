import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { defineEndpoint, MAX_BODY_BYTES } from "#lib/contracts/endpoint.ts";
import { clusterName, int64 } from "#lib/contracts/kafka.ts";
import { getHealth as getHealthContract } from "#lib/contracts/server.ts";
import { ProblemError, problemDetails } from "#lib/problem.ts";
import { unreachableRuntime } from "#scripts/testing/unreachable-runtime.ts";
import { getHealth } from "../health/get-health.ts";
import { ANSWER_DEADLINE_MS } from "../kafka/deadline.ts";
import { logger } from "../logger.ts";
import { runtime } from "../runtime.ts";
import { route, serverRoute } from "./route.ts";

const ORIGIN = "http://localhost:3000";

unreachableRuntime();

const readThing = defineEndpoint({
  name: "readThing",
  method: "GET",
  path: "/api/clusters/:cluster/things/:thing",
  summary: "A thing",
  permission: "view",
  params: z.strictObject({ cluster: clusterName, thing: z.string() }),
  query: z.strictObject({ limit: z.coerce.number().int().max(10).optional() }),
  response: z.object({ thing: z.string(), limit: z.number().nullable(), many: int64.default("0") }),
});
const changeThing = defineEndpoint({
  name: "changeThing",
  method: "POST",
  path: "/api/clusters/:cluster/things",
  summary: "A new thing",
  permission: "operate",
  params: z.strictObject({ cluster: clusterName }),
  body: z.strictObject({ name: z.string().max(5), tags: z.record(z.string(), z.string()).optional() }),
  response: z.object({ name: z.string() }),
});

const GET = route(readThing, async (_ctx, { params, query }) => ({ thing: params.thing, limit: query.limit ?? null }));
const POST = route(changeThing, async (_ctx, { body }) => ({ name: body.name }));

function request(path: string, init: RequestInit = {}): Request {
  const headers = new Headers(init.headers);
  if (!headers.has("host")) headers.set("host", "localhost:3000");
  return new Request(`${ORIGIN}${path}`, { ...init, headers });
}

function post(body: BodyInit | null, headers: Record<string, string> = {}): Request {
  return request("/api/clusters/one/things", {
    method: "POST",
    body,
    headers: { origin: ORIGIN, "content-type": "application/json", ...headers },
  });
}

async function problemOf(response: Response) {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const problem = problemDetails.parse(await response.json());
  expect(problem).toMatchObject({ status: response.status, type: `/problems/${problem.code}` });
  expect(problem.requestId).toBe(response.headers.get("x-request-id"));
  return problem;
}

describe("an answer", () => {
  test("is what the service returned, compact, never stored, with the request's id", async () => {
    const response = await GET(request("/api/clusters/one/things/a%20b%2Fc?limit=3"));
    expect(response.status).toBe(200);
    // Defaults of the contract are not filled in: they would be sent for nothing.
    expect(await response.text()).toBe('{"thing":"a b/c","limit":3}');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/json",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test("that breaks its own contract is a mistake of ours: logged, and nothing of it told", async () => {
    const log = vi.spyOn(logger, "error").mockImplementation(() => {});
    const broken = route(readThing, async () => ({ thing: "secret", limit: "many" as unknown as number }));
    const problem = await problemOf(await broken(request("/api/clusters/one/things/x")));
    expect(problem).toMatchObject({ code: "internal", status: 500 });
    expect(JSON.stringify(problem)).not.toContain("secret");
    expect(log).toHaveBeenCalledWith(expect.objectContaining({ requestId: problem.requestId }), expect.any(String));
  });
});

describe("input that is wrong", () => {
  test("every wrong parameter is named at once", async () => {
    const problem = await problemOf(await GET(request("/api/clusters/ONE/things/x?limit=11&more=1")));
    expect(problem.code).toBe("invalid-request");
    expect(problem.invalidParams?.map(({ path }) => path)).toEqual(["cluster", "limit", "more"]);
  });

  test("a parameter given twice is not guessed at", async () => {
    const problem = await problemOf(await GET(request("/api/clusters/one/things/x?limit=1&limit=2")));
    expect(problem.invalidParams).toEqual([{ path: "limit", message: expect.stringContaining("more than once") }]);
  });

  test("a broken percent-encoding is a problem", async () => {
    expect((await problemOf(await GET(request("/api/clusters/one/things/%zz")))).code).toBe("invalid-request");
  });

  test.each([
    ["no JSON", "{", "invalid-request"],
    ["nothing", "", "invalid-request"],
    ["null", "null", "invalid-request"],
    ["an unknown key", '{"name":"a","x":1}', "invalid-request"],
    ["a prototype", '{"name":"a","__proto__":{"admin":true}}', "invalid-request"],
    ["a prototype deeper down", '{"name":"a","tags":{"__proto__":"x"}}', "invalid-request"],
    ["a value of another type", '{"name":1}', "invalid-request"],
  ])("a body of %s", async (_, body, code) => {
    expect((await problemOf(await POST(post(body)))).code).toBe(code);
  });

  test("a body that isn't said to be JSON, or is too large", async () => {
    expect((await problemOf(await POST(post("{}", { "content-type": "text/plain" })))).code).toBe(
      "unsupported-media-type",
    );
    const large = JSON.stringify({ name: "x".repeat(MAX_BODY_BYTES) });
    expect((await problemOf(await POST(post(large)))).code).toBe("body-too-large");
    const roomy = route({ ...changeThing, maxBodyBytes: 2 * MAX_BODY_BYTES }, async () => ({ name: "a" }));
    expect((await problemOf(await roomy(post(large)))).code).toBe("invalid-request");
  });

  test("a body that never ends is cut off at the limit", async () => {
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    const init = { method: "POST", body: endless, duplex: "half" } as RequestInit;
    const headers = { origin: ORIGIN, "content-type": "application/json" };
    const problem = await problemOf(await POST(request("/api/clusters/one/things", { ...init, headers })));
    expect(problem.code).toBe("body-too-large");
    expect(sent).toBeLessThan(2 * MAX_BODY_BYTES);
  });
});

describe("who may", () => {
  test("another host name, another site, a change without our origin", async () => {
    expect(
      (await problemOf(await GET(request("/api/clusters/one/things/x", { headers: { host: "evil.example" } })))).code,
    ).toBe("host-not-allowed");
    const foreign = { headers: { "sec-fetch-site": "cross-site" } };
    expect((await problemOf(await GET(request("/api/clusters/one/things/x", foreign)))).code).toBe(
      "cross-site-request",
    );
    expect((await problemOf(await POST(post('{"name":"a"}', { origin: "http://evil.example" })))).code).toBe(
      "origin-mismatch",
    );
    expect((await POST(post('{"name":"a"}'))).status).toBe(200);
  });

  test("a read-only cluster refuses changes beneath the route: the service is never called", async () => {
    vi.stubEnv("TAILRACE_READ_ONLY", "true");
    const service = vi.fn(async () => ({ name: "a" }));
    const problem = await problemOf(await route(changeThing, service)(post('{"name":"a"}')));
    expect(problem.code).toBe("cluster-read-only");
    expect(service).not.toHaveBeenCalled();
    expect((await GET(request("/api/clusters/one/things/x"))).status).toBe(200);
  });

  test("a cluster that the settings don't hold", async () => {
    expect((await problemOf(await GET(request("/api/clusters/two/things/x")))).code).toBe("cluster-not-found");
  });
});

test("during a shutdown only what asks for it is answered", async () => {
  const health = serverRoute(getHealthContract, getHealth, { evenWhileClosing: true });
  const ready = async () => (await (await health(request("/api/health"))).json()).ready;
  expect(await ready()).toBe(true);
  await runtime().openRequests.close(0);
  expect(await ready()).toBe(false);
  expect((await problemOf(await GET(request("/api/clusters/one/things/x")))).code).toBe("shutting-down");
});

test("an answer that takes too long says so in a sentence", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const begun = Promise.withResolvers<void>();
    const hanging = route(readThing, () => {
      begun.resolve();
      return new Promise(() => {});
    });
    const response = hanging(request("/api/clusters/one/things/x"));
    await begun.promise;
    vi.advanceTimersByTime(ANSWER_DEADLINE_MS);
    expect(await problemOf(await response)).toMatchObject({
      code: "deadline-exceeded",
      detail: expect.stringMatching(/^Kafka didn't answer within 15 s when asked for all that this answer needs\. /),
    });
  } finally {
    vi.useRealTimers();
  }
});

describe("a service that fails", () => {
  test("with a problem: its code, status and detail", async () => {
    const failing = route(readThing, async () => {
      throw new ProblemError("topic-not-found", "There is no topic x.");
    });
    expect(await problemOf(await failing(request("/api/clusters/one/things/x")))).toMatchObject({
      code: "topic-not-found",
      status: 404,
      detail: "There is no topic x.",
    });
  });

  test("with anything else: an id, and neither message nor stack nor path", async () => {
    vi.spyOn(logger, "error").mockImplementation(() => {});
    const failing = route(readThing, async () => {
      throw new Error("password=hunter2 in /etc/tailrace");
    });
    const response = await failing(request("/api/clusters/one/things/x"));
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toMatch(/hunter2|\/etc|at .*\.ts|Error:/);
  });

  test("is told when the viewer leaves", async () => {
    const viewer = new AbortController();
    let told = false;
    const waiting = serverRoute(
      defineEndpoint({ ...readThing, path: "/api/things/:thing", params: z.strictObject({ thing: z.string() }) }),
      ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => {
            told = true;
            reject(signal.reason);
          });
          viewer.abort();
        }),
    );
    const response = await waiting(
      new Request(`${ORIGIN}/api/things/x`, { headers: { host: "localhost" }, signal: viewer.signal }),
    );
    expect(response.status).toBe(499);
    expect(told).toBe(true);
  });
});
