"use client";
import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useRef } from "react";
import { cn } from "./cn.ts";
import { IconButton } from "./icon-button.tsx";

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: React.ReactNode;
  description?: React.ReactNode;
  /** The buttons, the act last. */
  footer?: React.ReactNode;
  /** The focus starts on Close: nothing in the content is meant to be done at once. */
  closeFirst?: boolean;
  className?: string;
  children?: React.ReactNode;
}

/** Holds focus until it is closed; Esc closes. On a phone it is a sheet at the bottom. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  footer,
  closeFirst = false,
  className,
  children,
}: DialogProps) {
  const close = useRef<HTMLButtonElement>(null);
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          {...(closeFirst && { initialFocus: close })}
          className={cn(
            "fixed z-50 grid max-h-[calc(100dvh-48px)] w-full grid-rows-[auto_minmax(0,1fr)_auto] bg-raised shadow-dialog outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0",
            "max-md:inset-x-0 max-md:bottom-0 max-md:rounded-t-3",
            "md:top-1/2 md:left-1/2 md:max-w-[520px] md:-translate-x-1/2 md:-translate-y-1/2 md:rounded-3",
            className,
          )}
        >
          <div className="pt-4 pr-12 pl-5">
            <Base.Title>{title}</Base.Title>
            {description !== undefined && (
              <Base.Description className="mt-1 text-pretty text-ink-2">{description}</Base.Description>
            )}
          </div>
          <div className="overflow-y-auto px-5 py-3">{children}</div>
          {footer !== undefined && (
            <div className="flex justify-end gap-2 px-5 pt-1 pb-4 max-md:pb-[max(16px,env(safe-area-inset-bottom))]">
              {footer}
            </div>
          )}
          {/* Last, so that the focus starts in the content. */}
          <Base.Close
            ref={close}
            render={
              <IconButton label="Close" size="sm" tooltip={false} className="absolute top-3.5 right-3">
                <X aria-hidden strokeWidth={1.6} />
              </IconButton>
            }
          />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
