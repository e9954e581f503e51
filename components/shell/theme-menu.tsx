"use client";
import { Monitor, Moon, Sun } from "lucide-react";
import { usePreferences } from "#components/preferences/preferences.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu, MenuRadio } from "#components/ui/menu.tsx";

const icons = { light: Sun, dark: Moon, system: Monitor } as const;

export function ThemeMenu() {
  const { theme, setTheme } = usePreferences();
  const Icon = icons[theme];
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={`Theme: ${theme}`}>
          <Icon aria-hidden strokeWidth={1.6} />
        </IconButton>
      }
    >
      <MenuRadio
        label="Theme"
        value={theme}
        onValueChange={setTheme}
        options={[
          { value: "light", label: "Light" },
          { value: "dark", label: "Dark" },
          { value: "system", label: "System" },
        ]}
      />
    </Menu>
  );
}
