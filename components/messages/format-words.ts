import type { PayloadFormat } from "#lib/contracts/message-row.ts";
import type { Payload } from "#lib/contracts/messages.ts";

/** How each format is called on screen. */
export const formatWords: Readonly<Record<PayloadFormat | "undecodable", string>> = {
  auto: "guess",
  json: "JSON",
  text: "text",
  int16: "int16",
  int32: "int32",
  int64: "int64",
  float32: "float32",
  float64: "float64",
  hex: "bytes",
  undecodable: "undecodable",
};

/** What a choice of format means, where the word alone doesn't say. */
export const formatHints: Partial<Record<PayloadFormat, string>> = {
  auto: "JSON, text, or a number where only that fits",
  text: "UTF-8",
  int16: "2 bytes, big-endian",
  int32: "4 bytes, big-endian",
  int64: "8 bytes, big-endian",
  float32: "4 bytes, big-endian",
  float64: "8 bytes, big-endian",
  hex: "as hexadecimal digits",
};

/** "JSON", "text, a guess". Bytes are no guess. */
export function readAs({ as, guessed }: Payload): string {
  return guessed && as !== "undecodable" && as !== "hex" ? `${formatWords[as]}, a guess` : formatWords[as];
}
