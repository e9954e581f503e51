import "server-only";
import { randomUUID } from "node:crypto";
import { allEndpoints } from "#lib/contracts/all.ts";
import { ProblemError } from "#lib/problem.ts";
import { matchPath } from "./match-path.ts";
import { problemResponse } from "./problem-response.ts";

/** Answers a request that no contract fits: a method the address doesn't know, or an address that isn't there. */
async function refuseOtherRequest(request: Request): Promise<Response> {
  const requestId = randomUUID();
  try {
    const { pathname } = new URL(request.url);
    const known = allEndpoints.filter(({ path }) => matchPath(path, pathname) !== null).map(({ method }) => method);
    const methods = known.filter((method) => method !== request.method);
    if (methods.length === 0) {
      throw new ProblemError(
        "not-found",
        "Tailrace's API has nothing at this address. /api/openapi.json lists what there is.",
      );
    }
    const allow = methods.join(", ");
    const refusal = new ProblemError("method-not-allowed", `This address takes ${allow}, not ${request.method}.`);
    return problemResponse(refusal, requestId, { allow });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}

export {
  refuseOtherRequest as DELETE,
  refuseOtherRequest as GET,
  refuseOtherRequest as OPTIONS,
  refuseOtherRequest as PATCH,
  refuseOtherRequest as POST,
  refuseOtherRequest as PUT,
};
