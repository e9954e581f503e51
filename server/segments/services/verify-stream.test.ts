import { expect, test } from "vitest";
import { verifyFrame } from "#lib/contracts/verifications.ts";
import type { VerifyEvent } from "../verify/verify-event.ts";
import { VerifyStream } from "./verify-stream.ts";

const started: VerifyEvent = { kind: "started", segments: 1, bytes: 10 };

/** A verification that has its turn when it is told to. */
function queued(waitingEveryMs: number) {
  const turn = Promise.withResolvers<void>();
  async function* verify(signal: AbortSignal): AsyncGenerator<VerifyEvent, void> {
    signal.addEventListener("abort", () => turn.reject(signal.reason), { once: true });
    await turn.promise;
    yield started;
  }
  const stream = new VerifyStream(1, verify, new AbortController().signal, { waitingEveryMs });
  return { stream, hasItsTurn: () => turn.resolve() };
}

async function next(stream: VerifyStream): Promise<string> {
  const text = Buffer.from((await stream.next()).value ?? []).toString();
  const [, data = ""] = /^data: (.*)$/m.exec(text) ?? [];
  return verifyFrame.parse(JSON.parse(data)).frame;
}

test("who waits for their turn hears so again and again, until it comes", async () => {
  const { stream, hasItsTurn } = queued(5);
  await stream.begin(1);
  expect([await next(stream), await next(stream), await next(stream)]).toEqual(["waiting", "waiting", "waiting"]);
  hasItsTurn();
  // One more word may have been on its way.
  let frame = await next(stream);
  if (frame === "waiting") frame = await next(stream);
  expect(frame).toBe("started");
  expect(await stream.next()).toEqual({ done: true, value: undefined });
});

test("who has their turn at once waits for nothing", async () => {
  const { stream, hasItsTurn } = queued(5);
  hasItsTurn();
  await stream.begin(60_000);
  expect(await next(stream)).toBe("started");
});

test("who leaves while they wait ends it", async () => {
  const { stream } = queued(60_000);
  await stream.begin(1);
  expect(await next(stream)).toBe("waiting");
  const waited = stream.next();
  await stream.return();
  await expect(waited).rejects.toMatchObject({ code: "cancelled" });
  expect(await stream.next()).toEqual({ done: true, value: undefined });
});
