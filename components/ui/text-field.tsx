"use client";
import { Input } from "@base-ui/react/input";
import { cn } from "./cn.ts";
import { bareInput, controlFrame } from "./field.tsx";

interface TextFieldProps extends Omit<React.ComponentProps<"input">, "size" | "value" | "defaultValue"> {
  value?: string;
  defaultValue?: string;
  size?: "md" | "lg";
  /** What is typed can be pasted into a terminal: names, offsets, config values. */
  mono?: boolean;
  /** Before the text: an icon. */
  before?: React.ReactNode;
  /** After the text: a unit, a key cap, a button. */
  after?: React.ReactNode;
  frameClassName?: string;
}

/** A line of text. Inside a Field it takes that field's label, hint and error; spread react-hook-form's `register()` on it. */
export function TextField({ size = "md", mono, before, after, frameClassName, className, ...props }: TextFieldProps) {
  return (
    <span className={cn(controlFrame, size === "md" ? "h-ctl" : "h-ctl-lg", frameClassName)}>
      {before}
      <Input
        autoComplete="off"
        spellCheck={false}
        className={cn(bareInput, mono && "mono text-13", className)}
        {...props}
      />
      {after}
    </span>
  );
}
