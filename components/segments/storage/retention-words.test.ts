import { expect, test } from "vitest";
import type { Retention } from "#lib/contracts/segments.ts";
import type { StoredReplica } from "#lib/contracts/topic-storage.ts";
import { growthWords, retentionSentences } from "./retention-words.ts";
import { HOUR, NOW_MS, stored, unread } from "./storage.fixture.ts";
import { storageOf } from "./storage-model.ts";

const retention = (differs: Partial<Retention> = {}): Retention => ({
  cleanupPolicy: "delete",
  retentionMs: String(24 * HOUR),
  retentionBytes: "-1",
  segmentBytes: "1073741824",
  segmentMs: "604800000",
  tiered: false,
  checkIntervalMs: "300000",
  ...differs,
});
function words(given: Retention | null, differs: Partial<StoredReplica> = {}): string {
  const storage = storageOf({ replicas: [stored(0, 1, 10, { leader: true, ...differs })] });
  return retentionSentences(given, storage, NOW_MS).join(" ").replaceAll("\u00a0", " ");
}
const aged = (hours: number) => ({ oldestTimestampMs: String(NOW_MS - hours * HOUR) });

test("within retention: nothing is older, and when the next segment goes", () => {
  expect(words(retention(), { ...aged(3), nextGoesAtMs: NOW_MS + 23 * HOUR })).toBe(
    "Nothing is older than retention.ms (1 d). The next segment is due in 23 h, if nothing younger is written to it.",
  );
});

test("kept longer than retention: how much, why, and what the next check frees", () => {
  expect(words(retention(), aged(30))).toBe(
    "Kept 6 h longer than retention.ms (1 d): a segment goes whole, once its newest message is that old.",
  );
  expect(words(retention(), { ...aged(30), freesBytes: "1048576" })).toMatch(
    /that old\. The next check, within 5 min, frees 1\.00 MiB on all brokers together\.$/,
  );
});

test("by size: how much of it the largest partition holds", () => {
  expect(words(retention({ retentionMs: "-1", retentionBytes: "20971520" }))).toBe(
    "Nothing goes by age: retention.ms is -1. The largest partition holds 10.0 MiB of retention.bytes (20.0 MiB a partition): its oldest segments go once it holds that much without them.",
  );
});

test("never: neither by age nor by size", () => {
  expect(words(retention({ retentionMs: "-1" }))).toMatch(/^Nothing goes by age or size.* are -1\./);
});

test("compacted: age doesn't count; with delete it does", () => {
  expect(words(retention({ cleanupPolicy: "compact" }), aged(300))).toMatch(
    /^Compacted: of each key the newest message stays, however old; retention\.ms and retention\.bytes don't apply\./,
  );
  expect(words(retention({ cleanupPolicy: "compact,delete" }), aged(30))).toMatch(
    /^Compacted and deleted: .* Kept 6 h longer than retention\.ms/,
  );
});

test("tiered, unknown, no policy", () => {
  expect(words(retention({ tiered: true }), { ...aged(30), freesBytes: null })).toMatch(/^Tiered storage is on/);
  expect(words(null)).toMatch(/isn't known/);
  expect(words(retention({ cleanupPolicy: "" }))).toMatch(/names neither delete nor compact/);
});

test("what isn't read isn't told; a time to come is said", () => {
  expect(words(retention(), unread)).toBe("A segment goes once its newest message is older than retention.ms (1 d).");
  expect(words(retention(), aged(-1))).toMatch(/lies in the future/);
});

test("growth a day, and what it was sampled over", () => {
  const plain = (growth: Parameters<typeof growthWords>[0]) => {
    const { value, aside } = growthWords(growth);
    return `${value}, ${aside}`.replaceAll("\u00a0", " ");
  };
  expect(plain({ bytesPerSecond: 1024, overMs: 40_012 })).toBe(
    "≈ +84.4 MiB a day, without replicas, sampled over 40 s",
  );
  expect(plain({ bytesPerSecond: 0, overMs: 10_000 })).toBe("≈ 0 B a day, without replicas, sampled over 10 s");
});

test("what shrank is told as it is, not as a rate: segments go whole, now and then", () => {
  const { value, aside } = growthWords({ bytesPerSecond: -1024, overMs: 600_000 });
  expect(value.replace("\u00a0", " ")).toBe("−600 KiB");
  expect(aside.replace("\u00a0", " ")).toBe("without replicas, in 10 min: more was freed than came");
});
