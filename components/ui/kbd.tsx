import { cn } from "./cn.ts";

/** A key cap. */
export function Kbd({ children, className }: { children: React.ReactNode; className?: string }) {
  return (
    <kbd
      className={cn(
        "whitespace-nowrap rounded-[3px] border border-line-strong bg-bg px-1 font-medium font-sans text-11 text-ink-2 leading-4",
        className,
      )}
    >
      {children}
    </kbd>
  );
}
