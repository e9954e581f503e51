import { expect, test } from "vitest";
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
