"use client";
import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import { cn } from "./cn.ts";

export const buttonStyle = cva(
  [
    "inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-2 border font-medium",
    "transition-colors disabled:border-line disabled:bg-sunken disabled:text-ink-3 disabled:hover:bg-sunken",
    "aria-disabled:cursor-not-allowed [&_svg]:size-3.5",
  ],
  {
    variants: {
      tone: {
        plain: "border-line-strong bg-raised text-ink hover:bg-hover",
        primary: "border-accent bg-accent text-on-accent hover:bg-[color-mix(in_oklab,var(--accent),var(--ink)_14%)]",
        danger: "border-crit bg-crit text-on-crit hover:bg-[color-mix(in_oklab,var(--crit),var(--ink)_14%)]",
        quiet:
          "border-transparent bg-transparent text-ink-2 hover:bg-hover hover:text-ink disabled:bg-transparent disabled:hover:bg-transparent disabled:border-transparent",
      },
      size: { md: "h-ctl px-2.5", lg: "h-ctl-lg px-3.5" },
    },
    defaultVariants: { tone: "plain", size: "md" },
  },
);

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
