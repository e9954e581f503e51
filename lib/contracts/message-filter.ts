import { z } from "zod";
import { payloadFormat } from "./message-row.ts";

const MAX_NEEDLE = 1_000;

/** Which messages are wanted, and how their bytes are read. Everything that is given must hold. Part of tails and pages. */
export const messageFilter = z.strictObject({
  /** In key, value, or a header's name or value. Case counts only with `case`. Text, also where JSON writes it as \uXXXX. */
  contains: z.string().min(1).max(MAX_NEEDLE).optional(),
  /** Not in any of them. */
  without: z.string().min(1).max(MAX_NEEDLE).optional(),
  case: z.stringbool().default(false),
  /** The whole key; read as `keyAs` says when that is a number, else as text. */
  key: z.string().max(MAX_NEEDLE).optional(),
  /** "name": has such a header. "name=text": and its value is this. */
  header: z.string().min(1).max(MAX_NEEDLE).meta({ description: "A header's name, or name=value" }).optional(),
  keyAs: payloadFormat.default("auto"),
  valueAs: payloadFormat.default("auto"),
});
export type MessageFilter = z.output<typeof messageFilter>;

/** True when every message is wanted. */
export function wantsAll({ contains, without, key, header }: MessageFilter): boolean {
  return contains === undefined && without === undefined && key === undefined && header === undefined;
}
