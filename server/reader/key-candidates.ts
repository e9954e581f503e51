import type { PayloadFormat, ReadableFormat } from "#lib/contracts/message-row.ts";
import { readPayload } from "./read-payload.ts";

const WHOLE_NUMBER = /^-?\d{1,19}$/;
const HEX = /^(?:0x)?((?:[0-9a-f]{2})*)$/i;

/**
 * The keys that somebody means who types a text: in a format, at most one. Guessed: the text itself, and whatever else would
 * be shown as this text.
 */
export function keyCandidates(text: string, format: PayloadFormat): Buffer[] {
  if (format !== "auto") return existing([bytesOf(text, format)]);
  const others = (["int32", "int64", "hex"] as const).map((other) => bytesOf(text, other));
  const shownSo = existing(others).filter((bytes) => {
    const { as, text: shown } = readPayload(bytes, "auto", bytes.length);
    return as !== "text" && as !== "json" && shown === text;
  });
  return [Buffer.from(text), ...shownSo];
}

function bytesOf(text: string, format: ReadableFormat): Buffer | null {
  switch (format) {
    case "int16":
    case "int32":
    case "int64":
      return integerBytes(text.trim(), format);
    case "float32":
    case "float64":
      return floatBytes(text.trim(), format);
    case "hex": {
      const digits = HEX.exec(text.trim())?.[1];
      return digits === undefined ? null : Buffer.from(digits, "hex");
    }
    default:
      return Buffer.from(text);
  }
}

function integerBytes(text: string, format: "int16" | "int32" | "int64"): Buffer | null {
  const bits = Number(format.slice("int".length));
  if (!WHOLE_NUMBER.test(text)) return null;
  const value = BigInt(text);
  if (BigInt.asIntN(bits, value) !== value) return null;
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes.subarray(8 - bits / 8);
}

function floatBytes(text: string, format: "float32" | "float64"): Buffer | null {
  const value = Number(text);
  if (text === "" || (Number.isNaN(value) && text !== "NaN")) return null;
  const bytes = Buffer.alloc(format === "float32" ? 4 : 8);
  if (format === "float32") bytes.writeFloatBE(value);
  else bytes.writeDoubleBE(value);
  return bytes;
}

function existing(candidates: readonly (Buffer | null)[]): Buffer[] {
  return candidates.filter((one) => one !== null);
}
