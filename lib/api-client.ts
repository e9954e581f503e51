import type { Endpoint, EndpointInput, EndpointOutput } from "./contracts/endpoint.ts";
import { ProblemError, problemDetails } from "./problem.ts";

/**
 * Calls an endpoint by its contract and returns the parsed response.
 * @throws {ProblemError} as the server answered it; `cluster-unreachable` never means this server: when Tailrace itself
 * doesn't answer, the code is `internal` and the detail says so.
 */
export async function call<E extends Endpoint>(
  endpoint: E,
  input: EndpointInput<E>,
  options: { signal?: AbortSignal; baseUrl?: string } = {},
): Promise<EndpointOutput<E>> {
  const { query, body, ...params } = input as { query?: Record<string, unknown>; body?: unknown } & Record<
    string,
    unknown
  >;
  const path = endpoint.path.replace(/:([a-zA-Z]+)/g, (_, key: string) => encodeURIComponent(String(params[key])));
  const search = new URLSearchParams(
    Object.entries(query ?? {}).map(([key, value]) => [key, String(value)]),
  ).toString();
  const response = await fetch(`${options.baseUrl ?? ""}${path}${search && `?${search}`}`, {
    method: endpoint.method,
    ...(options.signal && { signal: options.signal }),
    ...(body !== undefined && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    if (options.signal?.aborted) throw cause;
    throw new ProblemError(
      "internal",
      "Tailrace's own server doesn't answer. Check that it is running and reachable from this browser.",
      {
        cause,
      },
    );
  });
  const json: unknown = await response.json().catch(() => null);
  if (response.ok) return endpoint.response.parse(json) as EndpointOutput<E>;
  const problem = problemDetails.safeParse(json);
  if (!problem.success) {
    throw new ProblemError(
      "internal",
      `Something between this browser and Tailrace answered ${response.status} without saying why.`,
    );
  }
  const { code, detail, requestId, invalidParams } = problem.data;
  throw new ProblemError(code, detail, { requestId, ...(invalidParams && { invalidParams }) });
}
