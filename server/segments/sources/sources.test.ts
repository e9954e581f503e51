import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { testCluster } from "#scripts/testing/test-cluster.ts";
import { readMetadata } from "#server/kafka/read-metadata.ts";
import { believeLogDir } from "./believe-log-dir.ts";
import { readBrokerSource } from "./broker-source.ts";
import { openReplica } from "./open-replica.ts";
import { ToldLogDirs } from "./told-log-dirs.ts";

const { ctx, close } = serviceContext();
const viewer = serviceContext({ as: "viewer" });
const [broker] = testCluster().brokers;
const { id, logDir } = broker ?? { id: 1, logDir: "" };
const TOPIC_ID = "Xq3mT9kGQ2uE0b1c2d3e4f";
let root: string;
let clusterId: string | null;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "sources-"));
  ({ clusterId } = await readMetadata(ctx.kafka, [], ctx.signal));
});
afterAll(async () => {
  await rm(root, { recursive: true });
  await Promise.all([close(), viewer.close()]);
});

/** A log dir with these partitions, and what their partition.metadata says. */
async function logDirOf(name: string, meta: string | null, partitions: Record<string, string> = {}): Promise<string> {
  const path = join(root, name);
  await mkdir(path);
  if (meta !== null) await writeFile(join(path, "meta.properties"), meta);
  for (const [partition, metadata] of Object.entries(partitions)) {
    await mkdir(join(path, partition));
    await writeFile(join(path, partition, "partition.metadata"), metadata);
  }
  return path;
}
const inLog = { partition: 0, future: false };
const mine = () => `#comment\nversion=1\ncluster.id=${clusterId}\nnode.id=${id}\ndirectory.id=abc\n`;
const mounted = (...paths: string[]) => ({ ...ctx.cluster, logDirs: new Map([[id, paths]]) });

describe("whether a log dir is a broker's", () => {
  test("meta.properties decides: of KRaft, and of ZooKeeper's days", async () => {
    const kraft = await logDirOf("kraft", mine());
    expect(await believeLogDir(kraft, clusterId, id)).toMatchObject({ log: { path: kraft }, directoryId: "abc" });
    const old = await logDirOf("old", `version=0\ncluster.id=${clusterId}\nbroker.id=${id}\n`);
    expect(await believeLogDir(old, clusterId, id)).toMatchObject({ log: { path: old }, directoryId: null });
  });

  test("what isn't is refused with its reason, and the remedy", async () => {
    const elsewhere = await logDirOf("elsewhere", `cluster.id=another\nnode.id=${id}\n`);
    const neighbour = await logDirOf("neighbour", `cluster.id=${clusterId}\nnode.id=${id + 1}\n`);
    const bare = await logDirOf("bare", null);
    const linked = await logDirOf("linked", null);
    await symlink(join(logDir, "meta.properties"), join(linked, "meta.properties"));
    const reasons = await Promise.all(
      [elsewhere, neighbour, bare, linked, join(root, "nowhere"), join(elsewhere, "meta.properties")].map(
        async (path) => {
          const believed = await believeLogDir(path, clusterId, id);
          return "reason" in believed ? [believed.reason, believed.detail.includes(path)] : null;
        },
      ),
    );
    expect(reasons).toEqual([
      ["foreign", true],
      ["foreign", true],
      ["absent", true],
      ["absent", true],
      ["absent", true],
      ["absent", true],
    ]);
    // A cluster that doesn't tell its id has no log dirs.
    expect(await believeLogDir(logDir, null, id)).toMatchObject({ reason: "foreign" });
  });
});

describe("a broker's directories", () => {
  test("down: those that are mounted are still read; without one, what to do is said", async () => {
    const down = await readBrokerSource({ ...ctx, cluster: mounted(logDir) }, clusterId, id, null);
    expect(down).toMatchObject({ told: null, failure: null, refused: null, readable: [{ from: "mounted" }] });
    const unknown = await readBrokerSource(ctx, clusterId, id, null);
    expect(unknown).toMatchObject({ readable: [], refused: { reason: "broker-away" } });
    expect(unknown.refused?.detail).toContain(`TAILRACE_LOG_DIRS=${id}=/mnt/broker-${id}`);
  });

  test("away: what it told last is read, unless meta.properties has another's by then, or the right is gone", async () => {
    const away = serviceContext();
    const memory = away.ctx.state.segments.logDirs;
    try {
      memory.note(id, [{ path: logDir }], 1_000);
      const source = await readBrokerSource(away.ctx, clusterId, id, null);
      expect(source).toMatchObject({
        told: null,
        refused: null,
        readable: [{ from: "own", away: { toldAtMs: 1_000 } }],
      });
      const opened = await openReplica(source, { ...inLog, topic: "__consumer_offsets", topicId: null });
      expect(opened.access).toMatchObject({ state: "readable", logDir, away: { toldAtMs: 1_000 } });
      // Mounted too, it is one; mounted only, it was told by nobody.
      const both = { ...away.ctx, cluster: mounted(logDir) };
      expect((await readBrokerSource(both, clusterId, id, null)).readable).toMatchObject([
        { away: { toldAtMs: null } },
      ]);
      memory.note(id, [{ path: await logDirOf("taken", `cluster.id=${clusterId}\nnode.id=${id + 1}\n`) }], 2_000);
      expect(await readBrokerSource(away.ctx, clusterId, id, null)).toMatchObject({
        readable: [],
        refused: { reason: "foreign" },
      });
      const asked = { name: "__consumer_offsets", partitions: [0] };
      expect((await readBrokerSource(away.ctx, clusterId, id, asked)).readable).toMatchObject([{ away: null }]);
      expect(memory.of(id)?.paths).toEqual([logDir]);
      await readBrokerSource({ ...viewer.ctx, state: away.ctx.state }, clusterId, id, asked);
      expect(memory.of(id)).toBeNull();
    } finally {
      await away.close();
    }
  });

  test("of brokers that told, as many are remembered as a cluster has", () => {
    const memory = new ToldLogDirs();
    for (let broker = 0; broker <= 1_000; broker++) memory.note(broker, [{ path: `/data/${broker}` }], broker);
    expect([memory.of(0), memory.of(1)?.atMs, memory.of(1_000)?.atMs]).toEqual([null, 1, 1_000]);
    memory.note(
      1,
      Array.from({ length: 100 }, (_, disk) => ({ path: `/${disk}` })),
    );
    expect(memory.of(1)?.paths).toHaveLength(64);
  });

  test("switched off: none is read, though the broker's own is on this machine; what it tells is still told", async () => {
    const asked = { name: "__consumer_offsets", partitions: [0] };
    expect((await readBrokerSource(ctx, clusterId, id, asked)).readable).toMatchObject([{ from: "own" }]);
    const off = await readBrokerSource({ ...ctx, cluster: { ...ctx.cluster, logDirs: "off" } }, clusterId, id, asked);
    expect(off).toMatchObject({ readable: [], failure: null, refused: { reason: "switched-off" } });
    expect(off.told?.map(({ path }) => path)).toEqual([logDir]);
    expect(off.refused?.detail).toContain("TAILRACE_LOG_DIRS=off");
  });

  test("the same one under two names is one", async () => {
    const source = await readBrokerSource({ ...ctx, cluster: mounted(logDir, `${logDir}/.`) }, clusterId, id, {
      name: "__consumer_offsets",
      partitions: [0],
    });
    expect(source.readable).toMatchObject([{ from: "mounted" }]);
    expect(source.told).not.toBeNull();
  });

  test("a right that is missing is named", async () => {
    const asked = { name: "__consumer_offsets", partitions: [0] };
    const source = await readBrokerSource(viewer.ctx, clusterId, id, asked);
    expect(source.failure?.problem.code).toBe("kafka-forbidden");
    expect(source.refused?.detail).toContain("Describe on Cluster");
  });
});

describe("a replica among several log dirs", () => {
  const name = { topic: "orders", topicId: TOPIC_ID, partition: 0, future: false };
  const metadata = (topicId: string) => `version: 0\ntopic_id: ${topicId}\n`;

  test("is found in whichever it lies; a future one by its own name", async () => {
    const [a, b] = [
      await logDirOf("disk-a", mine(), { "orders-1": metadata(TOPIC_ID) }),
      await logDirOf("disk-b", mine(), {
        "orders-0": metadata(TOPIC_ID),
        [`orders-1.${"ab".repeat(16)}-future`]: metadata(TOPIC_ID),
      }),
    ];
    const source = await readBrokerSource({ ...ctx, cluster: mounted(a, b) }, clusterId, id, null);
    const where = async (partition: number, future: boolean) =>
      (await openReplica(source, { ...name, partition, future })).directory?.path.slice(root.length);
    expect(await where(0, false)).toBe("/disk-b/orders-0");
    expect(await where(1, false)).toBe("/disk-a/orders-1");
    expect(await where(1, true)).toBe(`/disk-b/orders-1.${"ab".repeat(16)}-future`);
    expect((await openReplica(source, { ...name, partition: 2 })).access).toMatchObject({
      reason: "absent",
      detail: expect.stringContaining(`${a} and ${b}`),
    });
  });

  test("of an earlier topic of that name isn't it; without partition.metadata the name tells", async () => {
    const path = await logDirOf("copy", mine(), { "orders-0": metadata("AAAAAAAAAAAAAAAAAAAAAA") });
    await mkdir(join(path, "orders-1"));
    const source = await readBrokerSource({ ...ctx, cluster: mounted(path) }, clusterId, id, null);
    expect((await openReplica(source, name)).access).toMatchObject({ reason: "foreign" });
    expect((await openReplica(source, { ...name, topicId: null })).directory).not.toBeNull();
    expect((await openReplica(source, { ...name, partition: 1 })).directory).not.toBeNull();
  });

  test("a link in its place isn't followed", async () => {
    const path = await logDirOf("links", mine());
    await symlink(join(logDir, "__consumer_offsets-0"), join(path, "orders-0"));
    const source = await readBrokerSource({ ...ctx, cluster: mounted(path) }, clusterId, id, null);
    expect(await openReplica(source, name)).toMatchObject({ directory: null, access: { reason: "foreign" } });
  });
});
