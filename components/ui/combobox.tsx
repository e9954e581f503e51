"use client";
import { Combobox as Base } from "@base-ui/react/combobox";
import { ChevronDown } from "lucide-react";
import { cn } from "./cn.ts";
import { bareInput, controlFrame } from "./field.tsx";
import { popupStyle } from "./popup.ts";
import type { Option } from "./select.tsx";

interface ComboboxProps {
  options: readonly Option[];
  /** The chosen value; null when none. */
  value: string | null;
  onValueChange: (value: string | null) => void;
  /** What is typed so far, for a list that depends on it. */
  onInputValueChange?: (text: string) => void;
  onBlur?: () => void;
  placeholder?: string;
  name?: string;
  size?: "md" | "lg";
  disabled?: boolean;
  mono?: boolean;
  "aria-label"?: string;
  /** When nothing matches. */
  emptyText?: string;
  className?: string;
}

/** How many matches are listed at once; typing more narrows them. */
const LISTED_LIMIT = 100;

/** One of many, by typing a part of it. */
export function Combobox({
  options,
  value,
  onValueChange,
  onBlur,
  placeholder,
  size = "md",
  mono,
  emptyText = "Nothing matches.",
  className,
  "aria-label": ariaLabel,
  ...props
}: ComboboxProps) {
  const chosen = options.find((option) => option.value === value) ?? null;
  return (
    <Base.Root
      items={options as Option[]}
      value={chosen}
      onValueChange={(next) => onValueChange(next?.value ?? null)}
      isItemEqualToValue={(item, other) => item.value === other.value}
      itemToStringLabel={(item) => item.label}
      itemToStringValue={(item) => item.value}
      limit={LISTED_LIMIT}
      autoHighlight
      {...props}
    >
      <Base.InputGroup className={cn(controlFrame, size === "md" ? "h-ctl" : "h-ctl-lg", "pr-0", className)}>
        <Base.Input
          aria-label={ariaLabel}
          placeholder={placeholder}
          onBlur={onBlur}
          autoComplete="off"
          spellCheck={false}
          className={cn(bareInput, mono && "mono text-13")}
        />
        <Base.Trigger
          aria-label="Show the list"
          className="grid h-full w-hit shrink-0 place-items-center text-ink-2 hover:text-ink"
        >
          <ChevronDown aria-hidden className="size-3.5" strokeWidth={1.6} />
        </Base.Trigger>
      </Base.InputGroup>
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-50 outline-none">
          <Base.Popup className={cn(popupStyle, "w-(--anchor-width) max-w-(--available-width)")}>
            <Base.Empty>
              <div className="px-3 py-2 text-ink-2">{emptyText}</div>
            </Base.Empty>
            <Base.List className="max-h-[min(20rem,var(--available-height))] scroll-py-1 overflow-y-auto overscroll-contain p-1 outline-none data-empty:p-0">
              {(option: Option) => (
                <Base.Item
                  key={option.value}
                  value={option}
                  className="min-h-7 cursor-default rounded-2 px-2 py-1 outline-none data-highlighted:bg-hover data-selected:text-accent pointer-coarse:min-h-10"
                >
                  <span className={cn("block truncate", mono && "mono leading-5")}>{option.label}</span>
                  {option.hint !== undefined && (
                    <span className="block truncate text-12 text-ink-3">{option.hint}</span>
                  )}
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
