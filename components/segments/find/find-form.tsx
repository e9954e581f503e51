"use client";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Field } from "#components/ui/field.tsx";
import { MomentField } from "#components/ui/moment-field.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import type { LocateTarget } from "#lib/queries/segments.ts";
import type { Draft } from "./use-draft.ts";

interface FindFormProps {
  draft: Draft;
  onFind: (target: LocateTarget) => void;
  onCancel: () => void;
  running: boolean;
}

/** What is looked for. */
export function FindForm({ draft, onFind, onCancel, running }: FindFormProps) {
  const { by, text, problem, type } = draft;
  return (
    <form
      aria-label="Find a message"
      noValidate
      className="flex flex-wrap items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const next = draft.submit();
        if (next !== null) onFind(next);
      }}
    >
      <SegmentedControl
        aria-label="Find by"
        options={[
          { value: "offset", label: "Offset" },
          { value: "time", label: "Time" },
        ]}
        value={by}
        onValueChange={draft.choose}
        className="my-px"
      />
      <div className={cn("min-w-0 flex-1", by === "offset" ? "basis-32" : "basis-48")}>
        {by === "offset" ? (
          <Field label="Offset" labelHidden error={problem}>
            <TextField
              mono
              size="lg"
              inputMode="numeric"
              value={text}
              placeholder="48059213"
              onChange={(event) => type(event.target.value)}
            />
          </Field>
        ) : (
          <MomentField value={text} onChange={type} disabled={false} error={problem} />
        )}
      </div>
      {running ? (
        <Button size="lg" onClick={onCancel}>
          Cancel
        </Button>
      ) : (
        <Button type="submit" size="lg">
          Find
        </Button>
      )}
    </form>
  );
}
