import { type ProblemCode, type ProblemDetails, ProblemError, problemStatus } from "#lib/problem.ts";
import { problemGuide } from "#lib/problem-guide.ts";
import { logger } from "../logger.ts";
import { apiHeaders } from "./api-headers.ts";

/** Kafka's or the network's doing: worth a line in the log, not an alarm. */
const loggedAsWarning: readonly ProblemCode[] = ["kafka-login-failed", "cluster-unreachable", "deadline-exceeded"];

/**
 * An error as RFC 9457 problem+json. What isn't a ProblemError is a mistake of ours: it is logged whole under the
 * request's id, and the answer says only that id.
 */
export function problemResponse(error: unknown, requestId: string, headers: Readonly<Record<string, string>> = {}) {
  const problem = error instanceof ProblemError ? error : unexpected(error, requestId);
  if (loggedAsWarning.includes(problem.code)) {
    logger.warn({ requestId, code: problem.code, detail: problem.message }, "a request failed");
  }
  const { code, message, invalidParams } = problem;
  const details: ProblemDetails = {
    type: `/problems/${code}`,
    code,
    title: problemGuide[code].title,
    status: problemStatus[code],
    detail: message,
    requestId,
    ...(invalidParams.length > 0 && { invalidParams: [...invalidParams] }),
  };
  return new Response(JSON.stringify(details), {
    status: details.status,
    headers: { ...apiHeaders(requestId), ...headers, "content-type": "application/problem+json" },
  });
}

function unexpected(error: unknown, requestId: string): ProblemError {
  logger.error({ requestId, err: error }, "an unexpected error");
  return new ProblemError(
    "internal",
    `Something went wrong inside Tailrace. Its log says what, under the request id ${requestId}; please report it with that line.`,
  );
}
