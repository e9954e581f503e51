"use client";
import { Tabs as Base } from "@base-ui/react/tabs";
import { cn } from "./cn.ts";

interface TabsProps<Value extends string> {
  /** What the tabs are of. */
  label: string;
  tabs: readonly { value: Value; label: React.ReactNode; aside?: React.ReactNode; panel: React.ReactNode }[];
  value: Value;
  onValueChange: (value: Value) => void;
  className?: string;
  panelClassName?: string;
  /** At the right end of the tabs: a choice that goes for all of them. */
  after?: React.ReactNode;
}

/** Views of one thing, side by side. Keep the choice in the URL. */
export function Tabs<Value extends string>({
  label,
  tabs,
  value,
  onValueChange,
  className,
  panelClassName,
  after,
}: TabsProps<Value>) {
  return (
    <Base.Root value={value} onValueChange={(next) => onValueChange(next as Value)} className={className}>
      <div className="flex items-center gap-3 border-line-strong border-b px-gutter">
        <Base.List aria-label={label} className="-mb-px flex min-w-0 flex-1 gap-1 overflow-x-auto pb-px">
          {tabs.map((tab) => (
            <Base.Tab
              key={tab.value}
              value={tab.value}
              className={cn(
                "relative flex h-9 shrink-0 cursor-default items-center gap-1.5 px-2 font-nav text-ink-2 hover:text-ink first:-ml-2",
                "focus-visible:z-10 focus-visible:rounded-2 data-active:font-strong data-active:text-ink",
                "data-active:after:absolute data-active:after:inset-x-2 data-active:after:-bottom-px data-active:after:h-0.5 data-active:after:bg-accent",
              )}
            >
              {tab.label}
              {tab.aside !== undefined && <span className="font-regular text-ink-3">{tab.aside}</span>}
            </Base.Tab>
          ))}
        </Base.List>
        {after}
      </div>
      {tabs.map((tab) => (
        <Base.Panel
          key={tab.value}
          value={tab.value}
          className={cn("outline-none focus-visible:shadow-none", panelClassName)}
        >
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
