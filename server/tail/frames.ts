import type { TailFrameName, TailFrames } from "#lib/contracts/tail.ts";
import { MAX_CURSOR_HEADER_LENGTH } from "#lib/tail/cursor.ts";

/**
 * One frame as a server-sent event. Its JSON holds no line break, since JSON writes them as escapes.
 * @param cursor the event's id; left out when it outgrows what a header may hold
 */
export function frame<Name extends TailFrameName>(name: Name, data: TailFrames[Name], cursor = ""): Uint8Array {
  return encodeFrame(name, JSON.stringify(data), cursor);
}

/** `rows`: JSON with commas between. */
export function messagesFrame(next: readonly (readonly [number, string])[], rows: readonly string[]): Uint8Array {
  return encodeFrame("messages", `{"next":${JSON.stringify(next)},"rows":[${rows.join(",")}]}`, "");
}

function encodeFrame(name: TailFrameName, json: string, cursor: string): Uint8Array {
  const id = cursor !== "" && cursor.length <= MAX_CURSOR_HEADER_LENGTH ? `id: ${cursor}\n` : "";
  return Buffer.from(`event: ${name}\n${id}data: ${json}\n\n`);
}
