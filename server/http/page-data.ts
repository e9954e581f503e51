import "server-only";
import { randomUUID } from "node:crypto";
import { headers } from "next/headers";
import type { z } from "zod";
import type { Endpoint, EndpointOutput, ParsedInput } from "#lib/contracts/endpoint.ts";
import { authorise, localActor } from "../access/authorise.ts";
import type { ClusterContext } from "../context.ts";
import { withDeadline } from "../kafka/deadline.ts";
import { runtime } from "../runtime.ts";

/** An answer that comes sooner is in the page's first byte; a page that waits longer shows its frame, and asks itself. */
const PATIENCE_MS = 250;

/**
 * Reads an endpoint's answer for the first paint of a document, by the same service and the same guard as its route.
 * Null whenever it isn't here in a quarter of a second, for whatever reason: the browser then asks, and shows the problem.
 * Null too when the browser navigates within the app: it may hold the data already. The host was checked by proxy.ts.
 */
export async function readForPage<E extends Endpoint>(
  endpoint: E,
  service: (ctx: ClusterContext, input: ParsedInput<E>) => Promise<z.input<E["response"]>>,
  params: z.output<E["params"]> & { cluster: string },
): Promise<EndpointOutput<E> | null> {
  if ((await headers()).get("sec-fetch-dest") !== "document") return null;
  const cluster = await runtime().cluster(params.cluster);
  if (cluster === null) return null;
  const { settings, tails: _, ...held } = cluster;
  try {
    authorise(localActor, endpoint, settings);
    const input = { params, query: endpoint.query.parse({}), body: undefined } as ParsedInput<E>;
    const data = await runtime().openRequests.run(AbortSignal.timeout(PATIENCE_MS), (open) =>
      withDeadline(open, PATIENCE_MS, endpoint.summary, (signal) =>
        service({ ...held, cluster: settings, actor: localActor, signal, requestId: randomUUID() }, input),
      ),
    );
    return endpoint.response.parse(data) as EndpointOutput<E>;
  } catch {
    return null;
  }
}
