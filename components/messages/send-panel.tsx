"use client";
import { useRef, useState } from "react";
import { SidePanel } from "#components/ui/side-panel.tsx";
import type { Message } from "#lib/contracts/messages.ts";
import { SendForm } from "./send-form.tsx";
import { emptySendForm, formLike, type SendForm as SendFormValues } from "./send-form-model.ts";

interface SendPanelProps {
  topic: string;
  /** Filled in like this message. */
  like?: Message | undefined;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The form beside the page, so that one sees the message arrive in the tail. Stays open for the next one. */
export function SendPanel({ topic, like, open, onOpenChange }: SendPanelProps) {
  const draft = useRef<Draft | null>(null);
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
      {/* Rendered while it is open only: each time it opens, it is filled in anew, or with what was not sent. */}
      <Filled topic={topic} like={like} draft={draft} />
    </SidePanel>
  );
}

/** What was typed when the panel was closed, and for which message. */
interface Draft {
  readonly of: string;
  readonly form: SendFormValues;
}

interface FilledProps {
  topic: string;
  like: Message | undefined;
  draft: React.RefObject<Draft | null>;
}

function Filled({ topic, like, draft }: FilledProps) {
  const of = like === undefined ? topic : `${topic}-${like.partition}@${like.offset}`;
  const [{ form, leftOut }] = useState(() => {
    const filled = like === undefined ? { form: emptySendForm, leftOut: [] } : formLike(like);
    return draft.current?.of === of ? { ...filled, form: draft.current.form } : filled;
  });
  const keep = (typed: SendFormValues | null) => {
    draft.current = typed === null ? null : { of, form: typed };
  };
  return <SendForm topic={topic} initial={form} remarks={leftOut} onLeave={keep} />;
}
