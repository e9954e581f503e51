import { createParser } from "eventsource-parser";
import { request } from "./api-client.ts";
import type { Endpoint, EndpointInput, EndpointOutput } from "./contracts/endpoint.ts";
import { ProblemError } from "./problem.ts";

/** No event of ours is longer. */
const MAX_EVENT_CHARS = 1024 * 1024;

interface StreamOptions {
  readonly signal: AbortSignal;
  /** The answer has begun. */
  readonly onOpen?: () => void;
  readonly baseUrl?: string;
}

/**
 * Events of an endpoint that answers with a stream of them, each as its contract has it; ends with the stream. Whoever stops to
 * iterate, or aborts, closes it. By fetch, because EventSource can't read a problem, and asks again by itself.
 * @throws {ProblemError} as the server answered; internal when the stream breaks off, or isn't what the contract says; the
 * signal's reason
 */
export async function* streamEvents<E extends Endpoint>(
  endpoint: E,
  input: EndpointInput<E>,
  { signal, onOpen, baseUrl }: StreamOptions,
): AsyncGenerator<EndpointOutput<E>, void> {
  const response = await request(endpoint, input, { signal, ...(baseUrl !== undefined && { baseUrl }) });
  onOpen?.();
  const events: unknown[] = [];
  const parser = createParser({
    onEvent: ({ data }) => events.push(JSON.parse(data)),
    maxBufferSize: MAX_EVENT_CHARS,
  });
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  try {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done || value === undefined) return;
      parser.feed(decoder.decode(value, { stream: true }));
      for (const event of events.splice(0)) yield endpoint.response.parse(event) as EndpointOutput<E>;
    }
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    if (cause instanceof ProblemError) throw cause;
    throw new ProblemError("internal", "The connection to Tailrace was lost.", { cause });
  } finally {
    await reader?.cancel().catch(() => {});
  }
}
