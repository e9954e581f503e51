"use client";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { useZone } from "#components/preferences/preferences.tsx";
import { Button } from "#components/ui/button.tsx";
import { choiceStyle } from "#components/ui/chip.tsx";
import { cn } from "#components/ui/cn.ts";
import { Field } from "#components/ui/field.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { fromWords, offeredStarts, typedStart } from "./from-words.ts";

interface FromMenuProps {
  from: string;
  singleTopic: boolean;
  onChange: (from: string) => void;
  /** The same was chosen again. */
  onRepeat: () => void;
}

/** Where the tail begins. Choosing the same again begins it again. */
export function FromMenu({ from, singleTopic, onChange, onRepeat }: FromMenuProps) {
  const zone = useZone();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [error, setError] = useState("");
  const choose = (next: string) => {
    setOpen(false);
    setTyped("");
    setError("");
    if (next === from) onRepeat();
    else onChange(next);
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      title="Begin at"
      className="w-[min(22rem,calc(100vw-16px))]"
      trigger={
        <button type="button" className={choiceStyle(from !== "now")}>
          <span className="text-ink-2">From</span>
          <span className="truncate">{fromWords(from, zone)}</span>
          <ChevronDown aria-hidden className="size-3.5 text-ink-2" strokeWidth={1.6} />
        </button>
      }
    >
      <div className="-mx-2 grid">
        {offeredStarts.map(({ value, label }) => (
          <button
            key={value}
            type="button"
            aria-current={from === value ? "true" : undefined}
            className={cn(
              "flex min-h-7 items-center rounded-2 px-2 text-left hover:bg-hover pointer-coarse:min-h-10",
              from === value && "font-strong text-accent",
            )}
            onClick={() => choose(value)}
          >
            {label}
          </button>
        ))}
      </div>
      <form
        className="mt-3 border-line border-t pt-3"
        onSubmit={(event) => {
          event.preventDefault();
          const parsed = typedStart(typed, singleTopic);
          if ("error" in parsed) setError(parsed.error);
          else choose(parsed.from);
        }}
      >
        <Field
          label="A moment or an offset"
          hint={`2026-11-21T02:00:00Z, milliseconds since 1970, -90s, last:50${singleTopic ? ", offset:991" : ""}`}
          error={error}
        >
          <span className="flex gap-2">
            <TextField
              mono
              value={typed}
              onChange={(event) => {
                setTyped(event.target.value);
                setError("");
              }}
              frameClassName="min-w-0 flex-1"
            />
            <Button type="submit">Begin there</Button>
          </span>
        </Field>
      </form>
    </Popover>
  );
}
