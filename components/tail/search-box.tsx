"use client";
import { Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
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
        value={draft.text}
        maxLength={MAX_NEEDLE}
        onChange={(event) => setDraft({ text: event.target.value, of: draft.of })}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit(draft.text);
          if (event.key !== "Escape") return;
          if (draft.text === "") input.current?.blur();
          else commit("");
        }}
        aria-label="Only messages that contain"
        placeholder="Contains…"
        before={<Search aria-hidden className="size-3.5 text-ink-3" strokeWidth={1.6} />}
        after={
          draft.text === "" ? (
            <Kbd className="max-md:hidden">/</Kbd>
          ) : (
            <IconButton label="Clear" size="sm" className="-mr-2" onClick={() => commit("")}>
              <X aria-hidden strokeWidth={1.6} />
            </IconButton>
          )
        }
        frameClassName="w-full"
      />
    </search>
  );
}
