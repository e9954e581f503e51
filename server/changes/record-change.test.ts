import { afterEach, expect, test, vi } from "vitest";
import { logger } from "../logger.ts";
import type { ClusterSettings } from "../settings/cluster-settings.ts";
import { recordChange } from "./record-change.ts";

const cluster: ClusterSettings = {
  name: "prod",
  displayName: "Production",
  bootstrapServers: ["kafka:9092"],
  clientId: "tailrace",
  readOnly: false,
  production: true,
  audit: "best-effort",
  changesTopic: "_tailrace_changes",
  local: null,
  tls: null,
  sasl: { mechanism: "PLAIN", username: "ops", password: "hunter2" },
};
const ctx = { cluster, actor: { name: "local" }, requestId: "r-1" };
const change = { action: "create-topic", target: { topic: "orders" }, before: null, after: { partitions: 3 } };

afterEach(() => vi.restoreAllMocks());

test("the intent is on record before the change is tried, its outcome after", async () => {
  const lines: unknown[] = [];
  const info = vi.spyOn(logger, "info").mockImplementation((line: unknown) => void lines.push(line));
  const apply = async () => {
    expect(info).toHaveBeenCalledTimes(1);
    return "made";
  };
  const result = await recordChange(ctx, change, apply, (made) => ({ topic: made }));
  expect(result).toBe("made");
  const entry = { cluster: "prod", actor: "local", requestId: "r-1", ...change };
  expect(lines).toEqual([
    { change: { ...entry, phase: "intent" } },
    { change: { ...entry, phase: "done", outcome: { topic: "made" } } },
  ]);
  expect(JSON.stringify(lines)).not.toContain("hunter2");
});

test("a change that fails is on record too, and fails for its caller", async () => {
  vi.spyOn(logger, "info").mockImplementation(() => {});
  const warn = vi.spyOn(logger, "warn").mockImplementation(() => {});
  const failing = recordChange(ctx, change, async () => {
    throw new Error("refused");
  });
  await expect(failing).rejects.toThrow("refused");
  expect(warn.mock.calls[0]?.[0]).toMatchObject({ change: { phase: "failed", why: "refused" } });
});
