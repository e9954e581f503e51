import { resolve } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { allEndpoints } from "#lib/contracts/all.ts";
import type { Endpoint } from "#lib/contracts/endpoint.ts";
import { problemDetails } from "#lib/problem.ts";
import { brokenInput, plausibleInput } from "#scripts/testing/arbitrary-input.ts";
import { testCluster } from "#scripts/testing/test-cluster.ts";
import { runtime } from "#server/runtime.ts";

const ORIGIN = "http://localhost:3000";
const RUNS = 40;

beforeAll(() => {
  vi.stubEnv("KAFKA_BROKERS", testCluster().bootstrap.join(","));
  vi.stubEnv("TAILRACE_CLUSTER_NAME", "fuzz");
  vi.stubEnv("TAILRACE_CONFIG", "");
  // Not local: a valid request to stop a broker is refused.
  vi.stubEnv("TAILRACE_LOCAL_CONTROL", "");
  vi.stubEnv("TAILRACE_LOCAL_CONTROL_TOKEN", "");
  vi.stubEnv("HOST", "");
});
afterAll(async () => {
  await runtime().close();
  vi.unstubAllEnvs();
});

type Handler = (request: Request) => Promise<Response>;

async function handlerOf(endpoint: Endpoint): Promise<Handler> {
  const folder = endpoint.path.replace(/^\/api\//, "").replaceAll(/:(\w+)/g, "[$1]");
  const module: Record<string, unknown> = await import(resolve(`app/api/${folder}/route.ts`));
  return module[endpoint.method] as Handler;
}

/** Names that exist, so that not everything ends at the first check; and names that don't. */
const text = fc.oneof(
  fc.constantFrom("fuzz", "1", "__consumer_offsets"),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom("%", "%zz", "%ff", "..", "a/b", "a%2Fb", "-1", "99999999999", "x".repeat(5_000)),
);

function pathOf(endpoint: Endpoint, values: Record<string, unknown>, encode: boolean): string {
  return endpoint.path.replace(/:(\w+)/g, (_, key: string) => {
    const value = String(values[key] ?? "");
    // A lone surrogate can't be encoded, nor sent.
    return encode ? encodeURIComponent(value.toWellFormed()) : value.replaceAll("#", "");
  });
}

/** Nothing is ever made here: a body that would be taken is turned into a dry run. */
function harmless(endpoint: Endpoint, body: unknown): unknown {
  return endpoint.name === "createTopic" && endpoint.body.safeParse(body).success
    ? { ...(body as object), dryRun: true }
    : body;
}

async function expectAnswerOrProblem(endpoint: Endpoint, response: Response): Promise<void> {
  if (response.status === 200 && endpoint.answers === "event-stream") return expectFirstFrame(endpoint, response);
  const body = await response.text();
  expect(response.status, body).not.toBe(500);
  if (response.status === 200) {
    if (endpoint.answers === "json") expect(endpoint.response.safeParse(JSON.parse(body)).success).toBe(true);
    return;
  }
  expect(body).not.toMatch(/\n\s+at |node_modules|\.ts:\d/);
  expect(body).not.toContain(process.cwd());
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const problem = problemDetails.parse(JSON.parse(body));
  expect(problem.status).toBe(response.status);
  expect(problem.detail.length).toBeGreaterThan(10);
}

/** A tail never ends by itself, a verification perhaps late: it is left after what it says first. */
async function expectFirstFrame(endpoint: Endpoint, response: Response): Promise<void> {
  expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  const reader = response.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  await reader?.cancel();
  const [, data] =
    /^event: (?:ready|started|waiting)\n(?:id: .*\n)?data: (.*)\n\n/.exec(new TextDecoder().decode(value)) ?? [];
  expect(endpoint.response.safeParse(JSON.parse(data ?? "")).success).toBe(true);
}

const named = allEndpoints.map((endpoint) => ({ name: endpoint.name, endpoint }));
const takesBody = ({ endpoint }: { endpoint: Endpoint }) => !(endpoint.body instanceof z.ZodUndefined);

const query = fc.oneof(
  fc.constant(""),
  fc
    .dictionary(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), { maxKeys: 3 })
    .map((one) => `?${new URLSearchParams(one)}`),
  fc.constantFrom("?", "?=", "?a=1&a=2", "?__proto__=1", "?%zz", "?x[]=1"),
);

describe("bad paths and queries are answered by a problem, never by a 500", () => {
  test.each(named)("$name", async ({ endpoint }) => {
    const handler = await handlerOf(endpoint);
    const params = fc.oneof(
      fc.dictionary(fc.constantFrom(...Object.keys(endpoint.params.shape), "x"), text),
      plausibleInput(endpoint.params).map((values) => ({ ...(values as object), cluster: "fuzz" })),
    );
    await fc.assert(
      fc.asyncProperty(params, query, fc.boolean(), async (values, search, encode) => {
        const url = `${ORIGIN}${pathOf(endpoint, values, encode)}${search}`;
        fc.pre(URL.canParse(url));
        const init = { method: endpoint.method, headers: { host: "localhost:3000", origin: ORIGIN } };
        await expectAnswerOrProblem(endpoint, await handler(new Request(url, init)));
      }),
      { numRuns: RUNS },
    );
  });
});

describe("queries that a contract takes, and nearly so", () => {
  test.each(named.filter(({ endpoint }) => Object.keys(endpoint.query.shape).length > 0))(
    "$name",
    async ({ endpoint }) => {
      const handler = await handlerOf(endpoint);
      const path = endpoint.path
        .replace(":cluster", "fuzz")
        .replace(":topic", "__consumer_offsets")
        .replaceAll(/:\w+/g, "0");
      const value = fc.oneof(
        fc.constantFrom(
          "0",
          "1",
          "true",
          "now",
          "earliest",
          "offset:0",
          "committed",
          "__consumer_offsets",
          "^__",
          "json",
        ),
        text,
      );
      const queries = fc.dictionary(fc.constantFrom(...Object.keys(endpoint.query.shape)), value, { maxKeys: 4 });
      await fc.assert(
        fc.asyncProperty(queries, async (values) => {
          const search = new URLSearchParams(
            Object.entries(values).map(([key, one]): [string, string] => [key, one.toWellFormed()]),
          );
          const init = {
            method: endpoint.method,
            headers: { host: "localhost:3000", origin: ORIGIN, "content-type": "application/json" },
            ...(takesBody({ endpoint }) && { body: "{}" }),
          };
          await expectAnswerOrProblem(endpoint, await handler(new Request(`${ORIGIN}${path}?${search}`, init)));
        }),
        { numRuns: RUNS },
      );
    },
  );
});

describe("bad bodies are answered by a problem, never by a 500", () => {
  test.each(named.filter(takesBody))("$name", async ({ endpoint }) => {
    const handler = await handlerOf(endpoint);
    const url = `${ORIGIN}${endpoint.path.replace(":cluster", "fuzz").replaceAll(/:\w+/g, "1")}`;
    const headers = { host: "localhost:3000", origin: ORIGIN, "content-type": "application/json" };
    const bodies = fc.oneof(
      { weight: 4, arbitrary: brokenInput(endpoint.body).map((body) => JSON.stringify(harmless(endpoint, body))) },
      { weight: 1, arbitrary: fc.string({ maxLength: 40 }).filter((garbage) => !isJsonObject(garbage)) },
    );
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const request = new Request(url, { method: endpoint.method, headers, body });
        await expectAnswerOrProblem(endpoint, await handler(request));
      }),
      { numRuns: 4 * RUNS },
    );
  });
});

function isJsonObject(garbage: string): boolean {
  try {
    return typeof JSON.parse(garbage) === "object";
  } catch {
    return false;
  }
}
