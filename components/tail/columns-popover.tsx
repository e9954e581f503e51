"use client";
import { Columns3, X } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { Select } from "#components/ui/select.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { parseJsonPath } from "#lib/tail/json-pluck.ts";
import { columnNames } from "./tail-layout.ts";
import { capacities, MAX_PINNED, type TailUrl, type TimeFormat, tailColumns } from "./tail-url.ts";
import type { SetTailUrl } from "./use-tail-url.ts";

const timeOptions: readonly { value: TimeFormat; label: string }[] = [
  { value: "clock", label: "time of day" },
  { value: "full", label: "date and time" },
  { value: "epoch", label: "milliseconds since 1970" },
  { value: "since", label: "how long ago" },
];
const capacityOptions = capacities.map((rows) => ({ value: String(rows), label: rows.toLocaleString("en") }));

/** Which columns there are, how times are written, which parts of JSON values stand in columns of their own. */
export function ColumnsPopover({ url, setUrl }: { url: TailUrl; setUrl: SetTailUrl }) {
  return (
    <Popover
      title="Columns"
      align="end"
      trigger={
        <Button tone="quiet" aria-label="Columns">
          <Columns3 aria-hidden strokeWidth={1.6} />
          <span className="max-md:hidden">Columns</span>
        </Button>
      }
    >
      <div className="grid grid-cols-2 gap-x-4 gap-y-1">
        {tailColumns.map((column) => (
          <Switch
            key={column}
            label={columnNames[column]}
            checked={url.columns.includes(column)}
            onCheckedChange={(on) =>
              setUrl({ columns: tailColumns.filter((one) => (one === column ? on : url.columns.includes(one))) })
            }
          />
        ))}
      </div>
      <PinnedPaths pinned={url.pin} onChange={(pin) => setUrl({ pin })} />
      <div className="mt-4 grid grid-cols-2 gap-3">
        <Field label="Times as">
          <Select options={timeOptions} value={url.time} onValueChange={(time) => setUrl({ time })} />
        </Field>
        <Field label="Rows kept" hint="in this tab">
          <Select
            options={capacityOptions}
            value={String(url.rows)}
            onValueChange={(rows) => setUrl({ rows: Number(rows) })}
          />
        </Field>
      </div>
    </Popover>
  );
}

function PinnedPaths({ pinned, onChange }: { pinned: readonly string[]; onChange: (paths: string[]) => void }) {
  const [typed, setTyped] = useState("");
  const [error, setError] = useState("");
  const full = pinned.length >= MAX_PINNED;
  return (
    <form
      className="mt-4"
      onSubmit={(event) => {
        event.preventDefault();
        const path = typed.trim().replace(/^\$\.?/, "");
        if (parseJsonPath(path) === null) setError("A path is names and places: amount.minor, lines[0].sku");
        else if (!full && !pinned.includes(path)) {
          onChange([...pinned, path]);
          setTyped("");
        }
      }}
    >
      <Field
        label="Part of the value"
        aside="JSON"
        hint={full ? `${MAX_PINNED} at most.` : "amount.minor, lines[0].sku: shown as it is written"}
        error={error}
      >
        <span className="flex gap-2">
          <TextField
            mono
            value={typed}
            disabled={full}
            onChange={(event) => {
              setTyped(event.target.value);
              setError("");
            }}
            frameClassName="min-w-0 flex-1"
          />
          <Button type="submit" disabled={full}>
            Add column
          </Button>
        </span>
      </Field>
      {pinned.length > 0 && (
        <ul className="mt-2 grid gap-0.5" aria-label="Columns of JSON">
          {pinned.map((path) => (
            <li key={path} className="flex items-center gap-2">
              <span className="mono min-w-0 flex-1 truncate">{path}</span>
              <IconButton
                label={`Remove the column ${path}`}
                size="sm"
                onClick={() => onChange(pinned.filter((one) => one !== path))}
              >
                <X aria-hidden strokeWidth={1.6} />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}
