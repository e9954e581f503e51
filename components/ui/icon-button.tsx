"use client";
import { cn } from "./cn.ts";
import { Tooltip } from "./tooltip.tsx";

interface IconButtonProps extends React.ComponentProps<"button"> {
  /** Read aloud, and shown as a tooltip. */
  label: string;
  size?: "md" | "sm";
  /** False where the drawing needs no words: Esc then reaches what is beneath, not the tooltip. */
  tooltip?: boolean;
}

export function IconButton({ label, size = "md", tooltip = true, className, children, ...props }: IconButtonProps) {
  const button = (
    <button
      type="button"
      aria-label={label}
      className={cn(
        "grid shrink-0 place-items-center rounded-2 text-ink-2 transition-colors hover:bg-hover hover:text-ink disabled:text-ink-3 disabled:hover:bg-transparent [&_svg]:size-4",
        size === "md" ? "size-ctl" : "size-hit [&_svg]:size-3.5",
        className,
      )}
      {...props}
    >
      {children}
    </button>
  );
  return tooltip ? <Tooltip text={label}>{button}</Tooltip> : button;
}
