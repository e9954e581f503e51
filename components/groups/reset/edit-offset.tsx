"use client";
import { Pencil } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { Offset } from "#components/ui/quantity.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import type { PlannedMove } from "#lib/contracts/offset-resets.ts";
import { parseInt64 } from "#lib/typed-values.ts";
import { partitionKey } from "./plan-moves.ts";

interface EditOffsetProps {
  move: PlannedMove;
  /** An offset; null: it stays where it is; undefined: as the plan has it. */
  onEdit: (offset: string | null | undefined) => void;
}

/** One partition's target by hand. The plan is made again with it. */
export function EditOffset({ move, onEdit }: EditOffsetProps) {
  const [open, setOpen] = useState(false);
  const name = partitionKey(move);
  const edit = (offset: string | null | undefined) => {
    setOpen(false);
    onEdit(offset);
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      title={`New offset of ${name}`}
      className="w-[min(22rem,calc(100vw-16px))]"
      trigger={
        <IconButton label={`Change the new offset of ${name}`} size="sm">
          <Pencil aria-hidden strokeWidth={1.6} />
        </IconButton>
      }
    >
      <EditForm move={move} onEdit={edit} />
    </Popover>
  );
}

function EditForm({ move, onEdit }: EditOffsetProps) {
  const [text, setText] = useState(move.to ?? move.from ?? "");
  const offset = parseInt64(text);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (offset !== null) onEdit(offset);
      }}
    >
      <Field
        label="Offset"
        error={text.trim() !== "" && offset === null ? "Not an offset: it is a whole number." : undefined}
        hint={
          <>
            From <Offset value={move.logStartOffset} /> (log start) to <Offset value={move.highWatermark} /> (high
            watermark).
          </>
        }
      >
        <TextField mono size="lg" value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
      <div className="mt-3 flex flex-wrap gap-1.5">
        <Button type="submit" tone="primary" disabled={offset === null}>
          Set
        </Button>
        <Button onClick={() => onEdit(null)}>
          {move.from === null ? "Leave without a commit" : "Keep where it is"}
        </Button>
        {move.flags.includes("edited") && (
          <Button tone="quiet" onClick={() => onEdit(undefined)}>
            As planned
          </Button>
        )}
      </div>
    </form>
  );
}
