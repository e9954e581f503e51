"use client";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { usePreferences } from "#components/preferences/preferences.tsx";
import { Menu, MenuRadio } from "#components/ui/menu.tsx";
import { localZone } from "#lib/time.ts";

/** The zone of every time on screen. */
export function ZoneMenu() {
  const { zone, zoneChoice, setZoneChoice } = usePreferences();
  // Read when the menu opens: the server doesn't know it.
  const [local, setLocal] = useState("");
  return (
    <Menu
      align="end"
      trigger={
        <button
          type="button"
          aria-label={`Times are in ${zone}. Change the time zone`}
          className="flex h-ctl items-center gap-1 rounded-2 px-1.5 text-12 text-ink-2 hover:bg-hover hover:text-ink"
          onPointerEnter={() => setLocal(localZone())}
          onFocus={() => setLocal(localZone())}
        >
          {zone}
          <ChevronDown aria-hidden className="size-3.5" strokeWidth={1.6} />
        </button>
      }
    >
      <MenuRadio
        label="Times on screen"
        value={zoneChoice}
        onValueChange={setZoneChoice}
        options={[
          { value: "utc", label: "UTC" },
          { value: "local", label: "Local", aside: local },
        ]}
      />
    </Menu>
  );
}
