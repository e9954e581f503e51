import "server-only";
import { randomUUID } from "node:crypto";
import type { Endpoint, ParsedInput } from "#lib/contracts/endpoint.ts";
import type { ClusterContext } from "../context.ts";
import { ANSWER_DEADLINE_MS, withDeadline } from "../kafka/deadline.ts";
import { runtime } from "../runtime.ts";
import { apiHeaders } from "./api-headers.ts";
import { admit, clusterContext } from "./cluster-context.ts";
import { problemResponse } from "./problem-response.ts";

interface Download {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Letters, digits, ".", "_" and "-" only. */
  readonly fileName: string;
}

/** Binds an endpoint that answers bytes to its service. They are always saved, never shown: they are anybody's. */
export function bytesRoute<E extends Endpoint>(
  endpoint: E,
  service: (ctx: ClusterContext, input: ParsedInput<E>) => Promise<Download>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const requestId = randomUUID();
    try {
      const input = await admit(endpoint, request);
      const { bytes, fileName } = await runtime().openRequests.run(request.signal, (open) =>
        withDeadline(open, ANSWER_DEADLINE_MS, "all that this answer needs", async (signal) =>
          service(await clusterContext(endpoint, input, { signal, requestId }), input),
        ),
      );
      return new Response(bytes, {
        headers: {
          ...apiHeaders(requestId),
          "content-type": "application/octet-stream",
          "content-length": String(bytes.byteLength),
          "content-disposition": `attachment; filename="${fileName.replaceAll(/[^\w.-]/g, "_")}"`,
        },
      });
    } catch (error) {
      return problemResponse(error, requestId);
    }
  };
}
