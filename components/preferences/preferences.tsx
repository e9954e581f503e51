"use client";
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { type Preferences, preferenceCookie, type Theme } from "#lib/preferences.ts";
import { localZone, type Zone } from "#lib/time.ts";

interface PreferencesContext extends Preferences {
  setTheme: (theme: Theme) => void;
  /** "local" follows this browser's zone. */
  setZoneChoice: (choice: "utc" | "local") => void;
  setSingleKeys: (on: boolean) => void;
}

const Context = createContext<PreferencesContext | null>(null);

/** What a viewer chose, kept in a cookie so that the server renders it so from the first byte. */
export function PreferencesProvider({ initial, children }: { initial: Preferences; children: React.ReactNode }) {
  const [preferences, setPreferences] = useState(initial);

  const change = useCallback((next: Preferences) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API isn't everywhere, and this one is synchronous
    document.cookie = preferenceCookie(next);
    document.documentElement.dataset.theme = next.theme;
    if (next.theme === "system") delete document.documentElement.dataset.theme;
    setPreferences(next);
  }, []);

  // A browser that travelled: the cookie still names the zone it was set in.
  useEffect(() => {
    if (preferences.zoneChoice === "local" && preferences.zone !== localZone()) {
      change({ ...preferences, zone: localZone() });
    }
  }, [preferences, change]);

  const value = useMemo<PreferencesContext>(
    () => ({
      ...preferences,
      setTheme: (theme) => change({ ...preferences, theme }),
      setZoneChoice: (zoneChoice) =>
        change({ ...preferences, zoneChoice, zone: zoneChoice === "local" ? localZone() : "UTC" }),
      setSingleKeys: (singleKeys) => change({ ...preferences, singleKeys }),
    }),
    [preferences, change],
  );
  return <Context value={value}>{children}</Context>;
}

export function usePreferences(): PreferencesContext {
  const preferences = useContext(Context);
  if (preferences === null) throw new Error("usePreferences outside PreferencesProvider");
  return preferences;
}

/** The zone of every time on screen. */
export function useZone(): Zone {
  return usePreferences().zone;
}
