"use client";
import { Switch as Base } from "@base-ui/react/switch";
import { cn } from "./cn.ts";

interface SwitchProps {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  label: React.ReactNode;
  /** After the label, quieter: how many it shows. */
  aside?: React.ReactNode;
  name?: string;
  disabled?: boolean;
  className?: string;
}

/** Takes effect at once. For a choice that is sent later, use a Checkbox. */
export function Switch({ label, aside, className, ...props }: SwitchProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: Base UI renders the control inside
    <label className={cn("inline-flex min-h-hit select-none items-center gap-2 text-ink-2", className)}>
      <Base.Root
        className="relative h-4 w-7 shrink-0 rounded-full bg-control transition-colors data-checked:bg-accent data-disabled:bg-line-strong"
        {...props}
      >
        <Base.Thumb className="absolute top-0.5 left-0.5 size-3 rounded-full bg-raised transition-transform data-checked:translate-x-3 data-checked:bg-on-accent" />
      </Base.Root>
      <span>{label}</span>
      {aside !== undefined && <span className="text-ink-3">{aside}</span>}
    </label>
  );
}
