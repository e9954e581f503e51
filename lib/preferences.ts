import { isZone, type Zone } from "./time.ts";

export type Theme = "light" | "dark" | "system";

export interface Preferences {
  readonly theme: Theme;
  readonly zoneChoice: "utc" | "local";
  /** "UTC", or the browser's own zone when it chose "local": the server prints times in it too. */
  readonly zone: Zone;
  /** Shortcuts of one character; WCAG 2.1.4 asks that they can be turned off. */
  readonly singleKeys: boolean;
}

export const PREFERENCES_COOKIE = "tailrace-preferences";
const YEAR_S = 31_536_000;
const LONGEST = 200;

/** Reads the cookie's value; whatever is not understood falls back to the default. */
export function readPreferences(value: string | undefined): Preferences {
  const given = new URLSearchParams(value === undefined || value.length > LONGEST ? "" : value);
  const theme = given.get("theme");
  const zone = given.get("zone");
  const local = zone !== null && zone !== "UTC" && isZone(zone);
  return {
    theme: theme === "light" || theme === "dark" ? theme : "system",
    zoneChoice: local || given.get("follow") === "local" ? "local" : "utc",
    zone: local ? zone : "UTC",
    singleKeys: given.get("keys") !== "off",
  };
}

/** The whole cookie, for document.cookie. Holds no secret, so script may read it. */
export function preferenceCookie({ theme, zoneChoice, zone, singleKeys }: Preferences): string {
  const value = new URLSearchParams();
  if (theme !== "system") value.set("theme", theme);
  if (zoneChoice === "local") {
    value.set("zone", zone);
    value.set("follow", "local");
  }
  if (!singleKeys) value.set("keys", "off");
  return `${PREFERENCES_COOKIE}=${encodeURIComponent(value.toString())}; Path=/; Max-Age=${YEAR_S}; SameSite=Lax`;
}
