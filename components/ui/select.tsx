"use client";
import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronDown } from "lucide-react";
import { cn } from "./cn.ts";
import { popupStyle } from "./popup.ts";

export interface Option<Value extends string = string> {
  value: Value;
  label: string;
  /** A second line, smaller. */
  hint?: React.ReactNode;
}

interface SelectProps<Value extends string> {
  options: readonly Option<Value>[];
  value: Value;
  onValueChange: (value: Value) => void;
  onBlur?: () => void;
  name?: string;
  size?: "md" | "lg";
  disabled?: boolean;
  /** Needed outside a Field. */
  "aria-label"?: string;
  /** Shown before the value: "Health". */
  prefix?: string;
  mono?: boolean;
  className?: string;
}

/** One of a few. For many, use a Combobox. */
export function Select<Value extends string>({
  options,
  value,
  onValueChange,
  size = "md",
  prefix,
  mono,
  className,
  onBlur,
  "aria-label": ariaLabel,
  ...props
}: SelectProps<Value>) {
  return (
    <Base.Root
      items={options.map(({ value, label }) => ({ value, label }))}
      value={value}
      onValueChange={(next) => next !== null && onValueChange(next)}
      modal={false}
      {...props}
    >
      <Base.Trigger
        aria-label={ariaLabel}
        onBlur={onBlur}
        className={cn(
          "flex min-w-0 select-none items-center gap-1.5 rounded-2 border border-control bg-raised pr-1.5 pl-2 text-left hover:bg-hover data-disabled:border-line-strong data-disabled:bg-sunken data-invalid:border-crit data-disabled:text-ink-3",
          size === "md" ? "h-ctl" : "h-ctl-lg",
          className,
        )}
      >
        {prefix !== undefined && <span className="text-ink-2">{prefix}</span>}
        <Base.Value className={cn("min-w-0 flex-1 truncate", mono && "mono")} />
        <Base.Icon>
          <ChevronDown aria-hidden className="size-3.5 text-ink-2" strokeWidth={1.6} />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-none">
          <Base.Popup className={cn(popupStyle, "min-w-(--anchor-width)")}>
            <Base.List className="max-h-[min(22rem,var(--available-height))] overflow-y-auto p-1 outline-none">
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  className="grid min-h-7 cursor-default grid-cols-[14px_1fr] items-center gap-x-2 rounded-2 py-1 pr-3 pl-1.5 outline-none data-highlighted:bg-hover pointer-coarse:min-h-10"
                >
                  <Base.ItemIndicator>
                    <Check aria-hidden className="size-3.5 text-accent" strokeWidth={2} />
                  </Base.ItemIndicator>
                  <span className="col-start-2 min-w-0">
                    <Base.ItemText className={cn(mono && "mono")}>{option.label}</Base.ItemText>
                    {option.hint !== undefined && <span className="block text-12 text-ink-3">{option.hint}</span>}
                  </span>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
