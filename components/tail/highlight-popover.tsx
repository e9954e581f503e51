"use client";
import { Highlighter, X } from "lucide-react";
import { useState } from "react";
import { MarkedText } from "#components/messages/marked-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { MAX_HIGHLIGHTS } from "./tail-url.ts";

interface HighlightPopoverProps {
  terms: readonly string[];
  onChange: (terms: string[]) => void;
}

/** Terms that are marked, without leaving any message out. */
export function HighlightPopover({ terms, onChange }: HighlightPopoverProps) {
  const [typed, setTyped] = useState("");
  const full = terms.length >= MAX_HIGHLIGHTS;
  return (
    <Popover
      title="Highlight"
      className="w-[min(20rem,calc(100vw-16px))]"
      trigger={
        <Button tone={terms.length === 0 ? "quiet" : "plain"} className="min-w-0 shrink" aria-label="Highlight">
          <Highlighter aria-hidden strokeWidth={1.6} />
          <span className="max-md:hidden">Highlight</span>
          {terms.map((term) => (
            <span key={term} className="mono max-w-28 truncate max-md:hidden">
              <MarkedText text={term} terms={terms} />
            </span>
          ))}
        </Button>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const term = typed.trim();
          if (term === "" || full || terms.includes(term)) return;
          onChange([...terms, term]);
          setTyped("");
        }}
      >
        <Field
          label="Text to mark"
          hint={full ? `${MAX_HIGHLIGHTS} terms at most.` : "In any case. Nothing is left out by it."}
        >
          <span className="flex gap-2">
            <TextField
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              disabled={full}
              maxLength={200}
              frameClassName="min-w-0 flex-1"
            />
            <Button type="submit" disabled={full}>
              Mark
            </Button>
          </span>
        </Field>
      </form>
      {terms.length > 0 && (
        <ul className="mt-3 grid gap-0.5" aria-label="Marked terms">
          {terms.map((term) => (
            <li key={term} className="flex items-center gap-2">
              <span className="mono min-w-0 flex-1 truncate">
                <MarkedText text={term} terms={terms} />
              </span>
              <IconButton
                label={`Don't mark ${term}`}
                size="sm"
                onClick={() => onChange(terms.filter((one) => one !== term))}
              >
                <X aria-hidden strokeWidth={1.6} />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  );
}
