import { isUtf8 } from "node:buffer";
import type { PayloadFormat, ReadableFormat } from "#lib/contracts/message-row.ts";

/** Bytes of a key, value or header, as text. */
export interface ReadPayload {
  /** `undecodable`: they don't fit the format that was asked for; `text` is then hex. */
  readonly as: ReadableFormat | "undecodable";
  readonly text: string;
  readonly guessed: boolean;
  /** Why they were not read as something else, or don't fit. */
  readonly why: string | null;
  /** `text` is only the beginning. */
  readonly cut: boolean;
}

/** What bytes are, and why not something else. */
export interface Judgement {
  readonly as: ReadableFormat | "undecodable";
  readonly why: string | null;
}

/** How JSON is told from other text: by its first and last character, or by parsing it. */
export type JsonCheck = "shape" | "parse";

/** Control characters are looked for in so many bytes. */
const SCANNED_BYTES = 4_096;
/** Longer text is JSON by its shape: parsing it would hold everybody else up. */
const MAX_PARSED_BYTES = 1_048_576;
const SCHEMA_REGISTRY_BYTES = 5;

const numberBytes = { int16: 2, int32: 4, int64: 8, float32: 4, float64: 8 } as const;
type NumberFormat = keyof typeof numberBytes;

/**
 * The one decision of how bytes become text, for rows and for whole payloads. Guessed: UTF-8 without control characters is
 * JSON or text; four or eight other bytes are a number when it is of a likely size; all else is hex. JSON stays exactly as
 * received.
 * @param maxBytes of the payload are shown, cut between characters; numbers are never cut
 */
export function readPayload(
  bytes: Uint8Array,
  format: PayloadFormat,
  maxBytes: number,
  jsonCheck: JsonCheck = "parse",
): ReadPayload {
  const payload = asBuffer(bytes);
  const { as, why } = judgePayload(payload, format, jsonCheck);
  const guessed = format === "auto";
  if (isNumberFormat(as)) return { as, text: numberText(payload, as), guessed, why, cut: false };
  const cut = payload.length > maxBytes;
  const text =
    as === "json" || as === "text"
      ? payload.toString("utf8", 0, cut ? characterEnd(payload, 0, maxBytes) : payload.length)
      : payload.toString("hex", 0, Math.min(payload.length, maxBytes));
  return { as, text, guessed, why, cut };
}

/** What `readPayload` reads bytes as. */
export function judgePayload(bytes: Uint8Array, format: PayloadFormat, jsonCheck: JsonCheck): Judgement {
  const payload = asBuffer(bytes);
  if (format === "auto") return guess(payload, jsonCheck);
  const misfit = whyNot(payload, format);
  return misfit === null ? { as: format, why: null } : { as: "undecodable", why: misfit };
}

/** The last place not behind `start + length` at which no character is cut in two; the bytes are UTF-8. */
export function characterEnd(bytes: Uint8Array, start: number, length: number): number {
  let end = Math.min(start + length, bytes.length);
  while (end > start && end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return end;
}

/** Bytes that no text has: control characters other than tab, line feed and carriage return. */
export function isControlCharacter(byte: number): boolean {
  return (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) || byte === 0x7f;
}

function guess(payload: Buffer, jsonCheck: JsonCheck): Judgement {
  const control = controlCharacterIn(payload);
  if (control === null && isUtf8(payload)) return guessText(payload, jsonCheck);
  const notText =
    control === null
      ? "not text: its bytes are not UTF-8"
      : `not text: byte ${control} is a control character (0x${(payload[control] ?? 0).toString(16).padStart(2, "0")})`;
  if (payload.length === 4 && isLikely(BigInt(payload.readInt32BE()), 24)) return { as: "int32", why: notText };
  if (payload.length === 8 && isLikely(payload.readBigInt64BE(), 48)) return { as: "int64", why: notText };
  if (payload[0] === 0 && payload.length > SCHEMA_REGISTRY_BYTES) {
    const id = payload.readInt32BE(1);
    if (id > 0 && isLikely(BigInt(id), 24)) {
      return { as: "hex", why: `${notText}. It begins as a schema registry's payloads do (schema ${id}).` };
    }
  }
  return { as: "hex", why: notText };
}

/** Within ±2^bits: what is counted, timed or numbered is; random bytes rarely are. */
function isLikely(value: bigint, bits: number): boolean {
  return BigInt.asIntN(bits + 1, value) === value;
}

function guessText(payload: Buffer, jsonCheck: JsonCheck): Judgement {
  if (!hasShapeOfJson(payload)) return { as: "text", why: null };
  if (jsonCheck === "shape" || payload.length > MAX_PARSED_BYTES) return { as: "json", why: null };
  const error = jsonError(payload);
  return error === null ? { as: "json", why: null } : { as: "text", why: `looks like JSON, but isn't: ${error}` };
}

/** Begins and ends as an object or an array does. */
function hasShapeOfJson(payload: Buffer): boolean {
  let start = 0;
  let end = payload.length - 1;
  while (start < end && isBlank(payload[start])) start += 1;
  while (end > start && isBlank(payload[end])) end -= 1;
  const first = payload[start];
  const last = payload[end];
  return start < end && ((first === 0x7b && last === 0x7d) || (first === 0x5b && last === 0x5d));
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function whyNot(payload: Buffer, format: ReadableFormat): string | null {
  if (format === "hex") return null;
  if (isNumberFormat(format)) {
    const needed = numberBytes[format];
    if (payload.length === needed) return null;
    return `${format} has ${needed} bytes, and here ${payload.length === 1 ? "is 1" : `are ${payload.length}`}`;
  }
  if (!isUtf8(payload)) return `not ${format === "json" ? "JSON" : "text"}: its bytes are not UTF-8`;
  if (format === "text") return null;
  if (payload.length > MAX_PARSED_BYTES) {
    return hasShapeOfJson(payload) ? null : "not JSON: it neither begins nor ends as an object or an array does";
  }
  const error = jsonError(payload);
  return error === null ? null : `not JSON: ${error}`;
}

function jsonError(payload: Buffer): string | null {
  try {
    JSON.parse(payload.toString("utf8"));
    return null;
  } catch (error) {
    if (payload.length === 0) return "it is empty";
    // What follows is an excerpt of the payload.
    return error instanceof Error ? (error.message.split(/, "|, \.\.\."/)[0] ?? "") : "it can't be parsed";
  }
}

function controlCharacterIn(payload: Buffer): number | null {
  const end = Math.min(payload.length, SCANNED_BYTES);
  for (let at = 0; at < end; at += 1) if (isControlCharacter(payload[at] ?? 0)) return at;
  return null;
}

function isNumberFormat(format: string): format is NumberFormat {
  return format in numberBytes;
}

function numberText(payload: Buffer, format: NumberFormat): string {
  switch (format) {
    case "int16":
      return payload.readInt16BE().toString();
    case "int32":
      return payload.readInt32BE().toString();
    case "int64":
      return payload.readBigInt64BE().toString();
    case "float32":
      return shortestFloat32(payload.readFloatBE());
    case "float64":
      return floatText(payload.readDoubleBE());
  }
}

const FLOAT32_DIGITS = 9;

/** The shortest text that is this number again: 0.1, not 0.10000000149011612. */
function shortestFloat32(value: number): string {
  if (!Number.isFinite(value)) return floatText(value);
  for (let digits = 1; digits <= FLOAT32_DIGITS; digits += 1) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return floatText(shorter);
  }
  return floatText(value);
}

function floatText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
