import { expect, test, vi } from "vitest";
import { OwnMoves } from "./own-moves.ts";

test("what is under way, or ended since a reading began, may show in the next; in later ones it doesn't", async () => {
  const own = new OwnMoves();
  const nowMs = Date.now();
  expect(own.mayShow("g", 0)).toBe(false);
  await own.during("g", async () => {
    expect(own.mayShow("g", nowMs + 60_000)).toBe(true);
    expect(own.mayShow("other", 0)).toBe(false);
  });
  expect(own.mayShow("g", nowMs)).toBe(true);
  expect(own.mayShow("g", nowMs + 60_000)).toBe(false);
});

test("a change that fails may have moved some all the same", async () => {
  const own = new OwnMoves();
  const failing = own.during("g", async () => {
    throw new Error("no answer");
  });
  await expect(failing).rejects.toThrow("no answer");
  expect(own.mayShow("g", 0)).toBe(true);
  own.clear();
  expect(own.mayShow("g", 0)).toBe(false);
});

test("is forgotten after an hour", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const own = new OwnMoves();
  await own.during("g", async () => {});
  vi.setSystemTime(Date.now() + 61 * 60_000);
  await own.during("other", async () => {});
  expect(own.mayShow("g", 0)).toBe(false);
  vi.useRealTimers();
});
