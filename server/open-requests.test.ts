import { expect, test } from "vitest";
import { OpenRequests } from "./open-requests.ts";

const viewer = () => new AbortController().signal;

test("a shutdown lets a request that is being answered finish, and takes no new one", async () => {
  const open = new OpenRequests();
  let finish: (answer: string) => void = () => {};
  const answer = open.run(
    viewer(),
    () =>
      new Promise<string>((resolve) => {
        finish = resolve;
      }),
  );
  expect(open.count).toBe(1);
  const closed = open.close(10_000);
  expect(open.accepting).toBe(false);
  await expect(open.run(viewer(), async () => "late")).rejects.toMatchObject({ code: "shutting-down" });
  finish("done");
  expect(await answer).toBe("done");
  await closed;
  expect(open.count).toBe(0);
});

test("what is still open after the grace, such as a stream, is ended and told why", async () => {
  const open = new OpenRequests();
  const stream = open.run(
    viewer(),
    (signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  );
  const ended = expect(stream).rejects.toMatchObject({ code: "shutting-down" });
  await open.close(10);
  await ended;
  expect(open.count).toBe(0);
});

test("a viewer who leaves aborts only their own request", async () => {
  const open = new OpenRequests();
  const leaving = new AbortController();
  const signals: AbortSignal[] = [];
  const wait = (signal: AbortSignal) => {
    signals.push(signal);
    return new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
  };
  const first = open.run(leaving.signal, wait);
  const second = open.run(viewer(), wait);
  leaving.abort();
  await first;
  expect(signals.map((signal) => signal.aborted)).toEqual([true, false]);
  expect(open.count).toBe(1);
  await open.close(0);
  await second;
});
