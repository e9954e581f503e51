"use client";
import type { VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import { buttonStyle } from "./button-style.ts";
import { cn } from "./cn.ts";

export interface ButtonProps extends React.ComponentProps<"button">, VariantProps<typeof buttonStyle> {
  /** The act is under way: the button stays focusable, says so, and ignores clicks. */
  pending?: boolean;
}

/** Names its act and object: "Move 6 partitions of orders-billing". */
export function Button({ tone, size, pending = false, className, children, onClick, type, ...props }: ButtonProps) {
  return (
    <button
      type={type ?? "button"}
      className={cn(buttonStyle({ tone, size }), pending && "cursor-progress", className)}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      onClick={(event) => {
        if (pending) event.preventDefault();
        else onClick?.(event);
      }}
      {...props}
    >
      {pending && <LoaderCircle aria-hidden className="motion-safe:animate-spin" strokeWidth={1.6} />}
      {children}
    </button>
  );
}
