"use client";
import { Field } from "@base-ui/react/field";
import { cn } from "./cn.ts";
import { controlFrame } from "./field.tsx";

interface TextAreaProps extends Omit<React.ComponentProps<"textarea">, "value" | "defaultValue"> {
  value?: string;
  defaultValue?: string;
  /** What is typed can be pasted into a terminal. */
  mono?: boolean;
}

/** Several lines of text. Inside a Field it takes that field's label, hint and error. */
export function TextArea({ mono, className, rows = 4, value, defaultValue, ...props }: TextAreaProps) {
  return (
    <span className={cn(controlFrame, "px-0")}>
      <Field.Control
        {...(value !== undefined && { value })}
        {...(defaultValue !== undefined && { defaultValue })}
        render={<textarea rows={rows} spellCheck={false} autoComplete="off" {...props} />}
        className={cn(
          "w-full min-w-0 resize-y bg-transparent px-2 py-1.5 outline-none focus-visible:shadow-none",
          mono && "mono text-13 leading-5",
          className,
        )}
      />
    </span>
  );
}
