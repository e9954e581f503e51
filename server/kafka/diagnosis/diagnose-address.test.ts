import { afterEach, expect, test, vi } from "vitest";
import { ProblemError } from "#lib/problem.ts";
import { logger } from "../../logger.ts";
import type { ClusterSettings } from "../../settings/cluster-settings.ts";
import { Chain } from "./chain.ts";
import { diagnoseListener } from "./diagnose-address.ts";
import { brokenLink } from "./probe-network.ts";

const settings: ClusterSettings = {
  name: "test",
  displayName: "Test",
  bootstrapServers: ["127.0.0.1:1"],
  clientId: "tailrace-test",
  readOnly: false,
  production: false,
  audit: "best-effort",
  changesTopic: "_tailrace_changes",
  logDirs: new Map(),
  local: null,
  tls: null,
  sasl: null,
};
const signal = new AbortController().signal;
const soon = () => Date.now() + 5_000;

afterEach(() => {
  vi.restoreAllMocks();
});

test.each([
  ["an empty host", { host: "", port: 9092 }, "dns", "no host name"],
  ["a host longer than any name", { host: "x".repeat(300), port: 9092 }, "dns", "EINVAL"],
  ["a port beyond all ports", { host: "127.0.0.1", port: 70_000 }, "tcp", "127.0.0.1:70000"],
])("%s that a broker advertises is a broken link, and the rest not reached", async (_, address, link, words) => {
  vi.spyOn(logger, "warn").mockImplementation(() => {});
  const steps = await diagnoseListener(settings, address, signal, soon());
  const failed = steps.filter(({ outcome }) => outcome === "failed");
  expect(failed).toEqual([expect.objectContaining({ link, detail: expect.stringContaining(words) })]);
  expect(failed[0]?.remedy).toBeTruthy();
  expect(steps.at(-1)).toMatchObject({ link: "api-versions", outcome: "not-reached" });
});

test.each([
  ["EAI_FAIL", "can't resolve the name k"],
  ["EACCES", "forbids connections to k:1"],
  ["EPERM", "forbids connections to k:1"],
  ["ENETDOWN", "no route to k:1"],
  ["EHOSTDOWN", "no route to k:1"],
])("%s is told in words", (code, words) => {
  const error = Object.assign(new Error(`connect ${code}`), { code });
  expect(brokenLink(error, { host: "k", port: 1 })).toMatchObject({ message: expect.stringContaining(words) });
});

test("an error that nobody knows is named by its code: it is logged, its message isn't told", async () => {
  const log = vi.spyOn(logger, "warn").mockImplementation(() => {});
  const chain = new Chain(signal, soon());
  await chain.try("tcp", "k:1", async () => {
    throw Object.assign(new Error("of /some/place"), { code: "EWHATEVER" });
  });
  expect(chain.steps).toEqual([
    expect.objectContaining({ outcome: "failed", detail: expect.stringContaining("EWHATEVER") }),
  ]);
  expect(JSON.stringify(chain.steps)).not.toContain("/some/place");
  expect(log).toHaveBeenCalledOnce();
});

test("a viewer who leaves ends the chain", async () => {
  const leaving = new AbortController();
  const chain = new Chain(leaving.signal, soon());
  const walk = chain.try("tcp", "k:1", () => new Promise(() => {}));
  leaving.abort();
  await expect(walk).rejects.toBeInstanceOf(ProblemError);
});
