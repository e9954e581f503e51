import { afterEach, expect, test, vi } from "vitest";
import { ProblemError } from "#lib/problem.ts";
import { testClusterSettings } from "#scripts/testing/cluster-settings.ts";
import type { ClusterContext } from "../context.ts";
import { logger } from "../logger.ts";
import type { Change, Outcome } from "./change.ts";
import { recordChange } from "./record-change.ts";

const cluster = testClusterSettings({
  name: "prod",
  sasl: { mechanism: "PLAIN", username: "ops", password: "hunter2hunter2" },
});
const change: Change = { action: "create-topic", target: { topic: "orders" }, before: null, after: { partitions: 3 } };

/** A log that only notes, in order, what it is told. */
function noting(begin: () => void = () => {}) {
  const told: unknown[] = [];
  const changes = {
    begin: async (intended: Change) => {
      begin();
      told.push(intended);
      return {
        id: "000000001-000000000001",
        end: async (outcome: Outcome) => {
          told.push(outcome);
          return { change: "000000001-000000000001", recordProblem: null };
        },
        fail: async (why: string, uncertain: boolean) => void told.push({ why, uncertain }),
      };
    },
  };
  const ctx = {
    ...{ cluster, actor: { name: "local" }, requestId: "r-1", signal: new AbortController().signal },
    changes: changes as unknown as ClusterContext["changes"],
  };
  return { ctx, told };
}

afterEach(() => vi.restoreAllMocks());

test("the intent is on record before the change is tried, its outcome after; both on stdout too", async () => {
  const lines: unknown[] = [];
  const info = vi.spyOn(logger, "info").mockImplementation((line: unknown) => void lines.push(line));
  const { ctx, told } = noting();
  const apply = async () => {
    expect(told).toEqual([change]);
    expect(info).toHaveBeenCalledTimes(1);
    return "made";
  };
  const recorded = await recordChange(ctx, change, apply, (made) => ({ detail: { topic: made } }));
  expect(recorded).toEqual({ result: "made", change: "000000001-000000000001", recordProblem: null });
  expect(told).toEqual([change, { state: "done", detail: { topic: "made" } }]);
  const entry = { cluster: "prod", actor: "local", requestId: "r-1", id: "000000001-000000000001", ...change };
  expect(lines).toEqual([
    { change: { ...entry, phase: "intent" } },
    { change: { ...entry, phase: "done", outcome: { topic: "made" } } },
  ]);
  expect(JSON.stringify(lines)).not.toContain("hunter2hunter2");
});

test("a change of offsets tells on stdout where each partition was, shall be and is, in lines that no runtime cuts", async () => {
  const lines: Record<string, unknown>[] = [];
  vi.spyOn(logger, "info").mockImplementation((line) => void lines.push(Object(line).change));
  const { ctx } = noting();
  const topic = "t".repeat(249);
  const saved = (offset: string) => ({ offset, leaderEpoch: 7, metadata: "m".repeat(4_000) });
  const partitions = Array.from({ length: 90 }, (_, partition) => ({
    ...{ topic, partition, before: partition === 0 ? null : saved("9223372036854775806") },
    after: partition === 1 ? null : saved("9223372036854775807"),
  }));
  const ended = partitions.map(({ partition }) => ({ topic, partition, outcome: "moved" as const, detail: null }));
  const [first, ...others] = ended;
  const reset: Change = { action: "reset-offsets", target: { group: "g" }, before: null, after: null, partitions };
  await recordChange(
    ctx,
    reset,
    async () => {},
    () => ({
      ...{ state: "partial" },
      partitions: [
        { ...first, topic, partition: 0, outcome: "overwritten", detail: null, after: saved("5") },
        ...others,
      ],
    }),
  );
  const offsets = lines.filter((line) => "offsets" in line);
  expect(offsets.map(({ phase, line, lines: of }) => `${phase} ${line}/${of}`)).toEqual(
    ["intent", "partial"].flatMap((phase) => [1, 2, 3].map((line) => `${phase} ${line}/3`)),
  );
  for (const line of lines) expect(JSON.stringify(line).length).toBeLessThan(15_000);
  expect(offsets[0]).toMatchObject({ cluster: "prod", requestId: "r-1", action: "reset-offsets" });
  expect(offsets.flatMap((line) => line.offsets).filter((_, index) => [0, 1, 89, 90, 91].includes(index))).toEqual([
    { topic, partition: 0, from: null, to: "9223372036854775807" },
    { topic, partition: 1, from: "9223372036854775806", to: null },
    { topic, partition: 89, from: "9223372036854775806", to: "9223372036854775807" },
    { topic, partition: 0, outcome: "overwritten", readBack: "5" },
    { topic, partition: 1, outcome: "moved" },
  ]);
});

test("a change that fails is on record too, and fails for its caller", async () => {
  vi.spyOn(logger, "info").mockImplementation(() => {});
  const warn = vi.spyOn(logger, "warn").mockImplementation(() => {});
  const { ctx, told } = noting();
  const failing = (error: Error) =>
    recordChange(ctx, change, async () => {
      throw error;
    });
  await expect(failing(new ProblemError("topic-exists", "It is there."))).rejects.toThrow("It is there.");
  expect(told.at(-1)).toEqual({ why: "It is there.", uncertain: false });
  expect(warn.mock.calls[0]?.[0]).toMatchObject({ change: { phase: "failed", why: "It is there." } });
});

test("a change whose answer never came may have happened: its record says so", async () => {
  vi.spyOn(logger, "info").mockImplementation(() => {});
  vi.spyOn(logger, "warn").mockImplementation(() => {});
  for (const error of [new ProblemError("deadline-exceeded", "late"), new TypeError("ours")]) {
    const { ctx, told } = noting();
    const failing = recordChange(ctx, change, async () => {
      throw error;
    });
    await expect(failing).rejects.toBe(error);
    expect(told.at(-1)).toMatchObject({ uncertain: true });
  }
});

test("a change that may not go unrecorded isn't begun", async () => {
  const info = vi.spyOn(logger, "info").mockImplementation(() => {});
  const apply = vi.fn();
  const { ctx } = noting(() => {
    throw new ProblemError("change-log-missing", "There is no change log.");
  });
  await expect(recordChange(ctx, change, apply)).rejects.toMatchObject({ code: "change-log-missing" });
  expect(apply).not.toHaveBeenCalled();
  expect(info).not.toHaveBeenCalled();
});
