import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import type { SegmentCounts } from "../contracts/segment-batches.ts";
import { segmentCountsQuery } from "./segments.ts";

const place = { topic: "t", partition: 0 };
const rolled = { baseOffset: "0", sizeBytes: "1000" };
const active = { ...rolled, active: true };
const halfway: Partial<SegmentCounts> = { complete: false, countedBytes: "500" };
const answer = (part: Partial<SegmentCounts>) => async () =>
  Response.json({
    brokerId: 1,
    batches: 1,
    records: "1",
    controlBatches: 0,
    transactionalBatches: 0,
    codecs: [],
    gaps: "0",
    damage: [],
    complete: true,
    countedBytes: "1000",
    fileBytes: "1000",
    bytesRead: "1000",
    observedAtMs: 1,
    ...part,
  } satisfies SegmentCounts);
const away = async () => Promise.reject(new TypeError("away"));

afterEach(() => vi.unstubAllGlobals());

/** Asks once for each answer. @returns in how many ms it is asked again; false: not at all */
async function againAfterMs(
  segment: typeof rolled,
  ...answers: ((url: string | URL | Request) => Promise<Response>)[]
) {
  const options = segmentCountsQuery("c", place, segment, 1);
  const client = new QueryClient();
  for (const each of answers) {
    vi.stubGlobal("fetch", each);
    await client.fetchQuery({ ...options, staleTime: 0 }).catch(() => {});
  }
  const { refetchInterval } = options;
  if (typeof refetchInterval !== "function") throw new Error("whether to go on depends on what came");
  return refetchInterval(new QueryObserver(client, options).getCurrentQuery());
}

test("a rolled segment is counted on until it is complete, and then no more", async () => {
  expect(await againAfterMs(rolled, answer(halfway))).toBeLessThan(1_000);
  expect(await againAfterMs(rolled, answer(halfway), answer({}))).toBe(false);
});

test("a failure halfway neither leaves it there for good nor asks without a pause", async () => {
  expect(await againAfterMs(rolled, answer(halfway), away)).toBeGreaterThan(5_000);
  expect(await againAfterMs(rolled, answer(halfway), away, answer(halfway))).toBeLessThan(1_000);
});

test("what can't be counted at all isn't asked for again", async () => {
  expect(await againAfterMs(rolled, away)).toBe(false);
});

test("a count is of the bytes that were listed: once for each size, and again after a failure of the active one", async () => {
  const asked: string[] = [];
  const answered = (part: Partial<SegmentCounts>) => async (url: string | URL | Request) => {
    asked.push(String(url));
    return answer(part)();
  };
  expect(await againAfterMs(active, answered({}))).toBe(false);
  expect(asked[0]).toContain("upTo=1000");
  expect(await againAfterMs(active, away)).toBeGreaterThan(5_000);
  const keyOf = (segment: typeof rolled) => segmentCountsQuery("c", place, segment, 1).queryKey;
  expect(keyOf({ ...active, sizeBytes: "2000" })).not.toEqual(keyOf(active));
});

test("while a larger size is counted the smaller one's count is at least that; of another replica or a cut log it is nothing", async () => {
  vi.stubGlobal("fetch", answer({ records: "500" }));
  const client = new QueryClient();
  const watched = new QueryObserver(client, segmentCountsQuery("c", place, active, 1));
  const stop = watched.subscribe(() => {});
  await vi.waitFor(() =>
    expect(watched.getCurrentResult()).toMatchObject({ data: { records: "500", complete: true } }),
  );
  vi.stubGlobal("fetch", () => new Promise(() => {}));
  const shownFor = (sizeBytes: string, broker: number) => {
    watched.setOptions(segmentCountsQuery("c", place, { ...active, sizeBytes }, broker));
    return watched.getCurrentResult().data;
  };
  expect(shownFor("2000", 1)).toMatchObject({ records: "500", complete: false, fileBytes: "2000" });
  expect(shownFor("999", 1)).toBe(undefined);
  expect(shownFor("2000", 2)).toBe(undefined);
  stop();
});
