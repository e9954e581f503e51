"use client";
import type { Message } from "#lib/contracts/messages.ts";

interface SendPanelProps {
  topic: string;
  /** Filled in like this message. */
  like?: Message | undefined;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function SendPanel(_: SendPanelProps) {
  return null;
}
