"use client";
import { Field as Base } from "@base-ui/react/field";
import { cn } from "./cn.ts";
import { Glyph } from "./glyph.tsx";

interface FieldProps {
  label: React.ReactNode;
  /** After the label, in a quieter ink: a unit, "optional". */
  aside?: React.ReactNode;
  hint?: React.ReactNode;
  /** What is wrong and what would be right; shown instead of the hint's place, after it. */
  error?: React.ReactNode;
  name?: string;
  disabled?: boolean;
  className?: string;
  /** Keeps the label for assistive technology only. */
  labelHidden?: boolean;
  children: React.ReactNode;
}

/** Label, one control, hint and error, tied together for assistive technology. */
export function Field({ label, aside, hint, error, name, disabled, className, labelHidden, children }: FieldProps) {
  const invalid = error !== undefined && error !== null && error !== "";
  return (
    <Base.Root
      invalid={invalid}
      className={cn("min-w-0", className)}
      {...(name !== undefined && { name })}
      {...(disabled !== undefined && { disabled })}
    >
      <div className={cn("mb-1 flex items-baseline gap-1.5", labelHidden && "sr-only")}>
        <Base.Label className="font-medium">{label}</Base.Label>
        {aside !== undefined && <span className="text-12 text-ink-3">{aside}</span>}
      </div>
      {children}
      {hint !== undefined && (
        <Base.Description className="mt-1 text-pretty text-12 leading-[17px] text-ink-3">{hint}</Base.Description>
      )}
      {invalid && (
        <Base.Error match className="mt-1.5 flex items-start gap-1.5 text-pretty text-12 leading-[17px] text-crit">
          <Glyph shape="octagon" className="mt-px" />
          <span>{error}</span>
        </Base.Error>
      )}
    </Base.Root>
  );
}

/** The frame of every text-like control: one edge of at least 3:1, red when invalid. */
export const controlFrame =
  "flex min-w-0 items-center gap-1.5 rounded-2 border border-control bg-raised px-2 transition-shadow " +
  "focus-within:shadow-focus has-[[aria-invalid=true]]:border-crit has-[[data-invalid]]:border-crit " +
  "has-[:is(input,textarea):disabled]:border-line-strong has-[:is(input,textarea):disabled]:bg-sunken has-[:is(input,textarea):disabled]:text-ink-3";

/** The bare input inside that frame: the frame shows the focus. */
export const bareInput = "h-full w-full min-w-0 bg-transparent outline-none focus-visible:shadow-none";
