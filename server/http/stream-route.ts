import "server-only";
import { randomUUID } from "node:crypto";
import type { Endpoint, ParsedInput } from "#lib/contracts/endpoint.ts";
import type { StreamContext } from "../context.ts";
import { ANSWER_DEADLINE_MS, abortProblem, withDeadline } from "../kafka/deadline.ts";
import { logger } from "../logger.ts";
import { runtime } from "../runtime.ts";
import { apiHeaders } from "./api-headers.ts";
import { admit, clusterContext } from "./cluster-context.ts";
import { problemResponse } from "./problem-response.ts";

/** What a stream is, before it is HTTP: pulled piece by piece as the viewer takes them; `return` ends it. */
export type EventStream = AsyncIterator<Uint8Array, undefined>;
type StreamService<E extends Endpoint> = (ctx: StreamContext, input: ParsedInput<E>) => Promise<EventStream>;

/**
 * Binds an endpoint that answers server-sent events to its service. All that can fail does so before the first byte, as a
 * problem; opening has the deadline of any answer, the stream itself has none. It ends when the service ends it, when
 * the viewer leaves, and at a shutdown, which the service hears of first (`ctx.viewing`).
 */
export function streamRoute<E extends Endpoint>(
  endpoint: E,
  service: StreamService<E>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const requestId = randomUUID();
    try {
      const input = await admit(endpoint, request);
      const opened = Promise.withResolvers<Response>();
      runtime()
        .openRequests.runStream(request.signal, async (viewing) => {
          const stream = await withDeadline(viewing, ANSWER_DEADLINE_MS, "the beginning of this stream", (signal) =>
            openWithin(signal, async () => {
              const ctx = await clusterContext(endpoint, input, { signal, requestId });
              return service({ ...ctx, viewing, lastEventId: request.headers.get("last-event-id") }, input);
            }),
          );
          await new Promise<void>((ended) => {
            opened.resolve(streamResponse(stream, viewing, requestId, ended));
          });
        })
        .catch(opened.reject);
      return await opened.promise;
    } catch (error) {
      return problemResponse(error, requestId);
    }
  };
}

/** A stream that opens after nobody waits for it any more is ended. */
async function openWithin(signal: AbortSignal, open: () => Promise<EventStream>): Promise<EventStream> {
  const stream = await open();
  if (!signal.aborted) return stream;
  await stream.return?.();
  throw abortProblem(signal);
}

function streamResponse(stream: EventStream, viewing: AbortSignal, requestId: string, ended: () => void): Response {
  let over = false;
  const end = () => {
    if (over) return;
    over = true;
    ended();
    stream.return?.().catch((err: unknown) => logger.error({ requestId, err }, "a stream's end failed"));
  };
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await stream.next();
          // The viewer left meanwhile: the stream is cancelled, and takes nothing more.
          if (over) return;
          if (!done) return controller.enqueue(value);
          controller.close();
          end();
        } catch (error) {
          if (over) return;
          logger.error({ requestId, err: error }, "a stream failed");
          controller.error(error);
          end();
        }
      },
      cancel: end,
    },
    // Nothing is taken from the service before the viewer's socket has room.
    { highWaterMark: 0 },
  );
  // A viewer who left without cancelling: nobody pulls any more.
  const onAbort = () => {
    if (abortProblem(viewing).code !== "shutting-down") end();
  };
  if (viewing.aborted) onAbort();
  viewing.addEventListener("abort", onAbort, { once: true });
  return new Response(body, {
    headers: {
      ...apiHeaders(requestId),
      "content-type": "text/event-stream; charset=utf-8",
      // no-transform: whatever compresses would hold events back.
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
