"use client";
import { Send } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { SendPanel } from "./send-panel.tsx";

/** Opens an empty form for one message. */
export function SendButton({ topic }: { topic: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Send aria-hidden strokeWidth={1.6} />
        Send a message
      </Button>
      <SendPanel topic={topic} open={open} onOpenChange={setOpen} />
    </>
  );
}
