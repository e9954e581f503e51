"use client";
import { ChevronDown } from "lucide-react";
import { Menu, MenuRadio } from "#components/ui/menu.tsx";
import { type PayloadFormat, payloadFormat } from "#lib/contracts/message-row.ts";
import type { Payload } from "#lib/contracts/messages.ts";
import { formatHints, formatWords, readAs } from "./format-words.ts";

interface FormatMenuProps {
  of: "key" | "value";
  payload: Payload;
  format: PayloadFormat;
  onFormat: (format: PayloadFormat) => void;
}

/** How the bytes are read, as a word that opens the choice. */
export function FormatMenu({ of, payload, format, onFormat }: FormatMenuProps) {
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`The ${of} is read as ${readAs(payload)}: read it otherwise`}
          className="-my-[3px] inline-flex h-6 items-center gap-0.5 rounded-2 px-1 text-accent hover:bg-hover"
        >
          {readAs(payload)}
          <ChevronDown aria-hidden className="size-3" strokeWidth={1.6} />
        </button>
      }
    >
      <MenuRadio
        label={`Read the ${of} as`}
        value={format}
        onValueChange={onFormat}
        options={payloadFormat.options.map((value) => ({
          value,
          label: formatWords[value],
          aside: formatHints[value],
        }))}
      />
    </Menu>
  );
}
