"use client";
import { usePreferences } from "#components/preferences/preferences.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { Switch } from "#components/ui/switch.tsx";

interface Shortcut {
  readonly keys: readonly string[];
  readonly does: string;
}

const shortcuts: readonly Shortcut[] = [
  { keys: ["Ctrl K", "⌘ K"], does: "go to any topic, group, broker or page" },
  { keys: ["/"], does: "filter the list" },
  { keys: ["j", "k"], does: "next and previous row; arrows too, once in the list" },
  { keys: ["Enter"], does: "open the row" },
  { keys: ["Home", "End"], does: "first and last row" },
  { keys: ["Esc"], does: "close, or clear the filter" },
  { keys: ["?"], does: "this list" },
];

const tailShortcuts: readonly Shortcut[] = [
  { keys: ["Space"], does: "pause, and continue without a gap" },
  { keys: ["G"], does: "jump to live" },
  { keys: ["g", "g"], does: "to the first row" },
];

export function KeyboardHelp({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { singleKeys, setSingleKeys } = usePreferences();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard" closeFirst>
      <ShortcutList shortcuts={shortcuts} />
      <h3 className="mt-4 mb-2">In a live tail</h3>
      <ShortcutList shortcuts={tailShortcuts} />
      <Switch
        className="mt-4 mb-2"
        checked={singleKeys}
        onCheckedChange={setSingleKeys}
        label="Shortcuts of a single character"
      />
    </Dialog>
  );
}

function ShortcutList({ shortcuts }: { shortcuts: readonly Shortcut[] }) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-5 gap-y-2">
      {shortcuts.map(({ keys, does }) => (
        <div key={does} className="contents">
          <dt className="flex min-w-24 gap-1">
            {keys.map((key, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: g g is the same key twice
              <Kbd key={place}>{key}</Kbd>
            ))}
          </dt>
          <dd className="text-ink-2">{does}</dd>
        </div>
      ))}
    </dl>
  );
}
