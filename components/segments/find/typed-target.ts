import type { LocateTarget } from "#lib/queries/segments.ts";
import type { Zone } from "#lib/time.ts";
import { parseInt64, parseMoment } from "#lib/typed-values.ts";

/** Null for what is no offset. */
export function offsetTyped(text: string): LocateTarget | null {
  const offset = parseInt64(text);
  return offset === null || offset.startsWith("-") ? null : { offset };
}

/** Null for what is no moment. */
export function momentTyped(text: string, zone: Zone): LocateTarget | null {
  const ms = parseMoment(text, zone);
  return ms === null ? null : { timestampMs: String(ms) };
}
