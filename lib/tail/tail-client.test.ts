import { afterEach, describe, expect, test, vi } from "vitest";
import { type StreamCall, streamServer } from "#scripts/testing/stream-server.ts";
import type { TailFrame, TailFrames } from "../contracts/tail.ts";
import { problemStatus } from "../problem.ts";
import { LONGEST_DELAY_MS, reconnectDelayMs, TailClient, type TailConnection } from "./tail-client.ts";
import { isMessage } from "./tail-entry.ts";
import { TailPositions } from "./tail-positions.ts";

/** A machine may be busy with other tests. */
const WAIT = { timeout: 10_000 };

const ID = "AAAAAAAAAAAAAAAAAAAAAA";
const OTHER_ID = "BBBBBBBBBBBBBBBBBBBBBB";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function setUp() {
  const server = await streamServer();
  closing.push(server.close);
  const frames: TailFrame[] = [];
  const connections: TailConnection[] = [];
  const positions = new TailPositions();
  const client = new TailClient({
    cluster: "local",
    search: { topics: "orders", contains: "a b" },
    positions,
    baseUrl: server.url,
    onFrame: (frame) => frames.push(frame),
    onConnection: (connection) => connections.push(connection),
  });
  closing.push(() => client.stop());
  const called = async (count: number): Promise<StreamCall> => {
    const call = await vi.waitFor(
      () => {
        const one = server.calls[count - 1];
        if (one === undefined) throw new Error(`call ${count} has not come`);
        return one;
      },
      { timeout: 5_000 },
    );
    return call;
  };
  const latest = () => connections.at(-1);
  return { client, server, frames, connections, positions, called, latest };
}

const table = (...partitions: [number, number, string | null][]): TailFrames["ready"] => ({
  topics: [
    { name: "orders", topicId: ID, partitions: 2 },
    { name: "refunds", topicId: OTHER_ID, partitions: 1 },
  ],
  partitions,
  order: "approximate",
});

function problem(code: keyof typeof problemStatus, detail = "because") {
  return { type: `/problems/${code}`, code, title: code, status: problemStatus[code], detail, requestId: "r-1" };
}

describe("one stream", () => {
  test("GET first, with the query as it stands; frames arrive in order; a stop ends it at once", async () => {
    const { client, frames, connections, called } = await setUp();
    client.start({ cursor: null });
    const call = await called(1);
    expect(call.method).toBe("GET");
    expect(call.url.pathname).toBe("/api/clusters/local/messages/tail");
    expect(Object.fromEntries(call.url.searchParams)).toEqual({ topics: "orders", contains: "a b" });
    call.send("ready", table([0, 0, "5"]));
    call.send("messages", { next: [[0, "6"]], rows: [[0, "5", 1, null, "x"]] });
    await vi.waitFor(() => expect(frames.map(({ name }) => name)).toEqual(["ready", "messages"]), WAIT);
    expect(connections.map(({ kind }) => kind)).toEqual(["connecting", "open"]);
    const closed = new Promise((resolve) => call.response.on("close", resolve));
    client.stop();
    await closed;
    expect(client.isRunning).toBe(false);
  });

  test("a frame in many pieces, with letters cut in the middle, is whole", async () => {
    const { client, frames, called } = await setUp();
    client.start({ cursor: null });
    const call = await called(1);
    call.send("ready", table([0, 0, "0"]));
    const bytes = Buffer.from(
      `event: messages\ndata: ${JSON.stringify({ next: [], rows: [[0, "0", 1, "é", "日本"]] })}\n\n`,
    );
    for (const byte of bytes) call.response.write(Buffer.from([byte]));
    await vi.waitFor(() => expect(frames.at(-1)).toMatchObject({ data: { rows: [[0, "0", 1, "é", "日本"]] } }), WAIT);
  });

  test("frames of a name that this page doesn't know are passed over", async () => {
    const { client, frames, called } = await setUp();
    client.start({ cursor: null });
    const call = await called(1);
    call.send("ready", table([0, 0, "0"]));
    call.response.write("event: weather\ndata: {}\n\n: a comment\n\n");
    call.send("stats", {
      atMs: 1,
      in: 0,
      matched: 0,
      sent: 0,
      bytes: 0,
      lost: {},
      behind: "0",
      waiting: null,
      viewers: 1,
    });
    await vi.waitFor(() => expect(frames.map(({ name }) => name)).toEqual(["ready", "stats"]), WAIT);
  });
});

describe("a lost stream", () => {
  test("is continued at once by POST from the merged positions of all frames", async () => {
    const { client, called, latest } = await setUp();
    client.start({ cursor: null });
    const first = await called(1);
    first.send("ready", table([0, 0, "5"], [0, 1, "7"], [1, 0, "1"]));
    first.send("messages", { next: [[0, "9"]], rows: [] });
    first.send("gap", { reason: "retention", ranges: [[2, "1", "3"]], next: [[2, "4"]], detail: "" });
    await vi.waitFor(() => expect(latest()?.kind).toBe("open"), WAIT);
    first.response.end();
    const second = await called(2);
    expect(second.method).toBe("POST");
    expect(second.url.searchParams.get("contains")).toBe("a b");
    expect(JSON.parse(second.body)).toEqual({ cursor: `orders=${ID}*2:0@9,1@7;refunds=${OTHER_ID}*1:0@4` });
    second.send("ready", table([0, 0, "9"]));
    await vi.waitFor(() => expect(latest()).toEqual({ kind: "open", resumed: true }), WAIT);
  });

  test("whose table has another order gives rows the places they had", async () => {
    const { client, frames, positions, called } = await setUp();
    client.start({ cursor: null });
    const first = await called(1);
    first.send("ready", table([0, 0, "5"], [1, 0, "7"]));
    await vi.waitFor(() => expect(frames).toHaveLength(1), WAIT);
    first.response.destroy();
    const second = await called(2);
    second.send("ready", table([1, 0, "7"], [0, 0, "5"], [0, 4, "0"]));
    second.send("messages", {
      next: [
        [0, "8"],
        [2, "1"],
      ],
      rows: [
        [0, "7", 1, null, "refund"],
        [1, "5", 1, null, "order"],
        [2, "0", 1, null, "new partition"],
        { gap: [0, "1", "2"], reason: "compacted" },
      ],
    });
    await vi.waitFor(() => expect(frames.at(-1)?.name).toBe("messages"), WAIT);
    const last = frames.at(-1);
    const rows = last?.name === "messages" ? last.data.rows : [];
    expect(rows.map((row) => (isMessage(row) ? row[0] : "gap" in row ? row.gap[0] : null))).toEqual([1, 0, 2, 1]);
    expect(positions.partitions).toMatchObject([
      { topic: "orders", partition: 0 },
      { topic: "refunds", partition: 0 },
      { topic: "orders", partition: 4 },
    ]);
    expect(positions.next).toEqual(["5", "8", "1"]);
  });

  test("by a shutdown is tried again; the reason is told meanwhile", async () => {
    const { client, connections, called } = await setUp();
    client.start({ cursor: null });
    const first = await called(1);
    first.send("ready", table([0, 0, "5"]));
    first.send("end", { reason: "shutting-down", detail: "Tailrace is restarting." });
    await called(2);
    expect(connections.at(-1)).toMatchObject({
      kind: "reconnecting",
      everOpen: true,
      problem: { code: "shutting-down", message: "Tailrace is restarting." },
    });
  });

  test("waits longer each time, at most ten seconds; the first try comes at once", () => {
    const delays = Array.from({ length: 12 }, (_, attempt) => reconnectDelayMs(attempt, 1));
    expect(delays.slice(0, 4)).toEqual([0, 500, 1_000, 2_000]);
    expect(Math.max(...delays)).toBe(LONGEST_DELAY_MS);
  });

  test("need not be waited for", async () => {
    const { client, called, latest } = await setUp();
    client.start({ cursor: null });
    for (const count of [1, 2, 3, 4]) {
      const call = await called(count);
      call.response.writeHead(503, { "content-type": "application/problem+json" });
      call.response.end(JSON.stringify(problem("too-many-tails")));
      await vi.waitFor(() => expect(latest()).toMatchObject({ kind: "reconnecting", attempt: count - 1 }), WAIT);
      client.hurry();
    }
    const began = performance.now();
    client.hurry();
    await called(5);
    // It would wait for 1.6 s at least.
    expect(performance.now() - began).toBeLessThan(1_200);
  });
});

describe("what ends a tail", () => {
  test("a problem that won't pass by itself is not tried again", async () => {
    const { client, server, called, latest } = await setUp();
    client.start({ cursor: null });
    const call = await called(1);
    call.response.writeHead(404, { "content-type": "application/problem+json" });
    call.response.end(JSON.stringify(problem("topic-not-found", "There is no topic orders.")));
    await vi.waitFor(
      () =>
        expect(latest()).toMatchObject({
          kind: "failed",
          problem: { code: "topic-not-found", message: "There is no topic orders.", requestId: "r-1" },
        }),
      WAIT,
    );
    expect(server.calls).toHaveLength(1);
    expect(client.isRunning).toBe(false);
  });

  test("a fatal problem frame is told the same way; one that passes is only a frame", async () => {
    const { client, frames, called, latest } = await setUp();
    client.start({ cursor: null });
    const call = await called(1);
    call.send("ready", table([0, 0, "5"]));
    call.send("problem", { problem: problem("broker-unreachable"), fatal: false });
    await vi.waitFor(() => expect(frames.at(-1)?.name).toBe("problem"), WAIT);
    expect(latest()?.kind).toBe("open");
    call.send("problem", { problem: problem("kafka-forbidden"), fatal: true });
    await vi.waitFor(
      () => expect(latest()).toMatchObject({ kind: "failed", problem: { code: "kafka-forbidden" } }),
      WAIT,
    );
  });

  test("a quiet end, with its words", async () => {
    const { client, server, called, latest } = await setUp();
    client.start({ cursor: null });
    const call = await called(1);
    call.send("ready", table([0, 0, "5"]));
    call.send("end", { reason: "quiet", detail: "Nothing came for 5 s." });
    await vi.waitFor(
      () => expect(latest()).toEqual({ kind: "ended", reason: "quiet", detail: "Nothing came for 5 s." }),
      WAIT,
    );
    expect(server.calls).toHaveLength(1);
  });

  test("a frame that isn't what its name promises loses the stream, not the page", async () => {
    const { client, called, connections } = await setUp();
    client.start({ cursor: null });
    const call = await called(1);
    call.response.writeHead(200, { "content-type": "text/event-stream" });
    call.response.write('event: stats\ndata: {"in":"many"}\n\n');
    await called(2);
    expect(connections).toContainEqual(expect.objectContaining({ kind: "reconnecting" }));
  });
});

test("a burst of 20,000 rows is taken in slices: other work gets its turn in between", {
  timeout: 20_000,
}, async () => {
  const { client, frames, called } = await setUp();
  client.start({ cursor: null });
  const call = await called(1);
  call.send("ready", table([0, 0, "0"]));
  const value = JSON.stringify({ orderId: "ord_8f3k2", text: "x".repeat(150) });
  const payload = Array.from({ length: 100 }, (_, frame) => {
    const rows = Array.from({ length: 200 }, (_, row) => [
      0,
      String(frame * 200 + row),
      1_795_000_000_000,
      "ord_8f3k2",
      value,
    ]);
    return `event: messages\ndata: ${JSON.stringify({ next: [[0, String((frame + 1) * 200)]], rows })}\n\n`;
  }).join("");
  let turns = 0;
  const taken = () => frames.filter(({ name }) => name === "messages").length;
  const pulse = setInterval(() => {
    if (taken() > 0 && taken() < 100) turns += 1;
  }, 0);
  call.response.write(payload);
  await vi.waitFor(() => expect(taken()).toBe(100), { timeout: 10_000 });
  clearInterval(pulse);
  expect(turns).toBeGreaterThan(2);
});
