"use client";
import { Check, Link2 } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { writeToClipboard } from "#components/ui/copy-button.tsx";
import type { TailSession } from "#lib/tail/tail-session.ts";
import { fixedStart } from "./from-words.ts";

const SAID_FOR_MS = 1_600;

/** The address of this tail, as it can be pasted: a start "5 min ago" becomes the moment that it meant here. */
export function CopyLink({ session, from }: { session: TailSession; from: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const url = new URL(window.location.href);
    if (url.searchParams.has("from")) url.searchParams.set("from", fixedStart(from, session.startedAtMs ?? Date.now()));
    await writeToClipboard(url.toString());
    setCopied(true);
    setTimeout(() => setCopied(false), SAID_FOR_MS);
  };
  return (
    <Button onClick={copy} aria-label="Copy link to this tail" title="Copy link to this tail">
      {copied ? <Check aria-hidden strokeWidth={2} /> : <Link2 aria-hidden strokeWidth={1.6} />}
      <span className="max-[1400px]:sr-only" aria-live="polite">
        {copied ? "Link copied" : "Copy link to this tail"}
      </span>
    </Button>
  );
}
