import type { PayloadFormat } from "#lib/contracts/message-row.ts";
import type { Payload } from "#lib/contracts/messages.ts";
import { readPayload } from "../reader/read-payload.ts";

/** Of a payload, as text: more freezes a browser's tab. */
const MAX_TEXT = 1_048_576;
/** A message has one key and one value, but any number of headers. */
const MAX_HEADER_TEXT = 16_384;
const MAX_HEAD_BYTES = 16_384;
const MAX_HEADER_HEAD_BYTES = 1_024;

/** A key or value as the message's page shows it. */
export function payloadOf(bytes: Uint8Array, format: PayloadFormat): Payload {
  return shown(bytes, format, MAX_TEXT, MAX_HEAD_BYTES);
}

/** A header's value. */
export function headerPayloadOf(bytes: Uint8Array): Payload {
  return shown(bytes, "auto", MAX_HEADER_TEXT, MAX_HEADER_HEAD_BYTES);
}

function shown(bytes: Uint8Array, format: PayloadFormat, maxText: number, maxHeadBytes: number): Payload {
  const { as, text, guessed, why, cut } = readPayload(bytes, format, maxText);
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, maxHeadBytes));
  return {
    bytes: bytes.byteLength,
    as,
    guessed,
    why,
    // Hex has two characters a byte.
    text: text.slice(0, maxText),
    cut: cut || text.length > maxText,
    head: head.toString("base64"),
  };
}
