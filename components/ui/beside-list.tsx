"use client";
import { Dialog } from "@base-ui/react/dialog";
import { useRef } from "react";
import { cn } from "./cn.ts";
import { useKnownNarrow } from "./use-is-narrow.ts";

interface BesideListProps {
  /** What it is, for assistive technology, where it is a dialog. */
  label: string;
  /** Esc or a touch beside it, on a phone. */
  onClose: () => void;
  className?: string;
  children: React.ReactNode;
}

/** What was opened from a list, beside it; on a phone a sheet over it. */
export function BesideList({ label, onClose, className, children }: BesideListProps) {
  const narrow = useKnownNarrow();
  const sheet = useRef<HTMLDivElement>(null);
  if (narrow !== true) {
    // What is put up in one place and then in the other reads twice, and the first reading's end takes the second one's along.
    return (
      <div className={cn("min-h-0 min-w-0 border-line-strong border-l max-md:hidden", className)}>
        {narrow !== null && children}
      </div>
    );
  }
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup
          ref={sheet}
          // Nothing in it is meant to be done at once, and a tooltip would cover the rest.
          initialFocus={sheet}
          aria-label={label}
          className="fixed inset-x-0 bottom-0 z-50 h-[82dvh] overflow-clip rounded-t-3 bg-raised shadow-dialog outline-none focus-visible:shadow-dialog"
        >
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
