import { z } from "zod";
import { type TailFrame, type TailFrameName, tailFrames } from "../contracts/tail.ts";
import { ProblemError } from "../problem.ts";

/**
 * Rows are not walked by zod: there may be 20,000 a second, and they come from Tailrace's own server. That they are a list
 * is checked; the store looks at the shape of each row anyway, to tell messages from gaps.
 */
const messagesEnvelope = tailFrames.messages.extend({ rows: z.custom<never[]>(Array.isArray) });
const envelopes = { ...tailFrames, messages: messagesEnvelope };

/**
 * One event of the stream, parsed; null when its name is unknown: a newer server may say more than this page knows.
 * @throws {ProblemError} internal, when it isn't what its name promises
 */
export function parseTailFrame(name: string | undefined, data: string): TailFrame | null {
  if (name === undefined || !isFrameName(name)) return null;
  const parsed = envelopes[name].safeParse(parseJson(data));
  if (!parsed.success) {
    throw new ProblemError(
      "internal",
      `Tailrace's server sent a ${name} frame that this page can't read. Reload the page.`,
      {
        cause: parsed.error,
      },
    );
  }
  return { name, data: parsed.data } as TailFrame;
}

function isFrameName(name: string): name is TailFrameName {
  return Object.hasOwn(tailFrames, name);
}

/** Rows hold offsets as text, so nothing in a frame is a number beyond 2^53. */
function parseJson(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
