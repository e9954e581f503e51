"use client";
import { NumberField as Base } from "@base-ui/react/number-field";
import { Minus, Plus } from "lucide-react";
import { cn } from "./cn.ts";
import { bareInput, controlFrame } from "./field.tsx";

interface NumberFieldProps {
  value?: number | null;
  defaultValue?: number;
  onValueChange?: (value: number | null) => void;
  onBlur?: () => void;
  min?: number;
  max?: number;
  step?: number;
  name?: string;
  size?: "md" | "lg";
  disabled?: boolean;
  unit?: React.ReactNode;
  placeholder?: string;
  className?: string;
  inputRef?: React.Ref<HTMLInputElement>;
  /** Needed outside a Field. */
  "aria-label"?: string;
}

/** A small whole number, with step buttons, its groups set apart as on every page. For int64 use a TextField: this one is a JS number. */
export function NumberField({
  size = "md",
  unit,
  placeholder,
  className,
  inputRef,
  onBlur,
  "aria-label": ariaLabel,
  ...props
}: NumberFieldProps) {
  const step =
    "grid h-full w-hit shrink-0 place-items-center text-ink-2 hover:bg-hover hover:text-ink disabled:text-ink-3 [&_svg]:size-3.5";
  return (
    <Base.Root locale="en" format={{ useGrouping: true, maximumFractionDigits: 0 }} {...props}>
      <Base.Group
        className={cn(controlFrame, "gap-0 overflow-clip pr-0 pl-2", size === "md" ? "h-ctl" : "h-ctl-lg", className)}
      >
        <Base.Input
          ref={inputRef}
          aria-label={ariaLabel}
          onBlur={onBlur}
          placeholder={placeholder}
          className={bareInput}
        />
        {unit !== undefined && <span className="shrink-0 pr-1.5 text-ink-3">{unit}</span>}
        <Base.Decrement className={cn(step, "border-line border-l")} aria-label="One less">
          <Minus aria-hidden strokeWidth={1.6} />
        </Base.Decrement>
        <Base.Increment className={cn(step, "border-line border-l")} aria-label="One more">
          <Plus aria-hidden strokeWidth={1.6} />
        </Base.Increment>
      </Base.Group>
    </Base.Root>
  );
}
