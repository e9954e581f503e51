"use client";
import { cn } from "./cn.ts";
import { CopyButton } from "./copy-button.tsx";

/** A command to paste into a terminal, wrapped, with a button that copies it as it is. */
export function CopyCommand({
  command,
  label = "Command",
  className,
}: {
  command: string;
  label?: string;
  className?: string;
}) {
  return (
    <div className={cn("relative rounded-2 border border-line bg-sunken", className)}>
      <pre className="mono whitespace-pre-wrap py-2.5 pr-10 pl-3 leading-[19px] [overflow-wrap:anywhere]">
        {command}
      </pre>
      <CopyButton text={command} label={`Copy: ${label}`} className="absolute top-1.5 right-1.5 bg-sunken" />
    </div>
  );
}
