"use client";
import { Popover as Base } from "@base-ui/react/popover";
import { cn } from "./cn.ts";
import { popupStyle } from "./popup.ts";

interface PopoverProps {
  /** The button that opens it. */
  trigger: React.ReactElement<Record<string, unknown>>;
  /** What it is about: read aloud, and its heading when `heading` is left out. */
  title: string;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  align?: "start" | "center" | "end";
  className?: string;
  children: React.ReactNode;
}

/** A few controls beside what they are about. For a list of acts use a Menu; for what must be decided first, a Dialog. */
export function Popover({ trigger, title, open, onOpenChange, align = "start", className, children }: PopoverProps) {
  return (
    <Base.Root {...(open !== undefined && { open })} {...(onOpenChange !== undefined && { onOpenChange })}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} collisionPadding={8} className="z-40 outline-none">
          <Base.Popup
            className={cn(
              popupStyle,
              "max-h-(--available-height) w-[min(26rem,calc(100vw-16px))] overflow-y-auto overscroll-contain p-4",
              className,
            )}
          >
            <Base.Title className="mb-3">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
