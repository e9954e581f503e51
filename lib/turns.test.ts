import { expect, test } from "vitest";
import { Turns } from "./turns.ts";

function job() {
  const done = Promise.withResolvers<string>();
  let started = false;
  return {
    finish: done.resolve,
    fail: done.reject,
    started: () => started,
    work: () => {
      started = true;
      return done.promise;
    },
  };
}
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
const { signal } = new AbortController();

test("so many work at a time, the others in the order in which they came", async () => {
  const turns = new Turns(2);
  const jobs = [job(), job(), job(), job()];
  const answers = jobs.map(({ work }) => turns.take(signal, work));
  await settle();
  expect(jobs.map(({ started }) => started())).toEqual([true, true, false, false]);
  jobs[1]?.finish("b");
  await settle();
  expect(jobs.map(({ started }) => started())).toEqual([true, true, true, false]);
  for (const [index, { finish }] of jobs.entries()) finish("abcd".charAt(index));
  expect(await Promise.all(answers)).toEqual(["a", "b", "c", "d"]);
});

test("who is cancelled leaves the line; who fails makes room", async () => {
  const turns = new Turns(1);
  const [first, second, third] = [job(), job(), job()];
  const leaving = new AbortController();
  const failed = turns.take(signal, first.work);
  const left = turns.take(leaving.signal, second.work);
  const last = turns.take(signal, third.work);
  leaving.abort(new Error("out of sight"));
  await expect(left).rejects.toThrow("out of sight");
  first.fail(new Error("vanished"));
  await expect(failed).rejects.toThrow("vanished");
  await settle();
  expect([second.started(), third.started()]).toEqual([false, true]);
  third.finish("c");
  expect(await last).toBe("c");
  await expect(turns.take(leaving.signal, second.work)).rejects.toThrow("out of sight");
});
