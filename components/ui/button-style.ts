import { cva } from "class-variance-authority";

/** How a button looks, for links that start an act too. */
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
