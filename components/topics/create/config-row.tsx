"use client";
import { ChevronDown } from "lucide-react";
import { useId, useState } from "react";
import { Documentation } from "#components/configs/documentation.tsx";
import { cn } from "#components/ui/cn.ts";
import { configText } from "#lib/config-units.ts";
import type { ConfigEntry } from "#lib/contracts/kafka.ts";
import { configDocsUrl } from "#lib/kafka-docs.ts";
import { ConfigControl } from "./config-control.tsx";
import { editorOf } from "./config-editor.ts";
import { FormRow } from "./form-row.tsx";

interface ConfigRowProps {
  name: string;
  /** Left out: the key is the label. */
  label?: string;
  /** What the brokers tell of it; "unread" until they have, "unknown" when they name no such config. */
  definition: ConfigEntry | "unread" | "unknown";
  /** Null: at the cluster's default. */
  value: string | null;
  /** Null takes it back to the default. */
  onValueChange: (value: string | null) => void;
  error: React.ReactNode;
  kafkaVersion: string | null;
  disabled: boolean;
}

/** One config of the new topic: its value, the cluster's default, and what the broker says it does. */
export function ConfigRow({
  name,
  label,
  definition: told,
  value,
  onValueChange,
  error,
  kafkaVersion,
  disabled,
}: ConfigRowProps) {
  const definition = typeof told === "string" ? undefined : told;
  const [open, setOpen] = useState(false);
  const documentationId = useId();
  const editor = editorOf(name, definition);
  return (
    <FormRow
      label={label ?? <span className="mono break-all">{name}</span>}
      {...(label !== undefined && { configKey: name })}
      error={error}
      hint={
        <span className="flex flex-wrap items-baseline gap-x-3">
          <DefaultHint told={told} name={name} set={value !== null} />
          {editor.kind === "quantity" && !isWhole(value ?? "0") && <span>Write {editor.examples}.</span>}
          {value !== null && !disabled && (
            <button type="button" className="link" onClick={() => onValueChange(null)}>
              {label === undefined ? "Remove" : "Use the default"}
              <span className="sr-only"> for {name}</span>
            </button>
          )}
          {definition?.documentation != null && (
            <button
              type="button"
              className="inline-flex items-center gap-0.5 text-ink-2 hover:text-ink"
              aria-label={`What it does: ${name}`}
              aria-expanded={open}
              aria-controls={documentationId}
              onClick={() => setOpen(!open)}
            >
              What it does
              <ChevronDown
                aria-hidden
                className={cn("size-3 transition-transform", open && "rotate-180")}
                strokeWidth={1.6}
              />
            </button>
          )}
        </span>
      }
      after={
        open &&
        definition?.documentation != null && (
          <div id={documentationId} className="mt-2 border-line border-l pl-3 text-12 leading-[18px]">
            <Documentation html={definition.documentation} />
            <a
              className="link mt-1 inline-block"
              href={configDocsUrl("topic", definition.name, kafkaVersion)}
              target="_blank"
              rel="noreferrer"
            >
              Kafka's documentation<span className="sr-only"> of {definition.name} (opens in a new tab)</span>
            </a>
          </div>
        )
      }
    >
      <ConfigControl
        name={name}
        label={label ?? name}
        editor={editor}
        value={value ?? definition?.value ?? ""}
        onValueChange={onValueChange}
        disabled={disabled}
      />
    </FormRow>
  );
}

function DefaultHint({ told, name, set }: { told: ConfigRowProps["definition"]; name: string; set: boolean }) {
  if (told === "unread") return <span>Reading the cluster's default…</span>;
  if (told === "unknown") return <span>This cluster's brokers name no such config.</span>;
  return (
    <span>
      {set ? "The cluster's default is " : "The cluster's default"}
      {set && (
        <span className="text-ink-2">{told.value === null ? "unset" : configText(name, told.value) || "empty"}</span>
      )}
    </span>
  );
}

function isWhole(value: string): boolean {
  return /^-?\d+$/.test(value);
}
