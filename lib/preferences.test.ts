import { expect, test } from "vitest";
import { PREFERENCES_COOKIE, type Preferences, preferenceCookie, readPreferences } from "./preferences.ts";

const cookieValue = (cookie: string) =>
  decodeURIComponent(cookie.slice(`${PREFERENCES_COOKIE}=`.length, cookie.indexOf(";")));

test.each<Preferences>([
  { theme: "dark", zoneChoice: "local", zone: "Europe/Berlin", singleKeys: false },
  { theme: "system", zoneChoice: "utc", zone: "UTC", singleKeys: true },
  { theme: "light", zoneChoice: "local", zone: "UTC", singleKeys: true },
])("what was chosen comes back: %o", (chosen) => {
  expect(readPreferences(cookieValue(preferenceCookie(chosen)))).toEqual(chosen);
});

test("a cookie somebody else wrote falls back to the defaults", () => {
  const defaults = { theme: "system", zoneChoice: "utc", zone: "UTC", singleKeys: true };
  expect(readPreferences(undefined)).toEqual(defaults);
  expect(readPreferences("theme=<b>&zone=Nowhere/Land")).toEqual(defaults);
  expect(readPreferences("x".repeat(10_000))).toEqual(defaults);
});
