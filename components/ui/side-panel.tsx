"use client";
import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { cn } from "./cn.ts";
import { IconButton } from "./icon-button.tsx";

interface SidePanelProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: React.ReactNode;
  description?: React.ReactNode;
  /** The buttons, the act last. */
  footer?: React.ReactNode;
  className?: string;
  children?: React.ReactNode;
}

/** Beside the page, which goes on: it can be read and used meanwhile. Esc closes. On a phone it is a sheet at the bottom. */
export function SidePanel({ open, onOpenChange, title, description, footer, className, children }: SidePanelProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange} modal={false} disablePointerDismissal>
      <Base.Portal>
        <Base.Popup
          className={cn(
            "fixed z-50 grid grid-rows-[auto_minmax(0,1fr)_auto] bg-raised shadow-dialog outline-none transition-opacity focus-visible:shadow-dialog data-ending-style:opacity-0 data-starting-style:opacity-0",
            "max-md:inset-x-0 max-md:bottom-0 max-md:max-h-[calc(100dvh-48px)] max-md:rounded-t-3",
            "md:top-bar md:right-0 md:bottom-0 md:w-[476px]",
            className,
          )}
        >
          <div className="border-line border-b py-2.5 pr-12 pl-5">
            <Base.Title className="[overflow-wrap:anywhere]">{title}</Base.Title>
            {description !== undefined && (
              <Base.Description className="mt-0.5 text-pretty text-12 text-ink-2">{description}</Base.Description>
            )}
          </div>
          <div className="overflow-y-auto overscroll-contain px-5 py-3">{children}</div>
          {footer !== undefined && (
            <div className="border-line-strong border-t px-5 py-3 max-md:pb-[max(16px,env(safe-area-inset-bottom))]">
              {footer}
            </div>
          )}
          {/* Last, so that the focus starts in the content. */}
          <Base.Close
            render={
              <IconButton label="Close" size="sm" className="absolute top-2.5 right-3">
                <X aria-hidden strokeWidth={1.6} />
              </IconButton>
            }
          />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
