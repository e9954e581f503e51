import { randomBytes, randomUUID } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { ProblemError } from "#lib/problem.ts";
import { assertHostAllowed, originOf } from "#server/access/refuse-foreign.ts";
import { pageHeaders } from "#server/http/page-headers.ts";
import { problemResponse } from "#server/http/problem-response.ts";
import { readListening } from "#server/settings/listening.ts";
import { SettingsProblems } from "#server/settings/settings-problems.ts";

/** Wrong settings have ended the process before the first request (instrumentation-node.ts). */
const listening = readListening(process.env, new SettingsProblems());

/** Next answers a broken percent-encoding with a bare 500, before any route is asked. */
function assertReadable(pathname: string): void {
  try {
    decodeURIComponent(pathname);
  } catch {
    throw new ProblemError("invalid-request", "The address has a broken percent-encoding: '%' itself stands as %25.");
  }
}

/** Every page: called by a name of ours, or refused; with a fresh nonce, which Next reads from the request's own CSP. */
export function proxy(request: NextRequest): Response {
  const { pathname } = request.nextUrl;
  const api = pathname === "/api" || pathname.startsWith("/api/");
  try {
    assertReadable(pathname);
    if (!api) assertHostAllowed(originOf(request.headers), listening);
  } catch (error) {
    if (api) return problemResponse(error, randomUUID());
    if (!(error instanceof ProblemError)) throw error;
    return new Response(`${error.message}\n`, {
      status: error.status,
      headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
    });
  }
  if (api) return NextResponse.next();
  const nonce = randomBytes(16).toString("base64");
  const headers = pageHeaders(nonce, process.env.NODE_ENV === "development");
  const forwarded = new Headers(request.headers);
  forwarded.set("x-nonce", nonce);
  forwarded.set("content-security-policy", headers["content-security-policy"] ?? "");
  return NextResponse.next({ request: { headers: forwarded }, headers });
}

/** The API guards itself (server/http/route.ts) and comes here only to have its encoding checked; static files are the same for everybody. */
export const config = { matcher: ["/((?!api(?:/|$)|_next/static/).*)", "/(api/.*%.*)"] };
