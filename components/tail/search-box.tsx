"use client";
import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Kbd } from "#components/ui/kbd.tsx";
import { useSingleKey } from "#components/ui/keys.ts";
import { TextField } from "#components/ui/text-field.tsx";

/** A tail begins anew with each change: not with each letter. */
const SETTLED_AFTER_MS = 400;
const MAX_NEEDLE = 1_000;

interface SearchBoxProps {
  value: string;
  onChange: (text: string) => void;
}

/** What a message must contain, in key, value or headers. Takes effect when typing pauses, or by Enter. */
export function SearchBox({ value, onChange }: SearchBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState({ text: value, of: value });
  // Changed elsewhere: by a link, a message's menu, the back button.
  if (draft.of !== value) setDraft({ text: value, of: value });
  const commit = (text: string) => {
    setDraft({ text, of: text });
    if (text !== value) onChange(text);
  };
  const latest = useRef(commit);
  useEffect(() => {
    latest.current = commit;
  });
  useEffect(() => {
    if (draft.text === draft.of) return;
    const timer = setTimeout(() => latest.current(draft.text), SETTLED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  useSingleKey({
    "/": (event) => {
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    },
  });
  return (
    <search className="min-w-0 flex-1 basis-32 md:max-w-[340px] md:basis-56">
      <TextField
        ref={input}
        type="search"
        value={draft.text}
        maxLength={MAX_NEEDLE}
        onChange={(event) => {
          // The browser's own button to clear it, too, takes effect at once.
          if (event.target.value === "") commit("");
          else setDraft({ text: event.target.value, of: draft.of });
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit(draft.text);
          if (event.key !== "Escape") return;
          if (draft.text === "") input.current?.blur();
          else commit("");
        }}
        aria-label="Only messages that contain"
        placeholder="Contains…"
        before={<Search aria-hidden className="size-3.5 text-ink-3" strokeWidth={1.6} />}
        after={draft.text === "" && <Kbd className="max-md:hidden">/</Kbd>}
        frameClassName="w-full"
      />
    </search>
  );
}
