"use client";
import { Search } from "lucide-react";
import { useRef } from "react";
import { Kbd } from "./kbd.tsx";
import { useSingleKey } from "./keys.ts";
import { TextField } from "./text-field.tsx";

interface NameFilterFieldProps {
  value: string;
  onValueChange: (value: string) => void;
  /** What was typed is no filter (lib/name-filter.ts). */
  invalid: boolean;
}

/** Filters a list by name: `/` puts the focus here, Esc clears it. */
export function NameFilterField({ value, onValueChange, invalid }: NameFilterFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useSingleKey({
    "/": (event) => {
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    },
  });
  return (
    <TextField
      ref={input}
      value={value}
      onChange={(event) => onValueChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape") onValueChange("");
      }}
      type="search"
      aria-label="Filter by name"
      aria-invalid={invalid || undefined}
      placeholder="Name, or /regular expression/"
      before={<Search aria-hidden className="size-3.5 text-ink-3" strokeWidth={1.6} />}
      after={value === "" && <Kbd className="max-md:hidden">/</Kbd>}
      frameClassName="w-full md:w-[300px]"
    />
  );
}
