"use client";
import { Checkbox as Base } from "@base-ui/react/checkbox";
import { Check, Minus } from "lucide-react";
import { cn } from "./cn.ts";

interface CheckboxProps {
  checked: boolean;
  /** Some of what it stands for, not all. */
  indeterminate?: boolean;
  onCheckedChange: (checked: boolean) => void;
  label: React.ReactNode;
  name?: string;
  disabled?: boolean;
  className?: string;
}

export function Checkbox({ label, className, indeterminate = false, ...props }: CheckboxProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: Base UI renders the control inside
    <label className={cn("inline-flex min-h-hit select-none items-center gap-2", className)}>
      <Base.Root
        indeterminate={indeterminate}
        className="grid size-3.5 shrink-0 place-items-center rounded-[3px] border border-control bg-raised data-checked:border-accent data-indeterminate:border-accent data-checked:bg-accent data-indeterminate:bg-accent data-disabled:bg-sunken"
        {...props}
      >
        <Base.Indicator className="text-on-accent">
          {indeterminate ? (
            <Minus aria-hidden className="size-2.5" strokeWidth={3} />
          ) : (
            <Check aria-hidden className="size-2.5" strokeWidth={3} />
          )}
        </Base.Indicator>
      </Base.Root>
      <span>{label}</span>
    </label>
  );
}
