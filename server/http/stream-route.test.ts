import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { defineEndpoint } from "#lib/contracts/endpoint.ts";
import { clusterName } from "#lib/contracts/kafka.ts";
import { ProblemError, problemDetails } from "#lib/problem.ts";
import { unreachableRuntime } from "#scripts/testing/unreachable-runtime.ts";
import type { StreamContext } from "../context.ts";
import { logger } from "../logger.ts";
import { runtime } from "../runtime.ts";
import { bytesRoute } from "./bytes-route.ts";
import { streamRoute } from "./stream-route.ts";

/** A machine may be busy with other tests. */
const WAIT = { timeout: 10_000 };

const ORIGIN = "http://localhost:3000";

unreachableRuntime();

const counting = defineEndpoint({
  name: "counting",
  method: "GET",
  path: "/api/clusters/:cluster/counting",
  summary: "Numbers",
  permission: "read-messages",
  params: z.strictObject({ cluster: clusterName }),
  query: z.strictObject({ to: z.coerce.number().int().optional() }),
  answers: "event-stream",
  response: z.int(),
});
const file = defineEndpoint({ ...counting, name: "file", answers: "bytes", response: z.instanceof(Uint8Array) });

/** Counts, one event for each pull, until `to` or until it is told to end; `pulled` and `returned` tell what happened. */
function counter(to = Number.POSITIVE_INFINITY) {
  const seen = { pulled: 0, returned: 0, contexts: [] as StreamContext[] };
  const service = async (ctx: StreamContext) => {
    seen.contexts.push(ctx);
    return {
      async next(): Promise<IteratorResult<Uint8Array, undefined>> {
        if (ctx.viewing.aborted || seen.pulled >= to) return { done: true, value: undefined };
        seen.pulled += 1;
        return { done: false, value: Buffer.from(`data: ${seen.pulled}\n\n`) };
      },
      async return(): Promise<IteratorResult<Uint8Array, undefined>> {
        seen.returned += 1;
        return { done: true, value: undefined };
      },
    };
  };
  return { seen, handler: streamRoute(counting, service) };
}

function request(path = "/api/clusters/one/counting", init: RequestInit = {}): Request {
  const headers = new Headers(init.headers);
  if (!headers.has("host")) headers.set("host", "localhost:3000");
  return new Request(`${ORIGIN}${path}`, { ...init, headers });
}

async function codeOf(response: Response): Promise<string> {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  return problemDetails.parse(await response.json()).code;
}

describe("a stream", () => {
  test("is server-sent events that nothing on the way may hold back, and is closed once", async () => {
    const { seen, handler } = counter(2);
    const response = await handler(request());
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
      "x-content-type-options": "nosniff",
    });
    expect(runtime().openRequests.count).toBe(1);
    expect(await response.text()).toBe("data: 1\n\ndata: 2\n\n");
    await vi.waitFor(() => expect(runtime().openRequests.count).toBe(0), WAIT);
    expect(seen.returned).toBe(1);
  });

  test("is pulled only as its viewer reads", async () => {
    const { seen, handler } = counter();
    const reader = (await handler(request())).body?.getReader();
    expect(seen.pulled).toBe(0);
    await reader?.read();
    await reader?.read();
    expect(seen.pulled).toBe(2);
    await reader?.cancel();
    expect(seen.returned).toBe(1);
    await vi.waitFor(() => expect(runtime().openRequests.count).toBe(0), WAIT);
  });

  test("is ended when its viewer leaves without a word", async () => {
    const { seen, handler } = counter();
    const leaving = new AbortController();
    await handler(request(undefined, { signal: leaving.signal }));
    leaving.abort();
    await vi.waitFor(() => expect(runtime().openRequests.count).toBe(0), WAIT);
    expect(seen.returned).toBe(1);
    expect(seen.contexts[0]?.viewing.aborted).toBe(true);
  });

  test("may be left in the midst of waiting for its next event", async () => {
    const log = vi.spyOn(logger, "error");
    const next = Promise.withResolvers<IteratorResult<Uint8Array, undefined>>();
    const idle = streamRoute(counting, async () => ({
      next: () => next.promise,
      return: async () => {
        next.resolve({ done: true, value: undefined });
        return { done: true, value: undefined };
      },
    }));
    const reader = (await idle(request())).body?.getReader();
    const read = reader?.read();
    await reader?.cancel();
    expect(await read).toMatchObject({ done: true });
    await vi.waitFor(() => expect(runtime().openRequests.count).toBe(0), WAIT);
    expect(log).not.toHaveBeenCalled();
  });

  test("hears of a shutdown at once, and may end in its own words", async () => {
    const { seen, handler } = counter();
    const response = await handler(request());
    const closed = runtime().openRequests.close(60_000);
    expect(seen.contexts[0]?.viewing.reason).toMatchObject({ code: "shutting-down" });
    expect(await response.text()).toBe("");
    await closed;
    expect(await codeOf(await handler(request()))).toBe("shutting-down");
  });

  test("that fails on its way is broken off, and the reason is in the log", async () => {
    const log = vi.spyOn(logger, "error").mockImplementation(() => {});
    const failing = streamRoute(counting, async () => ({
      next: () => Promise.reject(new Error("secret")),
      return: () => Promise.resolve({ done: true as const, value: undefined }),
    }));
    await expect((await failing(request())).text()).rejects.toThrow();
    expect(log).toHaveBeenCalled();
    await vi.waitFor(() => expect(runtime().openRequests.count).toBe(0), WAIT);
  });

  test("hears where its viewer wants to go on", async () => {
    const { seen, handler } = counter(1);
    await handler(request(undefined, { headers: { "last-event-id": "orders=x:0@1" } }));
    expect(seen.contexts[0]?.lastEventId).toBe("orders=x:0@1");
  });
});

describe("before a stream begins", () => {
  test("whatever is wrong is a plain problem, and nothing stays open", async () => {
    const { seen, handler } = counter();
    expect(await codeOf(await handler(request("/api/clusters/one/counting?to=x")))).toBe("invalid-request");
    expect(await codeOf(await handler(request("/api/clusters/two/counting")))).toBe("cluster-not-found");
    expect(await codeOf(await handler(request(undefined, { headers: { host: "evil.example" } })))).toBe(
      "host-not-allowed",
    );
    expect(await codeOf(await handler(request(undefined, { headers: { "sec-fetch-site": "cross-site" } })))).toBe(
      "cross-site-request",
    );
    const refusing = streamRoute(counting, async () => {
      throw new ProblemError("topic-not-found", "There is no such topic.");
    });
    expect(await codeOf(await refusing(request()))).toBe("topic-not-found");
    expect(seen.contexts).toEqual([]);
    expect(runtime().openRequests.count).toBe(0);
  });

  test("a stream that opens after its viewer left is ended", async () => {
    const returned = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const open = Promise.withResolvers<void>();
    const slow = streamRoute(counting, async () => {
      begun.resolve();
      await open.promise;
      return {
        next: () => Promise.resolve({ done: true as const, value: undefined }),
        return: async () => {
          returned.resolve();
          return { done: true as const, value: undefined };
        },
      };
    });
    const leaving = new AbortController();
    const answer = slow(request(undefined, { signal: leaving.signal }));
    await begun.promise;
    leaving.abort();
    expect(await codeOf(await answer)).toBe("cancelled");
    open.resolve();
    await returned.promise;
  });
});

test("bytes are saved under a harmless name, and never shown", async () => {
  const download = bytesRoute(file, async () => ({ bytes: new Uint8Array([0, 60, 255]), fileName: 'a"b/../c.html' }));
  const response = await download(request());
  expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 60, 255]);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": 'attachment; filename="a_b_.._c.html"',
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "content-length": "3",
  });
});
