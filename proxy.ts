import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { ProblemError } from "#lib/problem.ts";
import { assertHostAllowed, originOf } from "#server/access/refuse-foreign.ts";
import { pageHeaders } from "#server/http/page-headers.ts";
import { readListening } from "#server/settings/listening.ts";
import { SettingsProblems } from "#server/settings/settings-problems.ts";

/** Wrong settings have ended the process before the first request (instrumentation-node.ts). */
const listening = readListening(process.env, new SettingsProblems());

/** Every page: called by a name of ours, or refused; with a fresh nonce, which Next reads from the request's own CSP. */
export function proxy(request: NextRequest): Response {
  try {
    assertHostAllowed(originOf(request.headers), listening);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return new Response(`${error.message}\n`, {
      status: error.status,
      headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
    });
  }
  const nonce = randomBytes(16).toString("base64");
  const headers = pageHeaders(nonce, process.env.NODE_ENV === "development");
  const forwarded = new Headers(request.headers);
  forwarded.set("x-nonce", nonce);
  forwarded.set("content-security-policy", headers["content-security-policy"] ?? "");
  return NextResponse.next({ request: { headers: forwarded }, headers });
}

/** The API guards itself (server/http/route.ts), static files are the same for everybody. */
export const config = { matcher: ["/((?!api(?:/|$)|_next/static/).*)"] };
