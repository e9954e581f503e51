import "server-only";
import { randomUUID } from "node:crypto";
import { allEndpoints } from "#lib/contracts/all.ts";
import { openApiDocument } from "#lib/contracts/openapi.ts";
import packageJson from "../../package.json" with { type: "json" };
import { assertHostAllowed, assertNotCrossSite, originOf } from "../access/refuse-foreign.ts";
import { runtime } from "../runtime.ts";
import { apiHeaders } from "./api-headers.ts";
import { problemResponse } from "./problem-response.ts";

/** The API's description. It is a document, not an operation, and so has no contract of its own. */
export async function openApiResponse(request: Request): Promise<Response> {
  const requestId = randomUUID();
  try {
    const origin = originOf(request.headers);
    assertHostAllowed(origin, runtime().settings.listening);
    assertNotCrossSite(origin, false);
    return new Response(JSON.stringify(openApiDocument(allEndpoints, packageJson.version)), {
      headers: { ...apiHeaders(requestId), "content-type": "application/json" },
    });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}
