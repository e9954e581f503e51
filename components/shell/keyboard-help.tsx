"use client";
import { usePreferences } from "#components/preferences/preferences.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { Switch } from "#components/ui/switch.tsx";

const shortcuts: readonly { keys: readonly string[]; does: string }[] = [
  { keys: ["Ctrl K", "⌘ K"], does: "go to any topic, broker or page" },
  { keys: ["/"], does: "filter the list" },
  { keys: ["j", "k"], does: "next and previous row; arrows too, once in the list" },
  { keys: ["Enter"], does: "open the row" },
  { keys: ["Home", "End"], does: "first and last row" },
  { keys: ["Esc"], does: "close, or clear the filter" },
  { keys: ["?"], does: "this list" },
];

export function KeyboardHelp({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { singleKeys, setSingleKeys } = usePreferences();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-5 gap-y-2">
        {shortcuts.map(({ keys, does }) => (
          <div key={does} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd className="text-ink-2">{does}</dd>
          </div>
        ))}
      </dl>
      <Switch
        className="mt-4 mb-2"
        checked={singleKeys}
        onCheckedChange={setSingleKeys}
        label="Shortcuts of a single character"
      />
    </Dialog>
  );
}
