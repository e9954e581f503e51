"use client";
import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { cn } from "./cn.ts";
import { popupStyle } from "./popup.ts";

interface MenuProps {
  /** The button that opens it. */
  trigger: React.ReactElement<Record<string, unknown>>;
  align?: "start" | "center" | "end";
  className?: string;
  children: React.ReactNode;
}

export function Menu({ trigger, align = "start", className, children }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className="z-50 outline-none">
          <Base.Popup className={cn(popupStyle, "min-w-44 max-w-[min(24rem,calc(100vw-16px))] p-1", className)}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface AnchoredMenuProps {
  /** What it is about: a menu for many rows has no trigger of its own. Open while it is rendered. */
  anchor: Element;
  onClose: () => void;
  label: string;
  children: React.ReactNode;
}

/** One menu for many places: rendered where it is wanted, for as long as it is. */
export function AnchoredMenu({ anchor, onClose, label, children }: AnchoredMenuProps) {
  return (
    <Base.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Positioner anchor={anchor} sideOffset={4} align="end" className="z-50 outline-none">
          <Base.Popup aria-label={label} className={cn(popupStyle, "min-w-44 max-w-[min(24rem,calc(100vw-16px))] p-1")}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

const itemStyle =
  "flex min-h-7 cursor-default select-none items-center gap-2 rounded-2 px-2 py-1 outline-none data-highlighted:bg-hover data-disabled:text-ink-3 pointer-coarse:min-h-10 [&_svg]:size-3.5 [&_svg]:text-ink-2";

/** An act. */
export function MenuItem({ className, ...props }: React.ComponentProps<typeof Base.Item>) {
  return <Base.Item className={cn(itemStyle, className as string)} {...props} />;
}

/** Where the item leads, as a real link: it can be opened in a new tab. */
export function MenuLink({ className, ...props }: React.ComponentProps<typeof Base.LinkItem>) {
  return <Base.LinkItem className={cn(itemStyle, className as string)} closeOnClick {...props} />;
}

interface MenuRadioProps<Value extends string> {
  label: string;
  options: readonly { value: Value; label: React.ReactNode; aside?: React.ReactNode }[];
  value: Value;
  onValueChange: (value: Value) => void;
}

/** One of a few, marked by a tick. */
export function MenuRadio<Value extends string>({ label, options, value, onValueChange }: MenuRadioProps<Value>) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 pt-1 pb-0.5 text-12 text-ink-3">{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={(next) => onValueChange(next as Value)}>
        {options.map((option) => (
          <Base.RadioItem key={option.value} value={option.value} className={itemStyle} closeOnClick>
            <span className="size-3.5">
              <Base.RadioItemIndicator>
                <Check aria-hidden strokeWidth={2} className="text-accent!" />
              </Base.RadioItemIndicator>
            </span>
            <span className="flex-1">{option.label}</span>
            {option.aside !== undefined && <span className="text-ink-3">{option.aside}</span>}
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  );
}

interface MenuCheckboxProps {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  children: React.ReactNode;
}

export function MenuCheckbox({ children, ...props }: MenuCheckboxProps) {
  return (
    <Base.CheckboxItem className={itemStyle} {...props}>
      <span className="size-3.5">
        <Base.CheckboxItemIndicator>
          <Check aria-hidden strokeWidth={2} className="text-accent!" />
        </Base.CheckboxItemIndicator>
      </span>
      {children}
    </Base.CheckboxItem>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="-mx-1 my-1 h-px bg-line" />;
}
