import { expect, test, vi } from "vitest";
import { Looks, type Readers, type Waiting } from "./looks.ts";
import type { readableLook } from "./readable-look.ts";

type LookAt = typeof readableLook;
type Stretch = Parameters<LookAt>[2];

/** Nothing is read: what looks find is made up. */
const readers = { decoders: { lease: () => ({ release: () => {} }) } } as unknown as Readers;

function waitingAt(partition: number, scene: Partial<Waiting> = {}): Waiting {
  const [committed, highWatermark] = [99n, 110n];
  return {
    topic: "t",
    topicId: "id",
    partition,
    committed,
    from: committed,
    highWatermark,
    lastStableOffset: highWatermark,
    ...scene,
  };
}

function looksWith(lookAt: (stretch: Stretch) => ReturnType<LookAt>) {
  const looks = new Looks((_ctx, _decoder, stretch) => lookAt(stretch));
  const look = (waiting: readonly Waiting[]) => looks.look(waiting, readers, new AbortController().signal, () => {});
  return { looks, look };
}

test("a look begins where a reader would go on: at the log start when the commit lies below it", async () => {
  const asked: bigint[] = [];
  const { looks, look } = looksWith(async ({ from, to }) => {
    asked.push(from);
    return { readable: false, from, to };
  });
  const one = waitingAt(0, { from: 105n });
  await look([one]);
  expect(asked).toEqual([105n]);
  expect(looks.nothingReadable(one)).toBe(true);
});

test("a message that was found and has been deleted since is no message any more: it is looked again", async () => {
  const { looks, look } = looksWith(async ({ from, to }) =>
    from < 104n ? { readable: true, from, to: 103n } : { readable: false, from, to },
  );
  await look([waitingAt(0)]);
  expect(looks.nothingReadable(waitingAt(0))).toBe(false);
  const later = waitingAt(0, { from: 104n });
  expect(looks.nothingReadable(later)).toBeNull();
  await look([later]);
  expect(looks.nothingReadable(later)).toBe(true);
});

test("where the log holds nothing from the commit on, no look is needed", () => {
  const { looks } = looksWith(() => Promise.reject(new Error("not called")));
  expect(looks.nothingReadable(waitingAt(0, { from: 110n }))).toBe(true);
});

test("looks that fail keep none of the others from being looked into", async () => {
  const { looks, look } = looksWith(async ({ partition, from, to }) => {
    if (partition < 60) throw new Error("its leader is away");
    return { readable: false, from, to };
  });
  const waiting = Array.from({ length: 70 }, (_, partition) => waitingAt(partition));
  for (let sample = 0; sample < 4; sample++) await look(waiting);
  expect(waiting.slice(60).map((one) => looks.nothingReadable(one))).toEqual(Array(10).fill(true));
});

test("one that failed is tried again when the others have had their turn", async () => {
  const tried: number[] = [];
  const { look } = looksWith(async ({ partition, from, to }) => {
    tried.push(partition);
    if (partition === 0 && tried.length === 1) throw new Error("its leader is away");
    return { readable: true, from, to };
  });
  const waiting = Array.from({ length: 41 }, (_, partition) => waitingAt(partition));
  for (let sample = 0; sample < 3; sample++) await look(waiting);
  expect(tried).toHaveLength(42);
  expect(tried.at(-1)).toBe(0);
});

test("looks that hang hold up the samples for a few seconds only, and those behind them are next", async () => {
  vi.useFakeTimers();
  try {
    const { looks, look } = looksWith(({ partition, from, to }) =>
      partition < 4 ? new Promise(() => {}) : Promise.resolve({ readable: false, from, to }),
    );
    const waiting = Array.from({ length: 10 }, (_, partition) => waitingAt(partition));
    const first = look(waiting);
    await vi.advanceTimersByTimeAsync(6_000);
    await first;
    const second = look(waiting);
    await vi.advanceTimersByTimeAsync(6_000);
    await second;
    expect(waiting.slice(4).map((one) => looks.nothingReadable(one))).toEqual(Array(6).fill(true));
  } finally {
    vi.useRealTimers();
  }
});

test("what has been written since a look is not known, and is looked into from where that ended", async () => {
  const asked: bigint[] = [];
  const { looks, look } = looksWith(async ({ from, to }) => {
    asked.push(from);
    return { readable: false, from, to };
  });
  await look([waitingAt(0)]);
  const more = waitingAt(0, { highWatermark: 120n, lastStableOffset: 120n });
  expect(looks.nothingReadable(more)).toBeNull();
  await look([more]);
  expect(asked).toEqual([99n, 110n]);
  expect(looks.nothingReadable(more)).toBe(true);
});

test("a look ends at the last stable offset: of what lies behind an open transaction the leader tells nothing", async () => {
  const asked: bigint[] = [];
  const { looks, look } = looksWith(async ({ from, to }) => {
    asked.push(to);
    return { readable: false, from, to };
  });
  const one = waitingAt(0, { lastStableOffset: 105n });
  await look([one]);
  expect(asked).toEqual([105n]);
  expect(looks.nothingReadable(one)).toBeNull();
});
