import type { LocateTarget } from "#lib/queries/segments.ts";
import type { Zone } from "#lib/time.ts";
import { parseInt64, parseMoment } from "#lib/typed-values.ts";

/** Null for what is no offset. */
export function offsetTyped(text: string): LocateTarget | null {
  const offset = parseInt64(text);
  return offset === null || offset.startsWith("-") ? null : { offset };
}

/** Why it is no offset; null when it is one. */
export function offsetProblem(text: string): string | null {
  const written = text.trim();
  if (written === "") return "Type an offset.";
  if (offsetTyped(written) !== null) return null;
  if (!/^[-−–+]?\d[\d,_\s]*$/.test(written)) return "Not an offset: that is a whole number, 0 or more.";
  return /^[-−–]/.test(written) ? "An offset is never negative." : "Too large: offsets end at 2⁶³ − 1.";
}

/** Null for what is no moment. */
export function momentTyped(text: string, zone: Zone, nowMs?: number): LocateTarget | null {
  const ms = parseMoment(text, zone, nowMs);
  return ms === null ? null : { timestampMs: String(ms) };
}
