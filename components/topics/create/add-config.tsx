"use client";
import { useState } from "react";
import { Combobox } from "#components/ui/combobox.tsx";
import { brokerDocumentationText } from "#lib/broker-documentation.ts";
import type { ConfigEntry } from "#lib/contracts/kafka.ts";

interface AddConfigProps {
  definitions: readonly ConfigEntry[];
  /** Keys the form shows already. */
  shown: ReadonlySet<string>;
  onAdd: (name: string) => void;
  disabled: boolean;
}

const KEY = /^[\w.-]{1,249}$/;
const HINT_LENGTH = 140;

/** Any config by its name, with what the broker says of it; one the brokers don't name can be added all the same. */
export function AddConfig({ definitions, shown, onAdd, disabled }: AddConfigProps) {
  const [typed, setTyped] = useState("");
  // A new Combobox after each choice: its text is empty again.
  const [added, setAdded] = useState(0);
  const options = definitions
    .filter(({ name }) => !shown.has(name))
    .map(({ name, documentation }) => ({
      value: name,
      label: name,
      ...(documentation !== null && { hint: brokerDocumentationText(documentation).slice(0, HINT_LENGTH) }),
    }));
  const key = typed.trim();
  const isNew = KEY.test(key) && !shown.has(key) && !definitions.some(({ name }) => name === key);
  return (
    <Combobox
      key={added}
      aria-label="Add a config by its name"
      size="lg"
      mono
      placeholder="Add a config by its name"
      options={
        isNew ? [...options, { value: key, label: key, hint: "Not among those this cluster's brokers name" }] : options
      }
      value={null}
      onInputValueChange={setTyped}
      onValueChange={(name) => {
        if (name === null) return;
        onAdd(name);
        setTyped("");
        setAdded((count) => count + 1);
      }}
      disabled={disabled}
      emptyText="No config has such a name."
    />
  );
}
