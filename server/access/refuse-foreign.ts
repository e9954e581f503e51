import { ProblemError } from "#lib/problem.ts";
import { isLoopback, type ListeningSettings } from "../settings/listening.ts";

/** The parts of a request that tell where it comes from. */
export interface RequestOrigin {
  readonly host: string | null;
  readonly origin: string | null;
  readonly secFetchSite: string | null;
}

export function originOf(headers: Headers): RequestOrigin {
  return {
    host: headers.get("host"),
    origin: headers.get("origin"),
    secFetchSite: headers.get("sec-fetch-site"),
  };
}

/**
 * Against DNS rebinding: a foreign page can make its own name point at this server, but then it is called by that name.
 * @throws {ProblemError} host-not-allowed
 */
export function assertHostAllowed({ host }: Pick<RequestOrigin, "host">, listening: ListeningSettings): void {
  const name = host === null ? null : hostName(host);
  if (name !== null) {
    if (isLoopback(name) || name === listening.host.toLowerCase() || listening.allowedHosts.includes(name)) return;
  }
  throw new ProblemError(
    "host-not-allowed",
    `Tailrace was called by a name it doesn't go by${name === null ? "" : ` (${name})`}. Use http://${listening.host}:${listening.port}, or add the name to TAILRACE_ALLOWED_HOSTS.`,
  );
}

/**
 * For the API: no page of another site may read, and a change must come from a page of this very server.
 * @throws {ProblemError} cross-site-request, origin-mismatch
 */
export function assertNotCrossSite({ host, origin, secFetchSite }: RequestOrigin, changes: boolean): void {
  if (secFetchSite === "cross-site") {
    throw new ProblemError(
      "cross-site-request",
      "A page of another site sent this request. Open Tailrace itself and do it there.",
    );
  }
  if (!changes) return;
  if (origin === null) {
    throw new ProblemError(
      "origin-mismatch",
      `A change must say where it comes from. A program sends the header Origin with this server's own address: -H 'Origin: http://${host ?? "127.0.0.1:3000"}'.`,
    );
  }
  if (host === null || originHost(origin) !== host.toLowerCase()) {
    throw new ProblemError(
      "origin-mismatch",
      "The request's Origin is not this server. Open Tailrace by the address it is served at; a proxy in front must pass the Host header on.",
    );
  }
}

/** Without port; brackets of an IPv6 address stay. Null when it is no host. */
function hostName(host: string): string | null {
  const name = /^(\[[0-9a-fA-F:.]+\]|[^:[\]\s/@]+)(?::\d{1,5})?$/.exec(host)?.[1];
  return name?.toLowerCase().replace(/\.$/, "") ?? null;
}

function originHost(origin: string): string | null {
  if (!/^https?:\/\//.test(origin)) return null;
  return URL.canParse(origin) ? new URL(origin).host : null;
}
