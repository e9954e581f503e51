"use client";
import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { useState } from "react";
import { cn } from "#components/ui/cn.ts";
import { Kbd } from "#components/ui/kbd.tsx";
import type { ClusterSummary } from "#lib/contracts/clusters.ts";
import { type Command, type CommandGroup, useCommandGroups } from "./palette-entries.ts";

interface PaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  clusters: readonly ClusterSummary[];
  showKeys: () => void;
}

/** Any topic, group, broker, page or act by a few letters. */
export function Palette({ open, onOpenChange, ...props }: PaletteProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup
          aria-label="Go to, or do"
          className="fixed inset-x-2 top-2 z-50 mx-auto flex max-h-[min(34rem,calc(100dvh-16px))] flex-col overflow-clip rounded-3 bg-raised shadow-dialog outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0 md:top-[12vh] md:max-w-[600px]"
        >
          <PaletteBody onDone={() => onOpenChange(false)} {...props} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteBody({
  onDone,
  clusters,
  showKeys,
}: Omit<PaletteProps, "open" | "onOpenChange"> & { onDone: () => void }) {
  const [query, setQuery] = useState("");
  // Never deferred: Enter must run what is seen for what was typed.
  const { groups, unread } = useCommandGroups(query, clusters, showKeys);
  return (
    <Autocomplete.Root
      open
      inline
      items={groups as CommandGroup[]}
      mode="none"
      value={query}
      onValueChange={setQuery}
      itemToStringValue={(command: Command) => command.label}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex h-11 shrink-0 items-center gap-2.5 border-line-strong border-b px-3.5">
        <Search aria-hidden className="size-4 text-ink-3" strokeWidth={1.6} />
        <Autocomplete.Input
          aria-label="Topic, group, broker, page or act"
          placeholder="Topic, group, broker, page…"
          className="h-full min-w-0 flex-1 bg-transparent outline-none focus-visible:shadow-none"
          spellCheck={false}
        />
        <Dialog.Close className="rounded-2" aria-label="Close">
          <Kbd>Esc</Kbd>
        </Dialog.Close>
      </div>
      <Autocomplete.Empty className="px-3.5 py-4 text-ink-2 empty:hidden">
        {query === "" || unread !== null ? null : `Nothing is called “${query}”.`}
      </Autocomplete.Empty>
      <Autocomplete.List className="min-h-0 flex-1 scroll-py-8 overflow-y-auto overscroll-contain px-1.5 pb-1.5 outline-none data-empty:hidden">
        {(group: CommandGroup) => (
          <Autocomplete.Group key={group.value} items={group.items}>
            <Autocomplete.GroupLabel className="px-2 pt-2.5 pb-1 text-12 text-ink-3">
              {group.value}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(command: Command) => (
                <Autocomplete.Item
                  key={command.id}
                  value={command}
                  onClick={() => {
                    onDone();
                    command.run();
                  }}
                  className="flex min-h-7 cursor-default items-center gap-3 rounded-2 px-2 outline-none data-highlighted:bg-hover pointer-coarse:min-h-10"
                >
                  <span className={cn("min-w-0 flex-1 truncate", command.mono === true && "mono")}>
                    {command.label}
                  </span>
                  {command.aside !== undefined && <span className="text-12 text-ink-3">{command.aside}</span>}
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
      {unread !== null && (
        <p role="status" className="border-line border-t px-3.5 py-2 text-pretty text-12 text-ink-2">
          {unread.kind === "reading" ? "Reading topics, groups and brokers…" : unread.reason}
        </p>
      )}
    </Autocomplete.Root>
  );
}
