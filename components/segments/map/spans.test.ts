import fc from "fast-check";
import { expect, test } from "vitest";
import { madeUpSegment, madeUpTimes } from "./made-up-segments.fixture.ts";
import { mapSegments } from "./map-segment.ts";
import type { Span } from "./shares.ts";
import { spansOf } from "./spans.ts";
import { orderTimes, timeDomain, timeSpans } from "./time-spans.ts";
import { timeTicks } from "./time-ticks.ts";

const NOW = 1_000_000n;
const bounds = { nowMs: NOW, edgeMs: null, highWatermark: null };
/** Damaged indexes hold any. */
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const timestamps = fc.option(fc.oneof(fc.bigInt({ min: 0n, max: 2_000_000n }), int64), { nil: null });
const segments = fc
  .array(
    fc.record({
      gap: fc.bigInt({ min: 0n, max: 5n }),
      records: fc.bigInt({ min: 0n, max: 2n ** 50n }),
      size: fc.bigInt({ min: 0n, max: 2n ** 50n }),
      first: timestamps,
      max: timestamps,
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((parts) => {
    let base = 0n;
    return mapSegments(
      parts.map(({ gap, records, size, first, max }) => {
        const segment = madeUpSegment(base, {
          lastOffset: records === 0n ? null : String(base + records - 1n),
          sizeBytes: String(size),
          firstTimestampMs: first === null ? null : String(first),
          maxTimestampMs: max === null ? null : String(max),
        });
        base += records + gap + 1n;
        return segment;
      }),
    );
  });

function expectOrdered(spans: readonly Span[]) {
  let reached = 0;
  for (const { from, to } of spans) {
    expect(from).toBeGreaterThanOrEqual(reached);
    expect(to).toBeGreaterThanOrEqual(from);
    reached = to;
  }
  expect(reached).toBeLessThanOrEqual(1);
}

test("whatever timestamps, offsets and sizes are, segments stay in order on the axis", () => {
  fc.assert(
    fc.property(
      fc.array(segments, { minLength: 1, maxLength: 3 }),
      fc.constantFrom("time", "offset", "size"),
      (lanes, scale) => {
        const { lanes: spans, domain } = spansOf(scale, lanes, bounds);
        expect(spans.map(({ length }) => length)).toEqual(lanes.map(({ length }) => length));
        for (const lane of spans) expectOrdered(lane);
        if (scale === "time" && domain !== null) expect(() => timeTicks(domain, "UTC", 10)).not.toThrow();
      },
    ),
  );
});

test("by size, the shares of the largest replica add up to all of the axis", () => {
  fc.assert(
    fc.property(segments, (lane) => {
      fc.pre(lane.some(({ size }) => size > 0n));
      const [spans = []] = spansOf("size", [lane], bounds).lanes;
      const sum = spans.reduce((total, { from, to }) => total + to - from, 0);
      expect(sum).toBeCloseTo(1, 6);
    }),
  );
});

test("by offset, gaps stay empty and what isn't replicated yet is on the axis", () => {
  const lane = mapSegments([madeUpSegment(0), madeUpSegment(200)]);
  const { domain, lanes } = spansOf("offset", [lane], { ...bounds, highWatermark: 400n });
  expect(domain).toEqual({ from: 0n, to: 400n });
  expect(lanes[0]).toEqual([
    { from: 0, to: 0.25 },
    { from: 0.5, to: 0.75 },
  ]);
});

test("offsets beyond 2^53 keep their places", () => {
  const base = 2n ** 62n;
  const lane = mapSegments([madeUpSegment(base), madeUpSegment(base + 100n)]);
  expect(spansOf("offset", [lane], bounds).lanes[0]).toEqual([
    { from: 0, to: 0.5 },
    { from: 0.5, to: 1 },
  ]);
});

test("by time, a segment reaches from its first to its largest timestamp, and idle times stay empty", () => {
  const lane = madeUpTimes([
    [0, 2_000],
    [4_000, 8_000],
  ]);
  const { domain, lanes, moved } = spansOf("time", [lane], { ...bounds, nowMs: 100_000n });
  expect(domain).toEqual({ from: 0n, to: 8_000n });
  expect(lanes[0]).toEqual([
    { from: 0, to: 0.25 },
    { from: 0.5, to: 1 },
  ]);
  expect(moved).toEqual([{ unknown: 0, outOfOrder: 0, future: 0 }]);
});

test("a segment that overlaps the next one ends where that one begins", () => {
  const lane = madeUpTimes([
    [0, 5_100],
    [5_000, 10_000],
  ]);
  const [spans = []] = spansOf("time", [lane], { ...bounds, nowMs: 100_000n }).lanes;
  expect(spans[0]?.to).toBe(spans[1]?.from);
});

test("segments whose timestamps run backwards or aren't known lie side by side between the others, and are counted", () => {
  const lane = madeUpTimes([
    [10_000, 15_000],
    [15_000, 20_000],
    [1_000, 2_000],
    [null, null],
    [40_000, 50_000],
  ]);
  const times = orderTimes(lane, 60_000n);
  const { spans, moved } = timeSpans(times, timeDomain([times], 60_000n, null), 60_000n);
  expect(spans[2]?.from).toBeCloseTo(spans[1]?.to ?? 1, 5);
  expect(spans[2]?.to).toBeCloseTo(spans[3]?.from ?? 0, 5);
  expect(spans[3]?.to).toBeCloseTo(spans[4]?.from ?? 0, 5);
  expect((spans[2]?.to ?? 0) - (spans[2]?.from ?? 0)).toBeGreaterThan(0.1);
  expect(moved).toEqual({ unknown: 1, outOfOrder: 1, future: 0 });
});

test("one timestamp in the future doesn't stretch the axis", () => {
  const lane = madeUpTimes([
    [0, 10_000],
    [10_000, 9_000_000_000],
    [20_000, 30_000],
  ]);
  const times = orderTimes(lane, 32_000n);
  const domain = timeDomain([times], 32_000n, null);
  expect(domain).toEqual({ from: 0n, to: 32_000n });
  const { spans, moved } = timeSpans(times, domain, 32_000n);
  expect(spans[1]?.to).toBe(spans[2]?.from);
  expect(moved).toEqual({ unknown: 0, outOfOrder: 0, future: 1 });
});

test("without any timestamp segments share the track, and there is no time axis", () => {
  const lane = madeUpTimes([
    [null, null],
    [null, null],
  ]);
  const { domain, lanes } = spansOf("time", [lane], bounds);
  expect(domain).toBeNull();
  expect(lanes[0]).toEqual([
    { from: 0, to: 0.5 },
    { from: 0.5, to: 1 },
  ]);
});

test("now and the edge of retention are on the axis only when they are near", () => {
  const times = orderTimes(madeUpTimes([[100_000, 200_000]]), 1_000_000n);
  expect(timeDomain([times], 220_000n, 95_000n)).toEqual({ from: 92_500n, to: 220_000n });
  expect(timeDomain([times], 900_000n, 10_000n)).toEqual({ from: 100_000n, to: 200_000n });
  expect(timeDomain([orderTimes([], NOW)], NOW, null)).toBeNull();
});
