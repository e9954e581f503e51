import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { z } from "zod";
import { listSegments as contract, type SegmentList } from "#lib/contracts/segments.ts";
import { eventually } from "#scripts/testing/eventually.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { whatGoes } from "./retention.ts";
import { countSegment } from "./services/count-segment.ts";
import { listSegments } from "./services/list-segments.ts";

const HOUR_MS = 3_600_000;
/** The test cluster's brokers look every 30 s; their log cleaner every 5 s. */
const CHECK_MS = 30_000;
const POLL_MS = 200;
const TIMEOUT_MS = 3 * CHECK_MS;
const RECORDS_EACH = 2;
const nowMs = Date.now();
// They wait for one and the same check.
vi.setConfig({ maxConcurrency: 10 });

const { ctx, close } = serviceContext();
const topics = new TestTopics();
const admin = topics.kafka.admin();
beforeAll(() => admin.connect());
afterAll(async () => {
  await admin.disconnect();
  await topics.close();
  await close();
});

type Configs = Readonly<Record<string, string>>;
type Replica = SegmentList["replicas"][number];

/** A segment for each batch, by its timestamp (oldest first) or its size; nothing of it goes until it is told to. */
const KEEPING: Configs = {
  "retention.ms": "-1",
  "retention.bytes": "-1",
  "segment.ms": "5000",
  "segment.bytes": "1048576",
};

interface Stored {
  readonly ageMs: number;
  readonly bytes?: number;
}

async function topicOf(segments: readonly Stored[], configs: Configs): Promise<string> {
  const topic = await topics.create({ partitions: 1, replicationFactor: 3, assignment: [], configs });
  for (const { ageMs, bytes = 100 } of segments) {
    const timestamp = String(nowMs - ageMs);
    const record = () => ({ partition: 0, key: "k", value: randomBytes(bytes / RECORDS_EACH), timestamp });
    await topics.send(topic, Array.from({ length: RECORDS_EACH }, record));
  }
  return topic;
}

async function list(topic: string): Promise<SegmentList> {
  const input = { params: { cluster: "test", topic, partition: 0 }, query: {}, body: undefined };
  return contract.response.parse((await listSegments(ctx, input)) satisfies z.input<typeof contract.response>);
}

async function alter(topic: string, configs: Configs): Promise<void> {
  const configEntries = Object.entries(configs).map(([name, value]) => ({ name, value }));
  await admin.alterConfigs({ validateOnly: false, resources: [{ type: 2, name: topic, configEntries }] });
}

const basesOf = ({ segments }: Replica) => segments.map(({ baseOffset }) => baseOffset);
const basesByBroker = ({ replicas }: SegmentList) =>
  Object.fromEntries(replicas.map((replica) => [replica.brokerId, basesOf(replica)]));
const dueOf = ({ segments }: Replica) =>
  segments.filter(({ goes }) => goes?.dueNow).map(({ baseOffset }) => baseOffset);

/** Retried until it holds, for as long as a broker may take; what is read in between is seen by `each`. */
async function until(topic: string, holds: (seen: SegmentList) => void, each: (seen: SegmentList) => void = () => {}) {
  const giveUpMs = performance.now() + 2 * CHECK_MS;
  for (;;) {
    const seen = await eventually(() => list(topic));
    each(seen);
    try {
      return holds(seen);
    } catch (error) {
      if (performance.now() > giveUpMs) throw error;
      await delay(POLL_MS);
    }
  }
}

/** What must still be there when all are done: a deletion that went on would be seen by then. */
const after: { readonly topic: string; readonly bases: Record<string, string[]> }[] = [];

interface Case {
  readonly segments: readonly Stored[];
  readonly configs?: Configs;
  /** deleteRecords up to here. */
  readonly deletedTo?: bigint;
  /** Which segments go, from 0 on; told so that the prediction isn't only compared with itself. */
  readonly going: readonly number[];
}

const MIB_SHARE = 700_000;
const cases: Readonly<Record<string, Case>> = {
  "by time: what is older goes": {
    segments: [{ ageMs: 9 * HOUR_MS }, { ageMs: 8 * HOUR_MS }, { ageMs: 3 * HOUR_MS }, { ageMs: HOUR_MS }],
    configs: { "retention.ms": String(6 * HOUR_MS) },
    going: [0, 1],
  },
  "by time: a younger one holds up an older one behind it": {
    segments: [
      { ageMs: 9 * HOUR_MS, bytes: MIB_SHARE },
      { ageMs: 2 * HOUR_MS, bytes: MIB_SHARE },
      { ageMs: 8 * HOUR_MS, bytes: MIB_SHARE },
      { ageMs: 7 * HOUR_MS, bytes: MIB_SHARE },
    ],
    configs: { "retention.ms": String(6 * HOUR_MS) },
    going: [0],
  },
  "by time: all of it, the active one too": {
    segments: [{ ageMs: 9 * HOUR_MS }, { ageMs: 8 * HOUR_MS }, { ageMs: 7 * HOUR_MS }],
    configs: { "retention.ms": String(6 * HOUR_MS) },
    going: [0, 1, 2],
  },
  "by size: as many as are wholly too much": {
    segments: [3_000, 1_000, 2_000, 5_000, 1_000].map((bytes, i) => ({ ageMs: (9 - i) * HOUR_MS, bytes })),
    // 12,000 bytes and five headers: some 5,000 too much. The third is larger than what is left of that.
    configs: { "retention.bytes": "7500" },
    going: [0, 1],
  },
  "by size, and then by time": {
    segments: [4_000, 1_000, 1_000, 1_000].map((bytes, i) => ({ ageMs: (9 - 2 * i) * HOUR_MS, bytes })),
    configs: { "retention.bytes": "4000", "retention.ms": String(6 * HOUR_MS) },
    going: [0, 1],
  },
  "by the log start offset, within a segment": {
    segments: [4, 3, 2, 1].map((hours) => ({ ageMs: hours * HOUR_MS })),
    deletedTo: 5n,
    going: [0, 1],
  },
  "of a compacted topic, by time too": {
    segments: [{ ageMs: 9 * HOUR_MS }, { ageMs: 8 * HOUR_MS }, { ageMs: 3 * HOUR_MS }, { ageMs: HOUR_MS }],
    // The cleaner deletes, and compacts nothing.
    configs: {
      "cleanup.policy": "compact,delete",
      "min.cleanable.dirty.ratio": "1",
      "retention.ms": String(6 * HOUR_MS),
    },
    going: [0, 1],
  },
};

describe.concurrent("what is said to go next is what brokers delete, on every replica", { timeout: TIMEOUT_MS }, () => {
  test.each(Object.entries(cases))("%s", async (_, { segments, configs = {}, deletedTo, going }) => {
    const { "cleanup.policy": cleanupPolicy = "delete" } = configs;
    const topic = await topicOf(segments, KEEPING);
    const whole = segments.map((_stored, index) => String(index * RECORDS_EACH));
    await until(topic, (seen) => {
      const highWatermark = String(segments.length * RECORDS_EACH);
      expect(seen.highWatermark).toBe(highWatermark);
      expect(seen.replicas).toHaveLength(3);
      for (const replica of seen.replicas) {
        expect(basesOf(replica)).toEqual(whole);
        expect(replica.segments.at(-1)?.lastOffset).toBe(String(segments.length * RECORDS_EACH - 1));
      }
    });
    const before = await list(topic);
    const rules = {
      cleanupPolicy,
      retentionMs: BigInt(configs["retention.ms"] ?? -1),
      retentionBytes: BigInt(configs["retention.bytes"] ?? -1),
    };
    const bounds = { logStartOffset: deletedTo ?? 0n, highWatermark: BigInt(before.highWatermark ?? 0) };
    const wanted = whole.filter((_base, index) => going.includes(index));
    for (const replica of before.replicas) {
      expect(dueOf(replica)).toEqual([]);
      const deletable = replica.segments.map(({ baseOffset, sizeBytes, maxTimestampMs }) => ({
        baseOffset: BigInt(baseOffset),
        sizeBytes: BigInt(sizeBytes),
        maxTimestampMs: maxTimestampMs === null ? null : BigInt(maxTimestampMs),
      }));
      const goes = whatGoes(deletable, rules, bounds, Date.now());
      expect(whole.filter((_base, index) => goes[index]?.dueNow)).toEqual(wanted);
    }

    if (deletedTo === undefined) await alter(topic, { ...KEEPING, ...configs });
    else await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(deletedTo) }] });
    const left = whole.filter((base) => !wanted.includes(base));
    // Where all went, a new one begins.
    const bases = Object.fromEntries(
      before.replicas.map(({ brokerId }) => [brokerId, left.length === 0 ? [before.highWatermark ?? ""] : left]),
    );
    await until(
      topic,
      (seen) => expect(basesByBroker(seen)).toEqual(bases),
      // As long as it isn't done the page says the same, once it knows of the change itself.
      ({ retention, logStartOffset, replicas }) => {
        const known =
          retention?.retentionMs === String(rules.retentionMs) &&
          retention.retentionBytes === String(rules.retentionBytes) &&
          retention.cleanupPolicy === cleanupPolicy &&
          logStartOffset === String(bounds.logStartOffset);
        for (const replica of known ? replicas : []) {
          if (basesOf(replica).length === whole.length) expect(dueOf(replica)).toEqual(wanted);
        }
      },
    );
    after.push({ topic, bases });
  });

  test("nothing goes before the time that is told, and it goes with the next check after it", async () => {
    const leftMs = 10_000;
    const topic = await topicOf([{ ageMs: 3 * HOUR_MS }, { ageMs: 2 * HOUR_MS }, { ageMs: HOUR_MS }], KEEPING);
    // The first one is too old at once, the second in some seconds, the third in an hour.
    const retentionMs = Date.now() - (nowMs - 2 * HOUR_MS) + leftMs;
    await alter(topic, { ...KEEPING, "retention.ms": String(retentionMs) });
    const goesAtMs = nowMs - 2 * HOUR_MS + retentionMs;
    let told = 0;
    await until(
      topic,
      (seen) => expect(Object.values(basesByBroker(seen))).toEqual([["4"], ["4"], ["4"]]),
      ({ replicas, retention }) => {
        for (const { segments } of replicas) {
          const second = segments.find(({ baseOffset }) => baseOffset === "2");
          if (second === undefined) expect(Date.now()).toBeGreaterThanOrEqual(goesAtMs);
          else if (retention?.retentionMs === String(retentionMs) && second.goes?.dueNow === false) {
            expect(second.goes).toEqual({ because: "retention.ms", dueNow: false, atMs: goesAtMs });
            told++;
          }
        }
      },
    );
    expect(told).toBeGreaterThan(0);
    const [leader] = (await list(topic)).replicas;
    expect(leader?.segments[0]?.goes).toMatchObject({ dueNow: false, atMs: nowMs - HOUR_MS + retentionMs });
  });

  test("compacted: true is what the cleaner went over, false what it didn't", async () => {
    const compact: Configs = { ...KEEPING, "cleanup.policy": "compact", "min.cleanable.dirty.ratio": "0.01" };
    const ages = [8, 7, 6, 5].map((hours) => ({ ageMs: hours * HOUR_MS }));
    const topic = await topicOf(ages, { ...compact, "min.cleanable.dirty.ratio": "1" });
    // What each replica says of its segments, beside what is in them.
    const seen = async () => {
      const { replicas } = await list(topic);
      const params = { cluster: "test", topic, partition: 0 };
      return Promise.all(
        replicas.map(({ brokerId, segments }) =>
          Promise.all(
            segments.map(async ({ baseOffset, compacted }) => {
              const query = { broker: brokerId };
              const input = { params: { ...params, baseOffset }, query, body: undefined };
              const { records, gaps } = await countSegment(ctx, input);
              return [baseOffset, compacted, records, gaps];
            }),
          ),
        ),
      );
    };
    const onEach = <T>(value: T) => [value, value, value];
    const untouched = ["0", "2", "4", "6"].map((base) => [base, false, "2", "0"]);
    await eventually(async () => expect(await seen()).toEqual(onEach(untouched)));
    await alter(topic, compact);
    // One key: of three rolled segments its last record stays, in one segment; the active one isn't looked at.
    const cleaned = [
      ["0", true, "1", "5"],
      ["6", false, "2", "0"],
    ];
    await eventually(async () => expect(await seen()).toEqual(onEach(cleaned)));
    await alter(topic, { ...compact, "min.cleanable.dirty.ratio": "1" });
    await eventually(async () => {
      const { resources } = await admin.describeConfigs({
        includeSynonyms: false,
        resources: [{ type: 2, name: topic, configNames: ["min.cleanable.dirty.ratio"] }],
      });
      expect(Number(resources[0]?.configEntries[0]?.configValue)).toBe(1);
    });
    for (const hours of [4, 3]) {
      const timestamp = String(nowMs - hours * HOUR_MS);
      await topics.send(topic, [{ partition: 0, key: "k", value: randomBytes(50), timestamp }]);
    }
    // Rolled since, and dirty.
    await eventually(async () =>
      expect(await seen()).toEqual(onEach([...cleaned, ["8", false, "1", "0"], ["9", false, "1", "0"]])),
    );
  });
});

test("and nothing else went, up to now", { timeout: TIMEOUT_MS }, async () => {
  expect(after).toHaveLength(Object.keys(cases).length);
  for (const { topic, bases } of after) expect(basesByBroker(await list(topic))).toEqual(bases);
});
