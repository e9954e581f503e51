import { afterEach, expect, test, vi } from "vitest";
import { type StreamCall, streamServer } from "#scripts/testing/stream-server.ts";
import { type VerifyFrame, verifySegments } from "./contracts/verifications.ts";
import { streamEvents } from "./event-stream.ts";

/** A machine may be busy with other tests. */
const WAIT = { timeout: 10_000 };

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const started: VerifyFrame = { frame: "started", brokerId: 2, segments: 3, bytes: "3000" };
const text = (frame: VerifyFrame) => `event: ${frame.frame}\ndata: ${JSON.stringify(frame)}\n\n`;

/** A stream that is asked for, the server's end of it, and what came. */
async function asked() {
  const server = await streamServer();
  closing.push(server.close);
  const stop = new AbortController();
  const frames: VerifyFrame[] = [];
  const input = { cluster: "a b", topic: "orders", partition: "3", query: { broker: "2" } };
  const over = (async () => {
    const events = streamEvents(verifySegments, input, { signal: stop.signal, baseUrl: server.url });
    for await (const frame of events) frames.push(frame);
  })();
  over.catch(() => {});
  const call = await vi.waitFor((): StreamCall => {
    const [one] = server.calls;
    if (one === undefined) throw new Error("nobody asked yet");
    return one;
  }, WAIT);
  return { call, frames, over, stop };
}

test("events come as they are sent, in whatever pieces; the stream's end is the end", async () => {
  const { call, frames, over } = await asked();
  expect(`${call.method} ${call.url.pathname}${call.url.search}`).toBe(
    "GET /api/clusters/a%20b/topics/orders/partitions/3/segments/verify?broker=2",
  );
  call.response.writeHead(200, { "content-type": "text/event-stream" });
  const all = text({ frame: "waiting" }) + text(started);
  const cut = text({ frame: "waiting" }).length + 9;
  call.response.write(all.slice(0, cut));
  await vi.waitFor(() => expect(frames).toEqual([{ frame: "waiting" }]), WAIT);
  call.response.end(all.slice(cut));
  await over;
  expect(frames).toEqual([{ frame: "waiting" }, started]);
});

test("a problem is thrown as the server answered it", async () => {
  const { call, over } = await asked();
  const problem = {
    type: "/problems/too-many-verifications",
    code: "too-many-verifications",
    title: "Other verifications wait already",
    status: 503,
    detail: "Try again.",
    requestId: "r-1",
  };
  call.response.writeHead(503, { "content-type": "application/problem+json" }).end(JSON.stringify(problem));
  await expect(over).rejects.toMatchObject({ code: "too-many-verifications", message: "Try again.", requestId: "r-1" });
});

test("a connection that breaks, and what is no event of the contract, are told apart from an end", async () => {
  const broken = await asked();
  broken.call.response.writeHead(200);
  broken.call.response.write(text(started));
  await vi.waitFor(() => expect(broken.frames).toHaveLength(1), WAIT);
  broken.call.response.destroy();
  await expect(broken.over).rejects.toMatchObject({ code: "internal" });

  const odd = await asked();
  odd.call.response.writeHead(200);
  odd.call.response.write('data: {"frame":"other"}\n\n');
  await expect(odd.over).rejects.toMatchObject({ code: "internal" });
});

test("an abort closes the stream at the server, too", async () => {
  const { call, over, stop } = await asked();
  call.response.writeHead(200);
  call.response.write(text(started));
  const closed = new Promise((resolve) => call.response.on("close", resolve));
  stop.abort();
  await closed;
  await expect(over).rejects.toThrow();
});
