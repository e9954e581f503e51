import { expect, test } from "vitest";
import { viewed } from "./viewed.ts";

const frame = (event: string, data: unknown) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
const at = (atMs: number, text: string) => ({ atMs, bytes: Buffer.from(text) });

test("a message counts when the end of its frame came; skipped and repeated offsets are counted", () => {
  const first = frame("messages", {
    next: [],
    rows: [
      [0, "5", 1_000, null, "a"],
      [1, "9", 1_001, null, "é"],
    ],
  });
  const second = frame("messages", {
    next: [],
    rows: [[0, "8", 1_010, null, "b"], { gap: [0, "9", "9"], reason: "markers" }],
  });
  const third = frame("messages", { next: [], rows: [[0, "8", 1_020, null, "b"]] });
  const stats = frame("stats", { in: 5, lost: { sampled: 1, "slow-client": 2 } });
  const half = Buffer.from(first).indexOf(0xc3) + 1;
  const bytes = Buffer.from(first);
  const got = viewed(
    [
      { atMs: 1_002, bytes: bytes.subarray(0, half) },
      { atMs: 1_004, bytes: bytes.subarray(half) },
      at(1_015, second + third),
      at(1_030, stats),
    ],
    1_001,
  );
  expect(got).toMatchObject({ messages: 4, repeated: 1, skipped: 2n, lost: 3, stats: { in: 5 } });
  expect(got.latenciesMs).toEqual([-5, 3, 5]);
  expect(got.bytes).toBe(bytes.length + second.length + third.length + stats.length);
});
