import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { groupReading, groupsReading, type Scene } from "#scripts/testing/group-story.ts";
import type { Reading } from "#server/clusters/shared-read.ts";
import type { GroupsReading } from "../group-reading.ts";
import { GroupObserver } from "./group-observer.ts";
import type { Readers } from "./looks.ts";

let scene: Scene | null;
let reads: number;
let observer: GroupObserver;

/** Nothing waits long enough here to be looked into, unless a test says so. */
const readers = {} as Readers;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
  scene = { committed: [5n], high: [5n], members: [[0]] };
  reads = 0;
  observer = new GroupObserver(async (): Promise<Reading<GroupsReading>> => {
    reads++;
    const observedAtMs = Date.now();
    if (scene === null) throw new Error("no broker answers");
    return { value: groupsReading([groupReading("g", scene)], scene), observedAtMs };
  });
});

afterEach(() => {
  observer.close();
  vi.useRealTimers();
});

test("reads nothing until it is started, then a few seconds later, then every 10 s", async () => {
  await vi.advanceTimersByTimeAsync(60_000);
  expect([reads, observer.newest, observer.sinceMs]).toEqual([0, null, null]);
  observer.start(readers);
  observer.start(readers);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(reads).toBe(1);
  expect(observer.sinceMs).toBe(Date.now());
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reads).toBe(7);
  expect(observer.history("g")?.totals()).toHaveLength(7);
  expect(observer.history("unknown")).toBeNull();
});

test("while the cluster doesn't answer it asks more and more rarely, to once a minute, and every 10 s again when it does", async () => {
  observer.start(readers);
  await vi.advanceTimersByTimeAsync(3_000);
  scene = null;
  await vi.advanceTimersByTimeAsync(600_000);
  expect(reads).toBeLessThanOrEqual(14);
  expect(reads).toBeGreaterThanOrEqual(10);
  scene = { committed: [9n], high: [12n], members: [[0]] };
  await vi.advanceTimersByTimeAsync(60_000);
  const before = reads;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(reads).toBe(before + 3);
  const totals = observer.history("g")?.totals() ?? [];
  expect(totals[0]?.lag).toBe(0n);
  expect(totals[1]?.lag).toBeNull();
  expect(totals.at(-1)?.lag).toBe(3n);
});

test("a cluster that never answered has no history, and is no error", async () => {
  scene = null;
  observer.start(readers);
  await vi.advanceTimersByTimeAsync(300_000);
  expect([observer.newest, observer.sinceMs, observer.history("g")]).toEqual([null, null, null]);
});

test("close leaves no timer, and what is being read then changes nothing", async () => {
  let answer: (reading: Reading<GroupsReading>) => void = () => {};
  const slow = new GroupObserver(() => new Promise((resolve) => (answer = resolve)));
  slow.start(readers);
  await vi.advanceTimersByTimeAsync(3_000);
  slow.close();
  const one: Scene = { committed: [5n], high: [5n] };
  answer({ value: groupsReading([groupReading("g", one)], one), observedAtMs: Date.now() });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(slow.history("g")).toBeNull();
  expect(vi.getTimerCount()).toBe(0);
});

test("a clock that was set, or a machine that slept, begins a new history", async () => {
  observer.start(readers);
  await vi.advanceTimersByTimeAsync(33_000);
  expect(observer.history("g")?.totals()).toHaveLength(4);
  vi.setSystemTime(Date.now() - 3_600_000);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(observer.history("g")?.totals()).toHaveLength(1);
  expect(observer.sinceMs).toBe(Date.now());
});

test("a cluster that hangs is given up, and asked again", async () => {
  let asked = 0;
  const hanging = new GroupObserver(() => {
    asked++;
    return new Promise(() => {});
  });
  hanging.start(readers);
  await vi.advanceTimersByTimeAsync(180_000);
  expect(asked).toBeGreaterThanOrEqual(3);
  hanging.close();
  expect(vi.getTimerCount()).toBe(0);
});

test("every sample is judged, so that the overview needs to ask nobody", async () => {
  scene = { committed: [5n], high: [5n], members: [[0], []] };
  observer.start(readers);
  await vi.advanceTimersByTimeAsync(33_000);
  expect(observer.judged.size).toBe(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(observer.judged.get("g")?.map(({ kind }) => kind)).toEqual(["idle-members"]);
  scene = { committed: [5n], high: [5n], members: [[0]] };
  await vi.advanceTimersByTimeAsync(10_000);
  expect(observer.judged.size).toBe(0);
});

test("thousands of groups are sampled and judged without keeping others waiting", async () => {
  vi.useRealTimers();
  let nowMs = 0;
  // Each look at the clock is a millisecond later: nothing here depends on how fast this machine is.
  vi.spyOn(performance, "now").mockImplementation(() => nowMs++);
  const one: Scene = { committed: [5n], high: [9n], members: [[0]] };
  const many = Array.from({ length: 300 }, (_, i) => groupReading(`g${i}`, one));
  const crowded = new GroupObserver(async () => ({ value: groupsReading(many, one), observedAtMs: Date.now() }));
  let othersTurns = 0;
  let done = false;
  const others = (async () => {
    for (; !done; othersTurns++) await turn();
  })();
  await crowded.sample(new AbortController().signal);
  done = true;
  await others;
  vi.restoreAllMocks();
  expect(crowded.history("g299")?.totals()).toHaveLength(1);
  // Sampled in pieces of five looks at the clock at most, and so judged.
  expect(othersTurns).toBeGreaterThanOrEqual((2 * 300) / 5);
});
