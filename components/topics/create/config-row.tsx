"use client";
import { ChevronRight } from "lucide-react";
import { ConfigValue } from "#components/configs/config-value.tsx";
import { Documentation } from "#components/configs/documentation.tsx";
import type { ConfigEntry } from "#lib/contracts/kafka.ts";
import { configDocsUrl } from "#lib/kafka-docs.ts";
import { ConfigControl } from "./config-control.tsx";
import { editorOf } from "./config-editor.ts";
import { FormRow } from "./form-row.tsx";

interface ConfigRowProps {
  name: string;
  /** Left out: the key is the label. */
  label?: string;
  /** What the brokers tell of it; undefined while unread, or when they don't know it. */
  definition: ConfigEntry | undefined;
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
  definition,
  value,
  onValueChange,
  error,
  kafkaVersion,
  disabled,
}: ConfigRowProps) {
  const editor = editorOf(name, definition);
  return (
    <FormRow
      label={label ?? name}
      {...(label !== undefined && { configKey: name })}
      error={error}
      hint={
        <>
          <span className="flex flex-wrap items-baseline gap-x-2">
            <DefaultHint definition={definition} name={name} set={value !== null} />
            {editor.kind === "quantity" && <span>Write {editor.examples}.</span>}
            {value !== null && !disabled && (
              <button type="button" className="link min-h-6" onClick={() => onValueChange(null)}>
                {label === undefined && definition === undefined ? "Remove" : "Use the default"}
                <span className="sr-only"> for {name}</span>
              </button>
            )}
          </span>
          {definition !== undefined && definition.documentation !== null && (
            <What definition={definition} documentation={definition.documentation} kafkaVersion={kafkaVersion} />
          )}
        </>
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

function DefaultHint({ definition, name, set }: { definition: ConfigEntry | undefined; name: string; set: boolean }) {
  if (definition === undefined) return <span>This cluster's brokers name no such config.</span>;
  return (
    <span className="inline-flex min-w-0 items-baseline gap-1">
      {set ? "Cluster default" : "The cluster's default:"} <ConfigValue name={name} value={definition.value} />
    </span>
  );
}

interface WhatProps {
  definition: ConfigEntry;
  documentation: string;
  kafkaVersion: string | null;
}

function What({ definition, documentation, kafkaVersion }: WhatProps) {
  return (
    <details className="group">
      <summary className="inline-flex min-h-6 items-center gap-0.5 rounded-1 text-ink-2 hover:text-ink">
        <ChevronRight aria-hidden className="size-3 transition-transform group-open:rotate-90" strokeWidth={1.6} />
        What it does
        <span className="sr-only">: {definition.name}</span>
      </summary>
      <div className="mb-1 border-line border-l pl-3">
        <Documentation html={documentation} />
        <a
          className="link mt-1 inline-block"
          href={configDocsUrl("topic", definition.name, kafkaVersion)}
          target="_blank"
          rel="noreferrer"
        >
          Kafka's documentation<span className="sr-only"> of {definition.name} (opens in a new tab)</span>
        </a>
      </div>
    </details>
  );
}
