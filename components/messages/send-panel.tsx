"use client";
import { useState } from "react";
import { SidePanel } from "#components/ui/side-panel.tsx";
import type { Message } from "#lib/contracts/messages.ts";
import { SendForm } from "./send-form.tsx";
import { emptySendForm, formLike } from "./send-form-model.ts";

interface SendPanelProps {
  topic: string;
  /** Filled in like this message. */
  like?: Message | undefined;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The form beside the page, so that one sees the message arrive in the tail. Stays open for the next one. */
export function SendPanel({ topic, like, open, onOpenChange }: SendPanelProps) {
  return (
    <SidePanel
      open={open}
      onOpenChange={onOpenChange}
      title={
        <>
          {like === undefined ? "Send a message to " : "Send again to "}
          <span className="mono">{topic}</span>
        </>
      }
    >
      {/* Rendered while it is open only: each time it opens, it is filled in anew. */}
      <Filled topic={topic} like={like} />
    </SidePanel>
  );
}

function Filled({ topic, like }: { topic: string; like: Message | undefined }) {
  const [{ form, leftOut }] = useState(() =>
    like === undefined ? { form: emptySendForm, leftOut: [] } : formLike(like),
  );
  return <SendForm topic={topic} initial={form} remarks={leftOut} />;
}
