"use client";
import { X } from "lucide-react";
import { cn } from "./cn.ts";

/** A choice that is in force, and a button that takes it back. */
export function Chip({
  label,
  children,
  onRemove,
}: {
  label: string;
  children: React.ReactNode;
  onRemove: () => void;
}) {
  return (
    <span className="inline-flex h-ctl min-w-0 max-w-72 items-center gap-1.5 rounded-2 border border-accent-line bg-accent-bg pl-2">
      <span className="min-w-0 truncate">{children}</span>
      <button
        type="button"
        aria-label={`Remove ${label}`}
        className="grid h-full w-hit shrink-0 place-items-center rounded-2 text-ink-2 hover:text-ink"
        onClick={onRemove}
      >
        <X aria-hidden className="size-3.5" strokeWidth={1.6} />
      </button>
    </span>
  );
}

/** The look of a button that shows what is chosen and opens the choice. */
export const choiceStyle = (chosen: boolean) =>
  cn(
    "flex h-ctl min-w-0 select-none items-center gap-1.5 rounded-2 border px-2 text-left hover:bg-hover",
    chosen ? "border-accent-line bg-accent-bg" : "border-control bg-raised",
  );
