"use client";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { parseAsWhole } from "#lib/url-state.ts";

type JumpBy = "offset" | "byte";

interface JumpFieldProps {
  onOffset: (offset: string) => void;
  onByte: (position: string) => void;
}

/** To the page that begins at the batch with an offset, or at a byte. */
export function JumpField({ onOffset, onByte }: JumpFieldProps) {
  const [by, setBy] = useState<JumpBy>("offset");
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState(false);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    // As it is pasted: groups of digits may be set apart.
    const value = parseAsWhole.parse(text.replace(/[\s,_]/g, ""));
    setWrong(value === null);
    if (value === null) return;
    if (by === "offset") onOffset(value);
    else onByte(value);
  };
  return (
    <form onSubmit={submit} className="flex min-w-0 flex-wrap items-center gap-1.5" aria-label="Jump to">
      <SegmentedControl
        aria-label="Jump by"
        options={[
          { value: "offset", label: "Offset" },
          { value: "byte", label: "Byte" },
        ]}
        value={by}
        onValueChange={setBy}
      />
      <TextField
        mono
        inputMode="numeric"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setWrong(false);
        }}
        aria-label={by === "offset" ? "Jump to offset" : "Jump to byte"}
        aria-invalid={wrong || undefined}
        placeholder={by === "offset" ? "offset" : "byte of the file"}
        frameClassName="w-36"
      />
      <Button type="submit">Go</Button>
      {wrong && (
        <span role="alert" className="text-12 text-crit">
          A whole number, 0 or more.
        </span>
      )}
    </form>
  );
}

interface PageButtonsProps {
  /** Each: undefined where there is nothing in that direction. */
  onFirst: (() => void) | undefined;
  /** Null: not known where it begins. */
  onPrevious: (() => void) | null | undefined;
  onNext: (() => void) | undefined;
  onLast: (() => void) | undefined;
}

/** From page to page. */
export function PageButtons({ onFirst, onPrevious, onNext, onLast }: PageButtonsProps) {
  return (
    <span className="inline-flex gap-1">
      <Button disabled={onFirst === undefined} onClick={onFirst}>
        First
      </Button>
      <Button
        disabled={onPrevious === undefined || onPrevious === null}
        onClick={onPrevious ?? undefined}
        title={
          onPrevious === null ? "This page was come to directly: where the one before begins isn't known" : undefined
        }
      >
        Previous
      </Button>
      <Button disabled={onNext === undefined} onClick={onNext}>
        Next
      </Button>
      <Button disabled={onLast === undefined} onClick={onLast}>
        Last
      </Button>
    </span>
  );
}
