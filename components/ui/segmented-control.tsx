"use client";
import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { useId } from "react";
import { cn } from "./cn.ts";

interface SegmentedControlProps<Value extends string> {
  options: readonly { value: Value; label: React.ReactNode }[];
  value: Value;
  onValueChange: (value: Value) => void;
  /** Needed outside a Field. */
  "aria-label"?: string;
  name?: string;
  disabled?: boolean;
  className?: string;
}

/** One of two to five, all in sight. Arrow keys move, as in any radio group. */
export function SegmentedControl<Value extends string>({
  options,
  onValueChange,
  className,
  ...props
}: SegmentedControlProps<Value>) {
  const id = useId();
  return (
    <RadioGroup
      onValueChange={(value) => onValueChange(value as Value)}
      className={cn("inline-flex rounded-2 border border-line-strong bg-sunken p-px", className)}
      {...props}
    >
      {options.map((option) => (
        <Radio.Root
          key={option.value}
          value={option.value}
          // Inside a Field every radio would else be called by the field's label.
          aria-labelledby={`${id}${option.value}`}
          className="inline-flex h-[calc(var(--ctl)-4px)] cursor-default select-none items-center gap-1.5 rounded-[3px] px-2.5 font-nav text-ink-2 hover:text-ink data-checked:bg-raised data-checked:font-strong data-checked:text-ink data-checked:shadow-[0_0_0_1px_var(--line-strong)] data-checked:focus-visible:shadow-focus [&_svg]:size-3.5"
        >
          <span id={`${id}${option.value}`} className="contents">
            {option.label}
          </span>
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
