import { z } from "zod";
import type { Endpoint, ParsedInput } from "#lib/contracts/endpoint.ts";
import { type InvalidParam, ProblemError } from "#lib/problem.ts";
import { matchPath } from "./match-path.ts";

/** More wrong inputs than this are not listed one by one. */
const MAX_INVALID_PARAMS = 50;

/**
 * Path, query and body of a request as its contract wants them.
 * @throws {ProblemError} invalid-request (with every wrong input), body-too-large, unsupported-media-type, not-found
 */
export async function readInput<E extends Endpoint>(endpoint: E, request: Request): Promise<ParsedInput<E>> {
  const url = new URL(request.url);
  const rawParams = matchPath(endpoint.path, url.pathname);
  if (rawParams === null) throw new ProblemError("not-found", "Tailrace has nothing at this address.");
  const invalid: InvalidParam[] = [];
  const params = check(endpoint.params, rawParams, "", invalid);
  const query = check(endpoint.query, readQuery(url.searchParams, invalid), "", invalid);
  const body = endpoint.body instanceof z.ZodUndefined ? undefined : await readJson(request, endpoint.maxBodyBytes);
  const parsedBody = check(endpoint.body, body, "", invalid);
  if (invalid.length > 0) {
    const shown = invalid.slice(0, MAX_INVALID_PARAMS);
    const [first] = shown;
    throw new ProblemError(
      "invalid-request",
      `${first?.path ? `${first.path}: ` : ""}${first?.message ?? "the input is wrong"}${invalid.length > 1 ? ` (and ${invalid.length - 1} more)` : ""}`,
      { invalidParams: shown },
    );
  }
  return { params, query, body: parsedBody } as ParsedInput<E>;
}

function check<S extends z.ZodType>(schema: S, value: unknown, prefix: string, invalid: InvalidParam[]): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const extra = issue.code === "unrecognized_keys" ? issue.keys : [null];
    for (const key of extra) {
      const path = [...issue.path, ...(key === null ? [] : [key])].map(String);
      invalid.push({
        path: prefix + path.join("."),
        message: key === null ? sentenceOf(issue.message) : "there is no such input",
      });
    }
  }
  return undefined;
}

/** zod's own messages begin with a capital; ours, written for a person, don't. */
function sentenceOf(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}

function readQuery(search: URLSearchParams, invalid: InvalidParam[]): Record<string, string> {
  const seen = new Map<string, string>();
  for (const [key, value] of search) {
    if (seen.has(key)) invalid.push({ path: key, message: "it stands in the query more than once" });
    seen.set(key, value);
  }
  return Object.fromEntries(seen);
}

async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new ProblemError(
      "unsupported-media-type",
      "The body must be JSON, sent with content-type: application/json.",
    );
  }
  const text = await readText(request, maxBytes);
  try {
    return JSON.parse(text, refusePrototypeKeys) as unknown;
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError("invalid-request", "The body isn't valid JSON.", {
      invalidParams: [{ path: "", message: "not valid JSON" }],
    });
  }
}

/** `JSON.parse` makes `__proto__` an own key; copied into another object it would become that object's prototype. */
function refusePrototypeKeys(key: string, value: unknown): unknown {
  if (key !== "__proto__") return value;
  throw new ProblemError("invalid-request", "The body has a key that no input has: __proto__.", {
    invalidParams: [{ path: "__proto__", message: "there is no such input" }],
  });
}

async function readText(request: Request, maxBytes: number): Promise<string> {
  const tooLarge = () =>
    new ProblemError("body-too-large", `The body is larger than the ${maxBytes / 1024 / 1024} MiB that are read.`);
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  if (request.body === null) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop by the throw cancels the stream: the rest is not taken in.
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
