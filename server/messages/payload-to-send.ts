import type { NewMessage } from "#lib/contracts/messages.ts";

type SentAs = NewMessage["valueAs"];

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const WHOLE_NUMBER = /^-?\d{1,19}$/;

/**
 * The bytes that a text stands for: UTF-8 as it is, JSON checked and left as it is, base64, or a big-endian number as
 * Kafka's serializers write it.
 * @throws {RangeError} in words for the person who typed it
 */
export function payloadToSend(text: string, as: SentAs): Buffer {
  switch (as) {
    case "json":
      assertJson(text);
      return utf8(text);
    case "base64": {
      const compact = text.replaceAll(/\s/g, "");
      if (!BASE64.test(compact)) throw new RangeError("not base64 (A–Z, a–z, 0–9, + and /, padded with =)");
      return Buffer.from(compact, "base64");
    }
    case "int32": {
      const bytes = Buffer.alloc(4);
      bytes.writeInt32BE(Number(wholeNumber(text, 32)));
      return bytes;
    }
    case "int64": {
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64BE(wholeNumber(text, 64));
      return bytes;
    }
    default:
      return utf8(text);
  }
}

function utf8(text: string): Buffer {
  // Half of a surrogate pair has no bytes in UTF-8: another character would be sent instead of it.
  if (!text.isWellFormed()) throw new RangeError("holds half of a character (a lone surrogate), which can't be sent");
  return Buffer.from(text);
}

function assertJson(text: string): void {
  try {
    JSON.parse(text);
  } catch (error) {
    throw new RangeError(`not JSON: ${error instanceof Error ? error.message : "it can't be parsed"}`);
  }
}

function wholeNumber(text: string, bits: 32 | 64): bigint {
  const trimmed = text.trim();
  const value = WHOLE_NUMBER.test(trimmed) ? BigInt(trimmed) : null;
  if (value === null || BigInt.asIntN(bits, value) !== value) {
    throw new RangeError(
      `not a whole number of ${bits} bits (${-(2n ** BigInt(bits - 1))} to ${2n ** BigInt(bits - 1) - 1n})`,
    );
  }
  return value;
}
