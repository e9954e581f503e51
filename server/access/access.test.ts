import { describe, expect, test } from "vitest";
import { allEndpoints } from "#lib/contracts/all.ts";
import { ProblemError } from "#lib/problem.ts";
import { authorise, localActor } from "./authorise.ts";
import { assertHostAllowed, assertNotCrossSite } from "./refuse-foreign.ts";

const listening = {
  host: "127.0.0.1",
  port: 3000,
  allowedHosts: ["ui.example.org", "[2001:db8::7]"],
  auth: "none",
} as const;

function codeOf(act: () => void): string | null {
  try {
    act();
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.code;
    throw error;
  }
}

describe("host", () => {
  test.each([
    "127.0.0.1:3000",
    "127.0.0.1",
    "127.9.9.9:80",
    "localhost:3000",
    "LOCALHOST",
    "localhost.",
    "[::1]:3000",
    "ui.example.org",
    "UI.example.org:8443",
    "[2001:db8::7]:3000",
  ])("%s is one of ours", (host) => {
    expect(codeOf(() => assertHostAllowed({ host }, listening))).toBeNull();
  });

  test.each([
    "evil.example",
    "evil.example:3000",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "ui.example.org.evil.example",
    "ui.example.org@evil.example",
    "xui.example.org",
    "0.0.0.0",
    "[::2]",
    "",
    "a b",
    "127.0.0.1:3000:1",
    null,
  ])("%s is not", (host) => {
    expect(codeOf(() => assertHostAllowed({ host }, listening))).toBe("host-not-allowed");
  });
});

describe("where a request comes from", () => {
  const host = "localhost:3000";
  const own = { host, origin: "http://localhost:3000", secFetchSite: "same-origin" };

  test("reading: everything but a page of another site", () => {
    expect(codeOf(() => assertNotCrossSite({ host, origin: null, secFetchSite: null }, false))).toBeNull();
    expect(codeOf(() => assertNotCrossSite({ host, origin: null, secFetchSite: "none" }, false))).toBeNull();
    expect(codeOf(() => assertNotCrossSite(own, false))).toBeNull();
    expect(codeOf(() => assertNotCrossSite({ ...own, secFetchSite: "cross-site" }, false))).toBe("cross-site-request");
  });

  test("a change: only with this very origin", () => {
    expect(codeOf(() => assertNotCrossSite(own, true))).toBeNull();
    expect(
      codeOf(() =>
        assertNotCrossSite({ host: "ui.example.org", origin: "https://ui.example.org", secFetchSite: null }, true),
      ),
    ).toBeNull();
    for (const origin of [
      null,
      "null",
      "http://localhost:3001",
      "http://evil.example",
      "http://localhost:3000.evil.example",
      "http://localhost:3000@evil.example",
      "file://localhost:3000",
      "localhost:3000",
    ]) {
      expect(codeOf(() => assertNotCrossSite({ ...own, origin }, true))).toBe("origin-mismatch");
    }
  });
});

describe("permission", () => {
  const cluster = { displayName: "Production EU", readOnly: true };

  test("every change is refused on a read-only cluster, and no reading is", () => {
    for (const endpoint of allEndpoints) {
      expect([endpoint.name, codeOf(() => authorise(localActor, endpoint, cluster))]).toEqual([
        endpoint.name,
        endpoint.changes ? "cluster-read-only" : null,
      ]);
    }
  });

  test("the local actor may do everything, somebody unknown nothing", () => {
    for (const endpoint of allEndpoints) {
      expect(codeOf(() => authorise(localActor, endpoint, { ...cluster, readOnly: false }))).toBeNull();
      expect(codeOf(() => authorise({ name: "mallory" }, endpoint, null))).toBe("permission-denied");
    }
  });

  test("what changes anything needs more than the rights to view and to read messages", () => {
    const toLook: readonly string[] = ["view", "read-messages"];
    for (const endpoint of allEndpoints) {
      expect([endpoint.name, toLook.includes(endpoint.permission)]).toEqual([endpoint.name, !endpoint.changes]);
    }
  });
});
