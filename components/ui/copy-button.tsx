"use client";
import { Check, Copy } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { buttonStyle } from "./button-style.ts";
import { cn } from "./cn.ts";
import { IconButton } from "./icon-button.tsx";

const SAID_FOR_MS = 1_600;

/** Copies, and says so where the pointer is: the icon turns into a tick. */
export function CopyButton({ text, label, className }: { text: string; label: string; className?: string }) {
  const { copied, copy } = useCopy(text);
  return (
    <IconButton label={copied ? "Copied" : label} size="sm" className={className} onClick={copy}>
      {copied ? <Check aria-hidden strokeWidth={2} /> : <Copy aria-hidden strokeWidth={1.6} />}
    </IconButton>
  );
}

/** The same as a button with words. */
export function CopyTextButton({
  text,
  label,
  tone = "quiet",
  className,
}: {
  text: string | (() => string);
  label: string;
  tone?: "quiet" | "plain";
  className?: string;
}) {
  const { copied, copy } = useCopy(text);
  return (
    <button type="button" className={cn(buttonStyle({ tone }), className)} onClick={copy}>
      {copied ? <Check aria-hidden strokeWidth={2} /> : <Copy aria-hidden strokeWidth={1.6} />}
      <span aria-live="polite">{copied ? "Copied" : label}</span>
    </button>
  );
}

function useCopy(text: string | (() => string)) {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    copied,
    copy: async () => {
      await writeToClipboard(typeof text === "string" ? text : text());
      setCopied(true);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setCopied(false), SAID_FOR_MS);
    },
  };
}

/** The clipboard API exists on secure origins only (loopback is one); elsewhere the old way through a selection. */
export async function writeToClipboard(text: string): Promise<void> {
  if (navigator.clipboard !== undefined) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "sr-only";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
