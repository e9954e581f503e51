import { afterEach, describe, expect, test, vi } from "vitest";
import { type StreamCall, streamServer } from "#scripts/testing/stream-server.ts";
import type { MessageRow } from "../contracts/message-row.ts";
import type { TailFrames } from "../contracts/tail.ts";
import { isDivider, isMessage, type LoadableDivider } from "./tail-entry.ts";
import { TailSession } from "./tail-session.ts";
import { MAX_PENDING } from "./tail-store.ts";

/** A machine may be busy with other tests. */
const WAIT = { timeout: 10_000 };

const ID = "AAAAAAAAAAAAAAAAAAAAAA";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function setUp({ capacity = 100, search = { topics: "orders" } as Record<string, string> } = {}) {
  const server = await streamServer();
  closing.push(server.close);
  const session = new TailSession({
    cluster: "local",
    search,
    capacity,
    baseUrl: server.url,
    schedule: (flush) => void setImmediate(flush),
  });
  closing.push(() => session.stop());
  const called = (count: number): Promise<StreamCall> =>
    vi.waitFor(
      () => {
        const call = server.calls[count - 1];
        if (call === undefined) throw new Error(`call ${count} has not come`);
        return call;
      },
      { timeout: 5_000 },
    );
  const offsets = () =>
    Array.from({ length: session.store.length }, (_, index) => session.store.at(index)).flatMap((entry) =>
      entry !== undefined && isMessage(entry) ? [entry[1]] : [],
    );
  const divider = (): LoadableDivider | undefined => {
    for (let index = session.store.length - 1; index >= 0; index -= 1) {
      const entry = session.store.at(index);
      if (entry !== undefined && isDivider(entry) && (entry.kind === "lost" || entry.kind === "jumped")) return entry;
    }
    return undefined;
  };
  return { session, server, called, offsets, divider };
}

const ready = (first = "0"): TailFrames["ready"] => ({
  topics: [{ name: "orders", topicId: ID, partitions: 1 }],
  partitions: [[0, 0, first]],
  order: "exact",
});

function messages(from: number, count: number): TailFrames["messages"] {
  const rows = Array.from({ length: count }, (_, index): MessageRow => [0, `${from + index}`, 1, null, "x"]);
  return { next: [[0, `${from + count}`]], rows };
}

const stats = (behind: string | null, waiting: TailFrames["stats"]["waiting"] = null): TailFrames["stats"] => ({
  atMs: 1,
  in: 0,
  matched: 0,
  sent: 0,
  bytes: 0,
  lost: {},
  behind,
  waiting,
  viewers: 1,
});

test("a hidden tab closes its stream, and goes on without a gap when it is shown", async () => {
  const { session, called, offsets } = await setUp();
  session.start();
  const first = await called(1);
  first.send("ready", ready());
  first.send("messages", messages(0, 3));
  await vi.waitFor(() => expect(offsets()).toHaveLength(3), WAIT);
  const closed = new Promise((resolve) => first.response.on("close", resolve));
  session.rest();
  expect(session.getStatus().resting).toBe(true);
  await closed;
  session.wake();
  const second = await called(2);
  expect(JSON.parse(second.body)).toEqual({ cursor: `orders=${ID}*1:0@3` });
  second.send("ready", ready("3"));
  second.send("messages", messages(3, 2));
  await vi.waitFor(() => expect(offsets()).toEqual(["0", "1", "2", "3", "4"]), WAIT);
  expect(session.getStatus()).toMatchObject({ resting: false, connection: { kind: "open", resumed: true } });
});

test("a pause that grows too long closes the stream at an exact place; continuing goes on there", {
  timeout: 20_000,
}, async () => {
  const { session, called, offsets } = await setUp();
  session.start();
  const first = await called(1);
  first.send("ready", ready());
  await vi.waitFor(() => expect(session.getStatus().connection.kind).toBe("open"), WAIT);
  session.pause("you");
  const closed = new Promise((resolve) => first.response.on("close", resolve));
  const frame = 5_000;
  for (let from = 0; from < MAX_PENDING + 2 * frame; from += frame) first.send("messages", messages(from, frame));
  await closed;
  const { messages: newer, more } = session.store.newer;
  expect(more).toBe(true);
  expect(newer).toBe(MAX_PENDING + frame);
  session.resume();
  const second = await called(2);
  expect(JSON.parse(second.body)).toEqual({ cursor: `orders=${ID}*1:0@${newer}` });
  second.send("ready", ready(String(newer)));
  second.send("messages", messages(newer, 1));
  await vi.waitFor(() => expect(offsets().at(-1)).toBe(String(newer)), WAIT);
});

test("a pause by hand is not talked out of it; a pause of the moment takes the newest reason", async () => {
  const { session } = await setUp();
  session.pause("selecting");
  session.pause("message");
  expect(session.getStatus().pause).toBe("message");
  session.pause("you");
  session.pause("scrolled");
  expect(session.getStatus().pause).toBe("you");
});

test("a message or a selection that is no more leaves the list held, as it was before", async () => {
  const { session } = await setUp();
  session.pause("message");
  session.endReason("message");
  expect(session.getStatus().pause).toBe("held");
  expect(session.store.paused).toBe(true);
  session.pause("selecting");
  session.endReason("message");
  expect(session.getStatus().pause).toBe("selecting");

  session.resume();
  session.endReason("selecting");
  expect(session.getStatus().pause).toBeNull();
  session.pause("scrolled");
  session.pause("selecting");
  session.pause("message");
  session.endReason("message");
  expect(session.getStatus().pause).toBe("scrolled");
});

test("partitions that wait, with the distance of the others unknown, make nothing live", async () => {
  const { session, called } = await setUp({ search: { topics: "orders", from: "earliest" } });
  const waiting = { partitions: 1, why: "no leader" };
  session.start();
  const call = await called(1);
  call.send("ready", ready());
  call.send("stats", { ...stats(null, waiting), viewers: 7 });
  await vi.waitFor(() => expect(session.store.getFigures().viewers).toBe(7), WAIT);
  expect(session.getStatus().catchingUp).toBe(true);
  call.send("stats", stats("5000000", waiting));
  call.send("stats", { ...stats(null, waiting), viewers: 8 });
  await vi.waitFor(() => expect(session.store.getFigures().viewers).toBe(8), WAIT);
  expect(session.getStatus().catchingUp).toBe(true);
  call.send("stats", stats("12", waiting));
  await vi.waitFor(() => expect(session.getStatus().catchingUp).toBe(false), WAIT);
  call.send("stats", { ...stats(null, waiting), viewers: 9 });
  await vi.waitFor(() => expect(session.store.getFigures().viewers).toBe(9), WAIT);
  expect(session.getStatus().catchingUp).toBe(false);
});

test("what a start is counted from is when reading began, not when the stream was continued", async () => {
  const { session, called } = await setUp({ search: { topics: "orders", from: "-5m" } });
  expect(session.startedAtMs).toBeNull();
  session.start();
  const startedAtMs = session.startedAtMs;
  expect(Math.abs(Date.now() - (startedAtMs ?? 0))).toBeLessThan(10_000);
  (await called(1)).send("ready", ready());
  await vi.waitFor(() => expect(session.getStatus().connection.kind).toBe("open"), WAIT);
  session.rest();
  session.wake();
  await called(2);
  expect(session.startedAtMs).toBe(startedAtMs);
});

test("far behind, a jump to live begins a new stream at now, and what it passed over can be loaded", async () => {
  const { session, called, offsets, divider } = await setUp({
    search: { topics: "orders", from: "earliest", contains: "a", isolation: "committed" },
  });
  session.start();
  const first = await called(1);
  expect(first.url.searchParams.get("from")).toBe("earliest");
  first.send("ready", ready());
  first.send("messages", messages(0, 2));
  first.send("stats", stats("500000"));
  await vi.waitFor(() => expect(offsets()).toHaveLength(2), WAIT);
  expect(session.getStatus().catchingUp).toBe(true);

  session.jumpToLive();
  const second = await called(2);
  expect(second.method).toBe("GET");
  expect(Object.fromEntries(second.url.searchParams)).toEqual({
    topics: "orders",
    from: "now",
    contains: "a",
    isolation: "committed",
  });
  second.send("ready", ready("500002"));
  await vi.waitFor(() => expect(divider()).toMatchObject({ kind: "jumped", ranges: [[0, "2", "500001"]] }), WAIT);

  const jumped = divider();
  if (jumped === undefined) throw new Error("no divider");
  const loading = session.load(jumped);
  expect(session.getStatus().pause).toBe("loading");
  const page = await called(3);
  expect(page.url.pathname).toBe("/api/clusters/local/topics/orders/messages");
  expect(Object.fromEntries(page.url.searchParams)).toMatchObject({
    partition: "0",
    offset: "2",
    until: "500002",
    contains: "a",
    isolation: "committed",
    topicId: ID,
  });
  page.response.writeHead(200, { "content-type": "application/json" });
  page.response.end(
    JSON.stringify({
      rows: [[0, "77", 1, null, "a"]],
      next: null,
      logStartOffset: "0",
      highWatermark: "500002",
      observedAtMs: 1,
    }),
  );
  await loading;
  expect(offsets()).toEqual(["0", "1", "77"]);
  expect(divider()).toMatchObject({ loading: "done", loaded: 1, ranges: [] });
});

test("offsets that can't be loaded say why, and can be tried again", async () => {
  const { session, called, divider } = await setUp();
  session.start();
  const first = await called(1);
  first.send("ready", ready());
  first.send("gap", {
    reason: "lost",
    ranges: [[0, "0", "4"]],
    lost: { "slow-client": 5 },
    next: [[0, "5"]],
    detail: "",
  });
  await vi.waitFor(() => expect(divider()).toBeDefined(), WAIT);
  const lost = divider();
  if (lost === undefined) throw new Error("no divider");
  const loading = session.load(lost);
  const page = await called(2);
  page.response.writeHead(502);
  page.response.end();
  await loading;
  expect(divider()).toMatchObject({ kind: "lost", ranges: [[0, "0", "4"]], loading: { code: "internal" } });
});

describe("another filter reads again", () => {
  test("everything since the beginning while that is little", async () => {
    const { session, called, offsets } = await setUp();
    session.start();
    const call = await called(1);
    call.send("ready", ready("40"));
    call.send("messages", { next: [[0, "60"]], rows: [[0, "55", 1, null, "x"]] });
    await vi.waitFor(() => expect(offsets()).toEqual(["55"]), WAIT);
    expect(session.cursorToRepeat()).toBe(`orders=${ID}*1:0@40`);
  });

  test("what is shown when there was more", async () => {
    const { session, called, offsets } = await setUp({ capacity: 10 });
    session.start();
    const call = await called(1);
    call.send("ready", ready("0"));
    call.send("messages", messages(0, 50));
    await vi.waitFor(() => expect(offsets()).toHaveLength(10), WAIT);
    expect(session.cursorToRepeat()).toBe(`orders=${ID}*1:0@40`);
  });

  test("never more than the list holds: a rare filter may have passed over millions since its oldest row", async () => {
    const { session, called, offsets } = await setUp({ capacity: 100 });
    session.start();
    const call = await called(1);
    call.send("ready", {
      topics: [{ name: "orders", topicId: ID, partitions: 3 }],
      partitions: [
        [0, 0, "0"],
        [0, 1, "0"],
        [0, 2, "0"],
      ],
      order: "approximate",
    });
    call.send("messages", {
      next: [
        [0, "54000000"],
        [1, "18000000"],
        [2, "7"],
      ],
      rows: [
        [0, "0", 1, null, "x"],
        [1, "0", 1, null, "x"],
      ],
    });
    await vi.waitFor(() => expect(offsets()).toHaveLength(2), WAIT);
    expect(session.cursorToRepeat()).toBe(`orders=${ID}*3:0@53999925,1@17999975,2@7`);
  });

  test("nothing before there is anything", async () => {
    const { session } = await setUp();
    expect(session.cursorToRepeat()).toBeNull();
  });
});

test("closing the page ends the stream and what is being loaded", async () => {
  const { session, called } = await setUp();
  session.start();
  const call = await called(1);
  call.send("ready", ready());
  const closed = new Promise((resolve) => call.response.on("close", resolve));
  await vi.waitFor(() => expect(session.getStatus().connection.kind).toBe("open"), WAIT);
  session.stop();
  await closed;
});
