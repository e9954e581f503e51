import "server-only";
import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { Endpoint, ParsedInput } from "#lib/contracts/endpoint.ts";
import { authorise, localActor } from "../access/authorise.ts";
import type { ClusterContext, ServerContext } from "../context.ts";
import { ANSWER_DEADLINE_MS, withDeadline } from "../kafka/deadline.ts";
import { runtime } from "../runtime.ts";
import { apiHeaders } from "./api-headers.ts";
import { admit, type BaseContext, clusterContext } from "./cluster-context.ts";
import { problemResponse } from "./problem-response.ts";

type Service<Context, E extends Endpoint> = (ctx: Context, input: ParsedInput<E>) => Promise<z.input<E["response"]>>;
type Handler = (request: Request) => Promise<Response>;

/** Binds an endpoint about one cluster to its service: parse, authorise, call, validate, respond. */
export function route<E extends Endpoint>(endpoint: E, service: Service<ClusterContext, E>): Handler {
  return (request) =>
    answer(endpoint, request, async (base, input) => service(await clusterContext(endpoint, input, base), input));
}

/**
 * The same for an endpoint that is about this server, or about all clusters.
 * @param options.evenWhileClosing still answered during a shutdown
 */
export function serverRoute<E extends Endpoint>(
  endpoint: E,
  service: Service<ServerContext, E>,
  { evenWhileClosing = false } = {},
): Handler {
  return (request) =>
    answer(
      endpoint,
      request,
      async (base, input) => {
        authorise(base.actor, endpoint, null);
        return service({ ...base, runtime: runtime() }, input);
      },
      evenWhileClosing,
    );
}

async function answer<E extends Endpoint>(
  endpoint: E,
  request: Request,
  serve: (base: BaseContext, input: ParsedInput<E>) => Promise<z.input<E["response"]>>,
  evenWhileClosing = false,
): Promise<Response> {
  const requestId = randomUUID();
  try {
    const input = await admit(endpoint, request);
    const data = await runtime().openRequests.run(
      request.signal,
      (open) =>
        withDeadline(open, ANSWER_DEADLINE_MS, "all that this answer needs", (signal) =>
          serve({ actor: localActor, signal, requestId }, input),
        ),
      evenWhileClosing,
    );
    return new Response(toJson(endpoint, data), {
      headers: { ...apiHeaders(requestId), "content-type": "application/json" },
    });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}

/** What the service returned goes out as it is: parsing would fill in the defaults that keep it compact. */
function toJson<E extends Endpoint>(endpoint: E, data: z.input<E["response"]>): string {
  const checked = endpoint.response.safeParse(data);
  if (checked.success) return JSON.stringify(data);
  throw new Error(`${endpoint.name} answered what its contract doesn't allow: ${checked.error.message}`);
}
