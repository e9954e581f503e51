"use client";
import { useState } from "react";
import { TextField } from "#components/ui/text-field.tsx";
import { configText, parseConfigText } from "#lib/config-units.ts";

interface QuantityInputProps {
  /** The config's key: it tells the unit. */
  name: string;
  value: string;
  onValueChange: (value: string) => void;
  disabled?: boolean;
}

/**
 * Time or bytes as people write them ("7 d", "1 GiB", "no limit"), with what Kafka will be told beside it.
 * What can't be read is handed on as it is: the broker's own reason is the better answer.
 */
export function QuantityInput({ name, value, onValueChange, disabled }: QuantityInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  // What was typed stays on screen while it stands for the value; a value from elsewhere replaces it.
  const text = typed !== null && meaning(name, typed) === value ? typed : configText(name, value);
  return (
    <TextField
      size="lg"
      value={text}
      disabled={disabled}
      onChange={(event) => {
        setTyped(event.target.value);
        onValueChange(meaning(name, event.target.value));
      }}
      onBlur={() => setTyped(null)}
      after={
        text.trim() !== value && (
          <output aria-label={`Value of ${name}`} className="mono shrink-0 text-ink-3">
            {value}
          </output>
        )
      }
      className="min-w-12"
    />
  );
}

function meaning(name: string, text: string): string {
  return parseConfigText(name, text) ?? text.trim();
}
