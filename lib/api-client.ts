import type { Endpoint, EndpointInput, EndpointOutput } from "./contracts/endpoint.ts";
import { type ProblemDetails, ProblemError, problemDetails } from "./problem.ts";

interface CallOptions {
  readonly signal?: AbortSignal;
  readonly baseUrl?: string;
}

/**
 * Calls an endpoint by its contract and returns the parsed response.
 * @throws {ProblemError} as the server answered it; `cluster-unreachable` never means this server: when Tailrace itself
 * doesn't answer, the code is `internal` and the detail says so.
 */
export async function call<E extends Endpoint>(
  endpoint: E,
  input: EndpointInput<E>,
  options: CallOptions = {},
): Promise<EndpointOutput<E>> {
  const response = await request(endpoint, input, options);
  const json: unknown = await response.json().catch(() => null);
  return endpoint.response.parse(json) as EndpointOutput<E>;
}

/**
 * The successful answer itself, for streams.
 * @param input path parameters by their names, `query` and `body`
 * @throws {ProblemError} as `call`; the signal's reason
 */
export async function request(
  endpoint: Endpoint,
  input: Readonly<Record<string, unknown>>,
  { signal, baseUrl = "" }: CallOptions = {},
): Promise<Response> {
  const { query, body, ...params } = input as { query?: Record<string, unknown>; body?: unknown } & Record<
    string,
    unknown
  >;
  const path = endpoint.path.replace(/:([a-zA-Z]+)/g, (_, key: string) => encodeURIComponent(String(params[key])));
  const search = new URLSearchParams(
    Object.entries(query ?? {}).map(([key, value]) => [key, String(value)]),
  ).toString();
  const response = await fetch(`${baseUrl}${path}${search && `?${search}`}`, {
    method: endpoint.method,
    ...(endpoint.answers === "event-stream" && { cache: "no-store" }),
    ...(signal && { signal }),
    ...(body !== undefined && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new ProblemError(
      "internal",
      "Tailrace's own server doesn't answer. Check that it is running and reachable from this browser.",
      { cause },
    );
  });
  if (response.ok) return response;
  const problem = problemDetails.safeParse(await response.json().catch(() => null));
  if (!problem.success) {
    throw new ProblemError(
      "internal",
      `Something between this browser and Tailrace answered ${response.status} without saying why.`,
    );
  }
  throw problemOf(problem.data);
}

/** A problem as the server told it. */
export function problemOf({ code, detail, requestId, invalidParams }: ProblemDetails): ProblemError {
  return new ProblemError(code, detail, { requestId, ...(invalidParams && { invalidParams }) });
}
