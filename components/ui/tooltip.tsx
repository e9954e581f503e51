"use client";
import { Tooltip as Base } from "@base-ui/react/tooltip";

interface TooltipProps {
  text: React.ReactNode;
  /** One element that can take focus; what the tooltip says must also be its label, or not matter. */
  children: React.ReactElement<Record<string, unknown>>;
  side?: "top" | "bottom" | "left" | "right";
}

/** A few words on hover and focus. Never the only place of a fact that matters. */
export function Tooltip({ text, children, side = "bottom" }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-50">
          <Base.Popup className="max-w-80 text-pretty rounded-2 bg-ink px-2 py-1 text-12 text-bg transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            {text}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
