import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { problemDetails } from "#lib/problem.ts";
import { config, proxy } from "./proxy.ts";

function request(path: string, host = "localhost:3000"): NextRequest {
  return new NextRequest(`http://localhost:3000${path}`, { headers: { host } });
}

test("a page gets a policy with a nonce of its own, and Next is told it", () => {
  const [first, second] = [proxy(request("/clusters")), proxy(request("/clusters"))];
  const policy = first.headers.get("content-security-policy") ?? "";
  const nonce = /'nonce-([A-Za-z0-9+/=]{24})'/.exec(policy)?.[1];
  expect(nonce).toBeDefined();
  expect(second.headers.get("content-security-policy")).not.toContain(nonce);
  // How NextResponse hands request headers on.
  expect(first.headers.get("x-middleware-request-x-nonce")).toBe(nonce);
  expect(first.headers.get("x-middleware-request-content-security-policy")).toBe(policy);
  expect(policy).toContain("'strict-dynamic'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("unsafe-eval");
  expect(policy.replace("style-src-attr 'unsafe-inline'", "")).not.toContain("unsafe-inline");
  expect(first.headers.get("x-content-type-options")).toBe("nosniff");
});

test("a page called by a foreign name is refused, in words", async () => {
  const response = proxy(request("/clusters", "evil.example"));
  expect(response.status).toBe(421);
  expect(await response.text()).toContain("TAILRACE_ALLOWED_HOSTS");
});

test("a broken percent-encoding is a problem of the API, and plain words for a page", async () => {
  const api = proxy(request("/api/clusters/%ff"));
  expect(problemDetails.parse(await api.json())).toMatchObject({ code: "invalid-request", status: 400 });
  const page = proxy(request("/clusters/%ff"));
  expect(page.status).toBe(400);
  expect(page.headers.get("content-type")).toMatch(/^text\/plain/);
});

test("pages come by the proxy, static files don't, the API only where an address is encoded", () => {
  const [pages, encoded] = config.matcher.map((source) => new RegExp(`^${source}$`));
  const comes = (path: string) => Boolean(pages?.test(path) || encoded?.test(path));
  expect(["/", "/clusters/a", "/apiary", "/problems/internal"].map(comes)).toEqual([true, true, true, true]);
  expect(["/api", "/api/clusters", "/_next/static/x.js"].map(comes)).toEqual([false, false, false]);
  expect(comes("/api/clusters/%ff")).toBe(true);
});
