"use client";
import { useState } from "react";
import { useZone } from "#components/preferences/preferences.tsx";
import { storedDate } from "#components/segments/stored-moment.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Field } from "#components/ui/field.tsx";
import { MomentField } from "#components/ui/moment-field.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import type { LocateTarget } from "#lib/queries/segments.ts";
import { momentTyped, offsetTyped } from "./typed-target.ts";

interface FindFormProps {
  /** What the address asks for. */
  target: LocateTarget | null;
  onFind: (target: LocateTarget) => void;
  onCancel: () => void;
  running: boolean;
}

type By = "offset" | "time";

/** What is looked for. What was typed and not looked for yet is this form's own; else it shows what the address says. */
export function FindForm({ target, onFind, onCancel, running }: FindFormProps) {
  const zone = useZone();
  const [chosen, choose] = useState<By | null>(null);
  const [draft, setDraft] = useState<{ readonly by: By; readonly text: string } | null>(null);
  const [asked, setAsked] = useState(false);
  const by = chosen ?? (target !== null && "timestampMs" in target ? "time" : "offset");
  const text = draft?.by === by ? draft.text : textOf(target, by);
  const next = by === "offset" ? offsetTyped(text) : momentTyped(text, zone);
  const type = (typed: string) => {
    setAsked(false);
    setDraft({ by, text: typed });
  };
  return (
    <form
      aria-label="Find a message"
      noValidate
      className="flex flex-wrap items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (next === null) return;
        setDraft(null);
        choose(null);
        onFind(next);
      }}
    >
      <SegmentedControl
        aria-label="Find by"
        options={[
          { value: "offset", label: "Offset" },
          { value: "time", label: "Time" },
        ]}
        value={by}
        onValueChange={(value) => {
          setAsked(false);
          choose(value);
        }}
        className="my-px"
      />
      <div className={cn("min-w-0 flex-1", by === "offset" ? "basis-32" : "basis-48")}>
        {by === "offset" ? (
          <Field
            label="Offset"
            labelHidden
            error={
              next === null && (text.trim() !== "" || asked)
                ? "An offset is a whole number, 0 or more: 48059213."
                : undefined
            }
          >
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
          <MomentField value={text} onChange={type} disabled={false} />
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

function textOf(target: LocateTarget | null, by: By): string {
  if (target === null) return "";
  if ("offset" in target) return by === "offset" ? target.offset : "";
  if (by === "offset") return "";
  const ms = storedDate(BigInt(target.timestampMs));
  return ms === null ? target.timestampMs : new Date(ms).toISOString();
}
